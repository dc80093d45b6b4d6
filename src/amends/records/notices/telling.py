"""Who is told of what happened; never who did it, never who may not see the case."""

from collections.abc import Iterable

from amends.ground.events.models import Event
from amends.records.complaints.models import Contact, Message, Note
from amends.records.notices.mentioning import colleagues_named
from amends.records.notices.models import Mention, Notice, What
from amends.records.people.models import Person


def it_arrived(event: Event) -> None:
    """A new contact that goes to somebody at once, as they hold another of the same customer."""
    _tell_holder(event, What.ASSIGNED)


def it_was_handed(event: Event) -> None:
    _tell_holder(event, What.ASSIGNED)


def it_was_reopened(event: Event) -> None:
    _tell_holder(event, What.REOPENED)


def the_customer_wrote(event: Event) -> None:
    """Whoever is told that it opened again knows already that the customer wrote."""
    contact = _contact_of(event)
    if contact is None or contact.person is None:
        return
    opened = Notice.objects.unseen().filter(
        person=contact.person, contact=contact, what=What.REOPENED, at=event.at
    )
    if not opened.exists():
        _tell([contact.person], contact, What.CUSTOMER_WROTE, event)


def a_mail_was_refused(event: Event) -> None:
    """Who wrote it is told; of a mail that the program wrote, who holds the case."""
    message = (
        Message.objects.filter(outgoing=event.data["outgoing"])
        .select_related("author", "contact__person", "contact__team").first()
    )  # fmt: skip
    if message is None:
        return
    told = message.author if message.author and message.author.is_active else message.contact.person
    _tell([told] if told else [], message.contact, What.BOUNCED, event)


def a_note_was_written(event: Event) -> None:
    """Who is named in it is told. A name that may not see the case names nobody."""
    note = Note.objects.filter(pk=event.data.get("note")).first()
    contact = _contact_of(event) if note and "@" in note.text else None
    if note is None or contact is None:
        return
    for person, words in colleagues_named(note.text, contact):
        Mention.objects.create(note=note, person=person, words=words)
        _tell([person], contact, What.MENTIONED, event)


def _tell_holder(event: Event, what: str) -> None:
    contact = _contact_of(event)
    if contact and contact.person:
        _tell([contact.person], contact, what, event)


def _contact_of(event: Event) -> Contact | None:
    return Contact.objects.select_related("person", "team").filter(pk=event.thread).first()


def _tell(people: Iterable[Person], contact: Contact, what: str, event: Event) -> None:
    for person in people:
        if person.pk != event.actor_key:
            Notice.objects.tell(person, contact, what, key=str(event.pk), at=event.at)
