"""How a complaint ends: there are four ways, and "not solved" leads back from each."""

from datetime import datetime
from typing import TYPE_CHECKING, Any, cast

from django.db import transaction

from amends.ground.events.models import PROGRAM, Actor, record
from amends.records.complaints import knowledge, refusals
from amends.records.complaints.vocabulary import (
    Channel,
    CheckBackStage,
    Direction,
    Fix,
    Kind,
    Outcome,
    Purpose,
    Reason,
    State,
)
from amends.records.customers.models import Customer
from amends.records.house.models import House
from amends.records.people.models import Person

if TYPE_CHECKING:
    from .complaint import Complaint
    from .message import Message


class Ending:
    """A trait of Complaint."""

    def confirm(self, *, words: str, at: datetime) -> bool:
        """Take the customer's yes. A yes whose words say no closes nothing and goes to a person.

        Returns whether the complaint is closed by it.
        """
        complaint = self._open_complaint()
        contact, customer = complaint.contact, complaint.contact.customer
        with transaction.atomic():
            if knowledge.may_say_no(words):
                record("yes_that_says_no", thread=contact.id, by=customer, at=at)
                contact.customer_writes(text=words, at=at)
                return False
            if words.strip():
                self._keep_words(words, at)
            self._close(Outcome.CONFIRMED, by=customer, at=at, why=words.strip())
        return True

    def confirmed_in(self, message: "Message", *, by: Person, at: datetime) -> None:
        """Record that a message of the customer says that it is solved; their words are kept."""
        complaint = self._open_complaint()
        talk = complaint.contact.talk()
        is_theirs = (
            message.contact_id == complaint.contact_id
            and message.direction == Direction.IN
            and not message.automatic
        )
        if not is_theirs or talk.last_answer_at is None or message.at < talk.last_answer_at:
            raise refusals.NoWordOfTheCustomer
        with transaction.atomic():
            self._close(Outcome.CONFIRMED, by=by, at=at, why=message.text)

    def deny(self, *, words: str, at: datetime) -> None:
        """Take the customer's "not solved": open again, same owner, before all else."""
        from .rows import Reopening

        complaint = cast("Complaint", self)
        contact, customer = complaint.contact, complaint.contact.customer
        if contact.kind != Kind.COMPLAINT:
            raise refusals.NotAComplaint
        with transaction.atomic():
            Reopening.objects.create(
                contact=contact, words=words.strip(), not_solved=True, at=at,
                actor_kind="customer", actor_key=customer.id, actor_name=customer.actor_name,
            )  # fmt: skip
            self._keep_words(words, at)
            contact.state, contact.outcome, contact.closed_at = State.OPEN, "", None
            contact.check_back, contact.check_back_at = CheckBackStage.NONE, None
            contact.fix, contact.fix_delivered_at = Fix.NONE, None
            contact.double_deviation = True
            complaint.mark("hear", by=customer, at=at)
            contact.plan(at=at)
            record("reopened", thread=contact.id, by=customer, at=at, not_solved=True)

    def rest(self, *, check_back_at: datetime, stage: str, at: datetime) -> None:
        """Wait for the check-back: once nothing is ours to do, the case rests until then."""
        complaint = self._open_complaint()
        contact = complaint.contact
        contact.check_back, contact.check_back_at = CheckBackStage(stage), check_back_at
        contact.plan(at=at)

    def wake(self, *, at: datetime) -> None:
        """Take it out of rest, because its check-back was cancelled."""
        complaint = self._open_complaint()
        contact = complaint.contact
        contact.check_back, contact.check_back_at = CheckBackStage.NONE, None
        contact.plan(at=at)

    def close_on_the_spot(self, *, by: Person, at: datetime, how: str) -> None:
        """Close what was solved while the customer was there; it is logged for learning."""
        complaint = self._open_complaint()
        if complaint.contact.channel not in {Channel.PHONE, Channel.COUNTER}:
            raise refusals.NotInPerson
        with transaction.atomic():
            self._close(Outcome.ON_THE_SPOT, by=by, at=at, why=how)

    def close_as_lead(self, *, by: Person, at: datetime, reason: str, why: str) -> None:
        """Close without the customer's word: only a lead, with a reason in words."""
        self._open_complaint()
        if not by.leads:
            raise refusals.OnlyALead
        if not why.strip():
            raise refusals.ReasonMissing
        with transaction.atomic():
            self._close(Outcome.BY_LEAD, by=by, at=at, why=why, reason=Reason(reason))

    def close_unanswered(self, *, at: datetime) -> None:
        """Close after the house's number of check-backs, each accepted, on different days.

        Raises NotAskedEnough if fewer were accepted by a server on different working days, or
        if the customer has written since the first.
        """
        self._open_complaint()
        house = House.objects.current()
        calendar = house.calendar()
        days = {calendar.day_of(asked) for asked in self._accepted_check_backs()}
        if sum(calendar.works_on(day) for day in days) < house.check_backs:
            raise refusals.NotAskedEnough
        with transaction.atomic():
            self._close(Outcome.NO_ANSWER, by=PROGRAM, at=at)

    def _accepted_check_backs(self) -> list[datetime]:
        """Return when servers accepted the check-backs since the customer's last word."""
        complaint = cast("Complaint", self)
        contact = complaint.contact
        asked = contact.messages.filter(
            purpose=Purpose.CHECK_BACK, accepted_at__isnull=False, refused_at=None
        )
        if last_word_at := contact.talk().last_word_at:
            asked = asked.filter(at__gt=last_word_at)
        accepted = asked.order_by("at", "id").values_list("accepted_at", flat=True)
        return [at for at in accepted if at]

    def _open_complaint(self) -> "Complaint":
        complaint = cast("Complaint", self)
        if complaint.contact.kind != Kind.COMPLAINT:
            raise refusals.NotAComplaint
        if complaint.contact.is_closed:
            raise refusals.AlreadyClosed
        return complaint

    def _keep_words(self, words: str, at: datetime) -> None:
        complaint = cast("Complaint", self)
        if words.strip():
            complaint.contact.messages.create(
                direction=Direction.IN, channel=Channel.FORM, purpose=Purpose.STORY, at=at,
                text=words.strip(), from_name=complaint.contact.customer.name,
            )  # fmt: skip

    def _close(
        self, outcome: Outcome, *, by: Actor | Customer, at: datetime, why: str = "", **row: Any
    ) -> None:
        complaint = cast("Complaint", self)
        contact = complaint.contact
        contact.closings.create(
            outcome=outcome, why=why.strip(), at=at, actor_kind=by.actor_kind,
            actor_key=by.actor_key, actor_name=by.actor_name, **row,
        )  # fmt: skip
        contact.state, contact.outcome, contact.closed_at = State.CLOSED, outcome, at
        contact.double_deviation = False
        contact.check_back, contact.check_back_at = CheckBackStage.NONE, None
        contact.plan(at=at)
        record("closed", thread=contact.id, by=by, at=at, outcome=outcome)
