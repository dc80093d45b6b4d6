"""Two matters in one thread: some of its messages become a contact of their own."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from amends.ground.events.models import record
from amends.records.complaints import refusals
from amends.records.complaints.models import Contact, Message, Split
from amends.records.complaints.opening import open_contact
from amends.records.complaints.routing import Holder
from amends.records.complaints.vocabulary import Direction, Kind
from amends.records.people.models import Person


def split_off(
    contact: Contact,
    messages: Sequence[Message],
    *,
    by: Person,
    at: datetime,
    kind: str = Kind.UNDECIDED,
) -> Contact:
    """Let messages of the customer begin a contact of their own, received when they came.

    What a complaint's story was taken from stays its story. Raises OnlyWhatCameIn,
    NothingWouldStay, or FollowsAnother of a merged contact.
    """
    with transaction.atomic():
        contact.hold()
        contact.must_lead()
        first = _first_of(messages)
        new = open_contact(
            contact.customer, channel=first.channel, subject=first.subject or contact.subject,
            language=contact.language, mailbox=contact.mailbox, at=first.at,
            holder=Holder(contact.team, contact.person),
        )  # fmt: skip
        for message in messages:
            message.leave(contact, to=new)
        Split.objects.create(
            contact=contact, new=new, at=at,
            actor_kind=by.actor_kind, actor_key=by.actor_key, actor_name=by.actor_name,
        )  # fmt: skip
        new.plan(at=at)
        record("split_from", thread=new.id, by=by, at=at, reference=contact.reference)
        record("split_off", thread=contact.id, by=by, at=at, reference=new.reference)
        contact.plan(at=at)
        if kind != Kind.UNDECIDED:
            new.decide(kind, by=by, at=at)
    return new


def undo_split(new: Contact, *, by: Person, at: datetime) -> Contact:
    """Bring the messages back, and let the emptied contact follow the one they came from.

    NothingToUndo once somebody has acted on it, answered it, or the customer has.
    """
    with transaction.atomic():
        new.hold()
        split = new.splits_from.filter(undone_at=None).select_related("contact__team").first()
        if split is None or new.merged_into_id or _was_worked_on(new, split):
            raise refusals.NothingToUndo
        contact = split.contact.head()
        contact.hold()
        if new.kind != Kind.UNDECIDED:
            new.undo_verdict(by=by, at=at)
        for message in new.messages.order_by("at", "id"):
            message.leave(new, to=contact, emptying=True)
        split.undone_at, split.undone_by_name = at, by.actor_name
        split.save(update_fields=["undone_at", "undone_by_name"])
        new.merge_into(contact, by=by, at=at)
        record("split_undone", thread=contact.id, by=by, at=at, reference=new.reference)
    return contact


def _first_of(messages: Sequence[Message]) -> Message:
    if not messages or any(message.direction != Direction.IN for message in messages):
        raise refusals.OnlyWhatCameIn
    return min(messages, key=lambda message: (message.at, message.id))


def _was_worked_on(new: Contact, split: Split) -> bool:
    return (
        new.acted_on_since(split.at)
        or new.notes.exists()
        or new.messages.filter(direction=Direction.OUT).exists()
        or new.merged.exists()
    )
