"""A new password for who asks for one: told by a letter to the address on file, nowhere else."""

from datetime import datetime

from django.db import transaction
from django_tasks import task

from amends.ground.events.models import record
from amends.records.joining.letters import link_to, write_to
from amends.records.joining.refusals import LinkOver
from amends.records.joining.tokens import person_behind, token_for
from amends.records.people.models import Person


@task()
def send_link(address: str, language: str, at: str) -> None:
    """Write to who has the address, if anybody has; the worker looks, so no page can tell."""
    person = Person.objects.get_queryset().filter(email__iexact=address, is_active=True).first()
    if person is None:
        return
    moment = datetime.fromisoformat(at)
    link = link_to(f"/me/password/{token_for(person, at=moment)}/")
    with transaction.atomic():
        write_to(
            person.email, person.name, "new_password", person.language or language,
            thread=person.pk, at=moment, link=link,
        )  # fmt: skip
        record("password_asked_for", thread=person.pk, by=person, at=moment)


def set_by_link(token: str, password: str, *, at: datetime) -> Person:
    """Set it by the link, which is then used up; LinkOver if it was already."""
    with transaction.atomic():
        person = person_behind(token, at=at)
        was = person.password
        person.set_password(password)
        # Of two who come at the same moment one finds another password than was read.
        same = Person.objects.get_queryset().filter(pk=person.pk, password=was)
        if not same.update(password=person.password):
            raise LinkOver
        record("password_set", thread=person.pk, by=person, at=at)
    return person


def set_password(person: Person, password: str, *, at: datetime) -> None:
    """Set one's own; every other session and every open link ends with the old one."""
    with transaction.atomic():
        person.set_password(password)
        person.save(update_fields=["password"])
        record("password_set", thread=person.pk, by=person, at=at)


def sign_out_elsewhere(person: Person, *, at: datetime) -> None:
    """End all sessions; whoever asks keeps theirs by taking on the new mark."""
    with transaction.atomic():
        person.end_sessions()
        record("signed_out_elsewhere", thread=person.pk, by=person, at=at)
