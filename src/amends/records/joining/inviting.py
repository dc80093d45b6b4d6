"""Inviting somebody, and coming in: the invitation, its letter, and the person that comes of it."""

import uuid
from datetime import datetime

from django.db import transaction

from amends.ground.events.models import record
from amends.records.house.models import House
from amends.records.joining.letters import link_to, write_to
from amends.records.joining.models import Invitation
from amends.records.joining.models.invitation import ROLES, STANDS_FOR
from amends.records.joining.refusals import AlreadyHere, AlreadyInvited, LetterNotPossible
from amends.records.joining.size import is_small_house
from amends.records.people.models import Person, Team
from amends.records.post.addresses import can_be_written_to


def invite(
    *, name: str, email: str, language: str, languages: list[str], by: Person, at: datetime,
    **roles: bool,
) -> Invitation:  # fmt: skip
    """Invite somebody by mail; AlreadyHere, AlreadyInvited or LetterNotPossible say why not."""
    address = email.strip().lower()
    if not can_be_written_to(address):
        raise LetterNotPossible
    with transaction.atomic():
        if Person.objects.get_queryset().filter(email__iexact=address).exists():
            raise AlreadyHere
        if Invitation.objects.open().to(address).exists():
            raise AlreadyInvited
        was_small = is_small_house(at)
        invitation = Invitation.objects.create(
            name=name.strip(), email=address, language=language, languages=languages,
            invited_by=by, invited_at=at, expires_at=at + STANDS_FOR, **roles,
        )  # fmt: skip
        _write(invitation, by=by, at=at)
        record("invited", thread=invitation.id, by=by, at=at, to=invitation.name)
        if was_small and not is_small_house(at):
            House.objects.keep().grow(at=at)
    return invitation


def invite_again(invitation: Invitation, *, by: Person, at: datetime) -> None:
    """Send a new link; the one before is worth nothing from now on."""
    with transaction.atomic():
        invitation.renew(at=at)
        _write(invitation, by=by, at=at)
        record("invited", thread=invitation.id, by=by, at=at, to=invitation.name)


def take_back(invitation: Invitation, *, by: Person, at: datetime) -> None:
    with transaction.atomic():
        invitation.take_back(at=at)
        record("invitation_taken_back", thread=invitation.id, by=by, at=at, to=invitation.name)


def come_in(
    invitation: Invitation, *, password: str | None, at: datetime, key: uuid.UUID | None = None
) -> Person:
    """Take in who was invited, once; without a password they have made a passkey for the key."""
    with transaction.atomic():
        invitation.use(at=at)
        if Person.objects.get_queryset().filter(email__iexact=invitation.email).exists():
            raise AlreadyHere
        facts = {name: getattr(invitation, name) for name in (*ROLES, "language", "languages")}
        if key:
            facts["id"] = key
        person = Person.objects.invite(
            email=invitation.email, name=invitation.name, password=password, **facts
        )
        Team.objects.default().admit(person)
        Invitation.objects.filter(pk=invitation.pk).update(person=person)
        record("joined", thread=invitation.id, by=person, at=at)
    return person


def _write(invitation: Invitation, *, by: Person, at: datetime) -> None:
    write_to(
        invitation.email, invitation.name, "invitation", invitation.language,
        thread=invitation.id, at=at, by=by.name, link=link_to(f"/invited/{invitation.token}/"),
    )  # fmt: skip
