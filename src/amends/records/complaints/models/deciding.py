"""What it is: a complaint, a question, or nothing to answer; one key decides, with undo."""

from datetime import datetime
from typing import TYPE_CHECKING, cast

from django.db import transaction

from amends.ground.events.models import Actor, Event, record
from amends.records.complaints import refusals
from amends.records.complaints.vocabulary import Direction, Kind, State

from .counting import GIVEN_AT

if TYPE_CHECKING:
    from .complaint import Complaint
    from .contact import Contact
    from .rows import Verdict

_WAYS = {
    Kind.UNDECIDED: {Kind.COMPLAINT, Kind.QUESTION, Kind.NOTHING},
    Kind.QUESTION: {Kind.COMPLAINT, Kind.NOTHING},
    Kind.NOTHING: {Kind.COMPLAINT, Kind.QUESTION},
    Kind.COMPLAINT: set(),
}
# What leaves no trace in the contact's state, or was the customer's doing.
ACTS = (
    "promise_kept",
    "promise_broken",
    "remedy_delivered",
    "closed",
    "reopened",
    "merged_here",
)


class Deciding:
    """A trait of Contact."""

    def decide(self, kind: str, *, by: Actor, at: datetime) -> "Verdict":
        """Say what the contact is; a complaint stays one, until a lead closes it as none."""
        from .rows import Verdict

        contact = cast("Contact", self)
        with transaction.atomic():
            contact.hold()
            contact.must_lead()
            before = Kind(contact.kind)
            if Kind(kind) not in _WAYS[before]:
                raise refusals.AlreadyDecided
            verdict = Verdict.objects.create(
                contact=contact, kind=kind, before=before, at=at,
                actor_kind=by.actor_kind, actor_key=by.actor_key, actor_name=by.actor_name,
            )  # fmt: skip
            contact._become(Kind(kind), by=by, at=at)
            record("decided", thread=contact.id, by=by, at=at, kind=kind, before=before)
        return verdict

    def undo_verdict(self, *, by: Actor, at: datetime) -> None:
        """Take the last verdict back; NothingToUndo once somebody has acted on it."""
        contact = cast("Contact", self)
        with transaction.atomic():
            contact.hold()
            contact.must_lead()
            verdict = contact.verdicts.filter(undone_at=None).order_by("-at", "-id").first()
            if verdict is None or contact.acted_on_since(verdict.at):
                raise refusals.NothingToUndo
            verdict.undone_at, verdict.undone_by_name = at, by.actor_name
            verdict.save(update_fields=["undone_at", "undone_by_name"])
            contact._become(Kind(verdict.before), by=by, at=at)
            record("verdict_undone", thread=contact.id, by=by, at=at, kind=verdict.kind)

    def acted_on_since(self, moment: datetime) -> bool:
        contact = cast("Contact", self)
        spoken = contact.messages.filter(
            direction=Direction.OUT, author__isnull=False, taken_back_at=None
        )
        return (
            spoken.alias(given=GIVEN_AT).filter(given__gte=moment).exists()
            or contact.fix != "none"
            or contact.promise_due_at is not None
            or contact.check_back != "none"
            or Event.objects.about(contact.id).filter(at__gte=moment, verb__in=ACTS).exists()
        )

    def complaint_or_none(self) -> "Complaint | None":
        """Return the complaint of a contact that is one, else None."""
        contact = cast("Contact", self)
        if contact.kind != Kind.COMPLAINT:
            return None
        return contact.complaint

    def severity_or_default(self) -> int:
        complaint = self.complaint_or_none()
        return complaint.severity if complaint else 2

    def _become(self, kind: Kind, *, by: Actor, at: datetime) -> None:
        from .complaint import Complaint

        contact = cast("Contact", self)
        contact.kind = kind
        closed = kind == Kind.NOTHING
        contact.state = State.CLOSED if closed else State.OPEN
        contact.closed_at = at if closed else None
        if kind == Kind.COMPLAINT:
            Complaint.objects.open_on(contact, by=by, at=at)
        contact.plan(at=at)
