"""How it stands, as the customer sees it: what, who, by when. Nothing internal is in it.

The portal's templates get this and never a record, so that no fault, severity, note or name that
is ours alone can reach them by a slip of a template.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from uuid import UUID

from django.db.models import Prefetch, Q

from amends.records.answering.understood import paraphrase_of
from amends.records.complaints.models import Attachment, Complaint, Contact, Message
from amends.records.complaints.models.counting import GIVEN_AT
from amends.records.complaints.vocabulary import Direction, Fix, State
from amends.records.house.models import House
from amends.records.post.models import OutgoingState
from amends.records.promises.models import Promise
from amends.records.recovery.models import Remedy


@dataclass(frozen=True)
class Commitment:
    what: str
    who: str
    due_at: datetime
    state: Literal["open", "kept", "late"]
    kept_at: datetime | None = None
    was_due_at: datetime | None = None
    why_moved: str = ""


@dataclass(frozen=True)
class Deed:
    what: str
    gesture: bool
    delivered_at: datetime | None


@dataclass(frozen=True)
class SaidFile:
    key: str
    name: str
    size: int


@dataclass(frozen=True)
class Said:
    ours: bool
    who: str
    at: datetime
    text: str
    by_person: bool = False
    files: tuple[SaidFile, ...] = ()
    way: Literal["written", "spoken", "posted"] = "written"


@dataclass(frozen=True)
class Standing:
    reference: str
    goal: str
    story: str
    told_at: datetime
    stage: Literal["heard", "working", "asking", "solved", "closed", "question"]
    who: str
    by_when: datetime | None
    is_late: bool
    commitments: tuple[Commitment, ...]
    deeds: tuple[Deed, ...]
    talk: tuple[Said, ...]
    answered_by: str
    waits: bool
    asks: bool
    said_no: bool
    asks_understood: bool
    house: str
    phone: str


def standing_of(contact: Contact, *, at: datetime) -> Standing:
    house = House.objects.current()
    complaint = contact.complaint_or_none()
    dates = [due for due in (contact.promise_due_at, contact.answer_due_at) if due]
    due = min(dates, default=None)
    talk = _talk(contact, house, at)
    first = contact.messages.filter(direction=Direction.IN).order_by("at", "id").first()
    return Standing(
        reference=contact.reference,
        goal=complaint.goal if complaint else contact.subject,
        story=complaint.story if complaint else (first.text if first else ""),
        told_at=contact.received_at,
        stage=_stage(contact, complaint),
        who=contact.person.name_for_customers if contact.person else "",
        by_when=due,
        is_late=bool(due and due < at),
        commitments=_commitments(complaint, house, at) if complaint else (),
        deeds=_deeds(complaint, house, at) if complaint else (),
        talk=talk,
        answered_by=next((said.who for said in reversed(talk) if said.ours and said.by_person), ""),
        waits=contact.last_direction == Direction.IN and not contact.is_closed,
        asks=bool(complaint and contact.answered and contact.state != State.CLOSED),
        said_no=contact.said_no,
        asks_understood=_asks_understood(contact),
        house=house.name,
        phone=house.phone,
    )


def _asks_understood(contact: Contact) -> bool:
    asked = None if contact.is_closed else paraphrase_of(contact)
    return asked is not None and asked.answered_at is None


def _stage(
    contact: Contact, complaint: Complaint | None
) -> Literal["heard", "working", "asking", "solved", "closed", "question"]:
    if complaint is None:
        return "question" if contact.answered else "heard"
    if contact.state == State.CLOSED:
        return "solved" if contact.outcome == "confirmed" else "closed"
    if contact.state == State.RESTING:
        return "asking"
    return "working" if contact.answered else "heard"


def _commitments(complaint: Complaint, house: House, at: datetime) -> tuple[Commitment, ...]:
    """Return the promises, a moved one with its old date; what is broken comes first."""
    promises = (
        Promise.objects.filter(
            complaint__in=Complaint.objects.of_one_case(complaint), withdrawn_at=None, moved_at=None
        )
        .exclude(message__outgoing__state=OutgoingState.QUEUED)
        .exclude(message__noted_at__gt=at - house.undo)
        .select_related("who", "moved_from")
        .order_by("due_at", "id")
    )
    told = [_commitment(promise, at) for promise in promises]
    return tuple(sorted(told, key=lambda commitment: commitment.state != "late"))


def _commitment(promise: Promise, at: datetime) -> Commitment:
    before = getattr(promise, "moved_from", None)
    state: Literal["open", "kept", "late"] = "open"
    if promise.kept_at:
        state = "kept"
    elif promise.broken_at or promise.due_at < at:
        state = "late"
    return Commitment(
        what=promise.what,
        who=promise.who.name_for_customers,
        due_at=promise.due_at,
        state=state,
        kept_at=promise.kept_at or promise.broken_at,
        was_due_at=before.due_at if before else None,
        why_moved=before.why_moved if before else "",
    )


def _deeds(complaint: Complaint, house: House, at: datetime) -> tuple[Deed, ...]:
    """Return what puts it right; a gesture shows only once the fix is there."""
    one_case = Complaint.objects.of_one_case(complaint)
    unsaid = Message.objects.filter(
        Q(outgoing__state=OutgoingState.QUEUED) | Q(noted_at__gt=at - house.undo),
        contact__complaint__in=one_case,
    )
    remedies = (
        Remedy.objects.filter(complaint__in=one_case, dropped_at=None)
        .exclude(delivered_at=None, decided_at__in=unsaid.values(given=GIVEN_AT))
        .order_by("decided_at", "id")
    )
    fixed = complaint.contact.fix in {Fix.DELIVERED, Fix.TOLD}
    return tuple(
        Deed(remedy.what, remedy.gesture, remedy.delivered_at)
        for remedy in remedies
        if remedy.delivered_at or fixed or not remedy.gesture
    )


def _talk(contact: Contact, house: House, at: datetime) -> tuple[Said, ...]:
    one_case = Contact.objects.of_one_case(contact)
    messages = (
        Message.objects.filter(contact__in=one_case, taken_back_at=None)
        .select_related("author", "outgoing")
        .prefetch_related(Prefetch("attachments", Attachment.objects.order_by("id")))
    )
    return tuple(
        Said(
            ours=message.direction == Direction.OUT,
            who=_speaker(message, house),
            at=message.at,
            # Of a call the customer knows the words; ours on record were written for the house.
            text="" if message.is_spoken else message.text,
            way=_way_of(message),
            by_person=message.author_id is not None,
            files=_files(message),
        )
        for message in messages.order_by("at", "id")
        if not _still_undoable(message, house, at)
    )


def file_for_customer(contact: Contact, key: UUID) -> Attachment | None:
    """Return a file that went to the customer with a reply of this contact, and no other."""
    said = Attachment.objects.filter(
        message__contact=contact, message__direction=Direction.OUT, message__taken_back_at=None,
        message__author__isnull=False,
    ).exclude(message__outgoing__state=OutgoingState.QUEUED)  # fmt: skip
    return said.filter(pk=key).first()


def _files(message: Message) -> tuple[SaidFile, ...]:
    if message.author_id is None:
        return ()
    return tuple(SaidFile(str(f.pk), f.name, f.size) for f in message.attachments.all())


def _way_of(message: Message) -> Literal["written", "spoken", "posted"]:
    if message.is_spoken:
        return "spoken"
    return "posted" if message.dispatched_date else "written"


def _speaker(message: Message, house: House) -> str:
    if message.direction == Direction.IN:
        return message.from_name
    return message.author.name_for_customers if message.author else house.name


def _still_undoable(message: Message, house: House, at: datetime) -> bool:
    # Until its undo has run out a reply is not said, nor told what was noted on the wrong case.
    if message.noted_at:
        return message.noted_at > at - house.undo
    unsent = (OutgoingState.QUEUED, OutgoingState.HELD)
    return message.outgoing is not None and message.outgoing.state in unsent
