"""The timeline: messages, notes and events of a contact in one order."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from amends.ground.events.models import Event
from amends.records.complaints.models import Contact, Message, Note

# What a message or a note shows itself needs no line of its own.
_SHOWN_ITSELF = frozenset(
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


def timeline_of(contact: Contact) -> list[Entry]:
    """Return all entries, oldest first, in a constant number of queries."""
    messages = (
        contact.messages.select_related("author", "outgoing")
        .prefetch_related("attachments")
        .order_by("at", "id")
    )
    notes = contact.notes.select_related("author").order_by("at", "id")
    events = Event.objects.about(contact.id).exclude(verb__in=_SHOWN_ITSELF)
    entries = [Entry("message", message.at, message) for message in messages]
    entries += [Entry("note", note.at, note) for note in notes]
    entries += [Entry("event", event.at, event) for event in events]
    return sorted(entries, key=lambda entry: entry.at)
