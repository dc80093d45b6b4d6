"""The timeline: messages, notes and events of a contact in one order."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from uuid import UUID

from amends.ground.events.models import Event
from amends.records.complaints.models import Contact, Message, Note

# What a message or a note shows itself needs no line of its own.
SHOWN_ITSELF = frozenset(
    {
        "customer_wrote",
        "heard",
        "replied",
        "sent_by_itself",
        "note_written",
        "called",
        "posted",
    }
)


@dataclass(frozen=True)
class Entry:
    kind: Literal["message", "note", "event"]
    at: datetime
    what: Message | Note | Event
    reference: str
    joined: bool = False


def timeline_of(contact: Contact, *, joined: Sequence[Contact] = ()) -> list[Entry]:
    """Return all entries, oldest first, in a constant number of queries.

    What was written in the threads that are merged into it stands in its place, with their
    reference; what happened to them stands with them.
    """
    names = {one.pk: one.reference for one in (contact, *joined)}
    messages = (
        Message.objects.filter(contact__in=names)
        .select_related("author", "outgoing")
        .prefetch_related("attachments")
        .order_by("at", "id")
    )
    notes = Note.objects.filter(contact__in=names).select_related("author").order_by("at", "id")
    events = Event.objects.about(contact.id).exclude(verb__in=SHOWN_ITSELF)
    entries = [_entry("message", message, contact, names) for message in messages]
    entries += [_entry("note", note, contact, names) for note in notes]
    entries += [Entry("event", event.at, event, contact.reference) for event in events]
    return sorted(entries, key=lambda entry: entry.at)


def _entry(
    kind: Literal["message", "note"], what: Message | Note, contact: Contact, names: dict[UUID, str]
) -> Entry:
    """Make the entry of what was written, whichever of the joined threads it was written in."""
    joined = what.contact_id != contact.pk
    return Entry(kind, what.at, what, names[what.contact_id], joined=joined)
