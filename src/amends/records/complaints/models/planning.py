"""The next action: derived from what is so, never filled in by hand to leave a case."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, cast

from django.db import transaction

from amends.ground.events.models import Actor, record
from amends.records.complaints import knowledge, refusals
from amends.records.complaints.vocabulary import Direction, Fix, Kind, State
from amends.records.house.models import House

if TYPE_CHECKING:
    from .contact import Contact
    from .counting import Talk

PLANNED = [
    "next_key", "next_text", "next_set_at", "next_at", "answer_due_at", "promise_due_at", "fix",
    "fix_delivered_at", "check_back", "check_back_at", "last_direction", "last_message_at",
    "answered", "said_no", "steepness", "waiting_since", "state", "outcome", "closed_at",
    "double_deviation", "kind", "person", "team", "merged_into",
    "sender_confirmed_at",
]  # fmt: skip


class Planning:
    """A trait of Contact: what is to be done next, and by when."""

    def hold(self) -> None:
        """Lock the contact and read anew what verbs change; each begins with this.

        Otherwise two acts at once write over each other: a reply would open again, without a
        trace, what the customer has just confirmed. A head is locked before what follows it.
        """
        contact = cast("Contact", self)
        locked = type(contact)._base_manager.select_for_update()
        if contact.merged_into_id:
            list(locked.filter(pk=contact.merged_into_id).values_list("pk", flat=True))
        contact.refresh_from_db(fields=PLANNED, from_queryset=locked)

    def plan(self, *, at: datetime) -> None:
        """Derive the next action anew and store the contact; every verb ends with this.

        A merged contact has no clocks of its own: its head's are the earliest of both.
        """
        contact = cast("Contact", self)
        contact.derive(contact.talk(), House.objects.current(), at=at)
        contact.save(update_fields=PLANNED)
        if contact.merged_into:
            contact.merged_into.hold()
            contact.merged_into.plan(at=at)
        else:
            contact._lead(at=at)

    def derive(
        self,
        talk: "Talk",
        house: House,
        *,
        at: datetime,
        calendar: knowledge.Calendar | None = None,
    ) -> None:
        """Set what plan() stores, from what has been said; asks and stores nothing itself.

        Args:
            talk: what has been said in the thread.
            house: whose hours count.
            at: when.
            calendar: the house's, where many contacts are planned at once.
        """
        contact = cast("Contact", self)
        calendar = calendar or house.calendar()
        contact._take_stock(talk, house, calendar)
        situation = contact._situation(house, calendar, at)
        action = knowledge.next_action(situation)
        if action.key != contact.next_key:
            contact.next_text, contact.next_set_at = "", None
        contact.next_key, contact.next_at = action.key, action.at
        if contact.merged_into_id:
            contact._rest_with_head()
        elif contact.next_set_at:
            contact.next_at = min(contact.next_set_at, situation.limit or contact.next_set_at)
        if not contact.is_closed and not contact.merged_into_id:
            contact.state = State.RESTING if action.rests else State.OPEN
        contact._weigh()

    def set_next(self, *, text: str, due_at: datetime, by: Actor, at: datetime) -> None:
        """Say another next action; PastTheClock if it would be later than a promise or clock."""
        contact = cast("Contact", self)
        with transaction.atomic():
            contact.hold()
            contact.must_lead()
            if contact.is_closed:
                raise refusals.AlreadyClosed
            limits = [due for due in (contact.answer_due_at, contact.promise_due_at) if due]
            if limits and due_at > min(limits):
                raise refusals.PastTheClock
            contact.next_text, contact.next_set_at = text.strip()[:200], due_at
            contact.plan(at=at)
            record(
                "next_set", thread=contact.id, by=by, at=at, text=contact.next_text,
                due_at=due_at.isoformat(),
            )  # fmt: skip

    def _rest_with_head(self) -> None:
        contact = cast("Contact", self)
        if not contact.is_closed:
            contact.state = State.MERGED
        contact.next_key, contact.next_text, contact.next_set_at = "nothing", "", None
        contact.next_at = contact.answer_due_at = None

    def _take_stock(self, talk: "Talk", house: House, calendar: knowledge.Calendar) -> None:
        contact = cast("Contact", self)
        contact._follow_talk(talk)
        waiting = None if contact.is_closed else talk.waits_since
        contact.answered = talk.last_answer_at is not None
        contact.said_no = talk.no_is_unanswered
        contact.last_message_at = talk.last_said_at or contact.received_at
        contact.last_direction = Direction.IN if waiting else Direction.OUT
        contact.answer_due_at = (
            calendar.add(waiting, timedelta(hours=house.answer_hours)) if waiting else None
        )
        if contact.fix_delivered_at:
            told = talk.last_answer_at and talk.last_answer_at >= contact.fix_delivered_at
            contact.fix = Fix.TOLD if told else Fix.DELIVERED

    def _follow_talk(self, talk: "Talk") -> None:
        """Close a question that is answered; open it again when its answer never left."""
        contact = cast("Contact", self)
        waits = talk.waits_since is not None
        if contact.merged_into_id:
            return
        if contact.kind == Kind.QUESTION and waits:
            contact.state, contact.closed_at = State.OPEN, None
        elif contact.kind == Kind.QUESTION and talk.last_answer_at:
            contact.state = State.CLOSED
            contact.closed_at = contact.closed_at or talk.last_answer_at

    def _situation(
        self, house: House, calendar: knowledge.Calendar, at: datetime
    ) -> knowledge.Situation:
        contact = cast("Contact", self)
        return knowledge.Situation(
            kind=cast("Any", contact.kind),
            closed=contact.state == State.CLOSED,
            customer_waits=contact.last_direction == Direction.IN,
            answered=contact.answered,
            said_no=contact.said_no,
            fix=cast("Any", contact.fix),
            check_back=cast("Any", contact.check_back),
            check_back_at=contact.check_back_at,
            answer_due_at=contact.answer_due_at,
            promise_due_at=contact.promise_due_at,
            follow_up_at=calendar.add_days(at, house.follow_up_days),
        )

    def _weigh(self) -> None:
        contact = cast("Contact", self)
        since = contact.last_message_at
        contact.waiting_since = since.timestamp()
        if contact.next_at is None:
            contact.steepness = 0.0
            return
        contact.steepness = knowledge.steepness(
            severity=contact.severity_or_default(),
            arrived_at=since,
            due_at=max(contact.next_at, since),
        )
