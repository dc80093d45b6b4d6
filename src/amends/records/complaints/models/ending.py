"""How a complaint ends: there are four ways, and "not solved" leads back from each."""

from datetime import datetime
from typing import TYPE_CHECKING, Any, cast

from django.db import transaction

from amends.ground.events.models import PROGRAM, Actor, Event, record
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

        Returns whether the complaint is closed.
        """
        with transaction.atomic():
            complaint = self._leading_complaint()
            contact, customer = complaint.contact, complaint.contact.customer
            if knowledge.may_say_no(words):
                record("yes_that_says_no", thread=contact.id, by=customer, at=at)
                contact.customer_writes(text=words, at=at)
                return False
            if contact.is_closed and words.strip():
                # It was closed while the page stood open; what was typed there is kept.
                complaint._keep_words(words, at, automatic="thanks")
                record("heard", thread=contact.id, by=customer, at=at)
                return True
            if contact.is_closed:
                raise refusals.AlreadyClosed
            if words.strip():
                complaint._keep_words(words, at)
            complaint._close(Outcome.CONFIRMED, by=customer, at=at, why=words.strip())
        return True

    def confirmed_in(self, message: "Message", *, by: Person, at: datetime) -> None:
        """Record that a message of the customer says that it is solved; their words are kept."""
        with transaction.atomic():
            self._open_complaint()
            if not self._is_last_word_after_an_answer(message):
                raise refusals.NoWordOfTheCustomer
            self._close(Outcome.CONFIRMED, by=by, at=at, why=message.text)

    def deny(self, *, words: str, at: datetime) -> None:
        """Take the customer's "not solved": open again, same owner, before all else.

        The same no again, before anybody has answered it, only adds its words.
        """
        from .rows import Reopening

        with transaction.atomic():
            complaint = self._leading_complaint()
            contact, customer = complaint.contact, complaint.contact.customer
            if contact.said_no and not contact.is_closed:
                if words.strip():
                    contact.customer_writes(text=words, at=at)
                return
            Reopening.objects.create(
                contact=contact, words=words.strip(), not_solved=True, at=at,
                actor_kind="customer", actor_key=customer.id, actor_name=customer.actor_name,
            )  # fmt: skip
            complaint._keep_words(words, at)
            contact.state, contact.outcome, contact.closed_at = State.OPEN, "", None
            contact.check_back, contact.check_back_at = CheckBackStage.NONE, None
            contact.fix, contact.fix_delivered_at = Fix.NONE, None
            contact.double_deviation = True
            complaint.mark("hear", by=customer, at=at)
            contact.plan(at=at)
            record("reopened", thread=contact.id, by=customer, at=at, not_solved=True)

    def take_up(self, *, words: str, by: Actor | Customer, at: datetime) -> None:
        """Open again what was confirmed: the customer was not content with how it went."""
        from .rows import Reopening

        with transaction.atomic():
            contact = self._held_complaint().contact
            Reopening.objects.create(
                contact=contact, words=words.strip(), at=at, actor_kind=by.actor_kind,
                actor_key=by.actor_key, actor_name=by.actor_name,
            )  # fmt: skip
            self._keep_words(words, at)
            contact.state, contact.outcome, contact.closed_at = State.OPEN, "", None
            contact.plan(at=at)
            record("reopened", thread=contact.id, by=by, at=at, not_solved=False)

    def rest(self, *, check_back_at: datetime, stage: str, at: datetime) -> None:
        """Wait for the check-back: once nothing is ours to do, the case rests until then."""
        with transaction.atomic():
            contact = self._open_complaint().contact
            contact.check_back, contact.check_back_at = CheckBackStage(stage), check_back_at
            contact.plan(at=at)

    def wake(self, *, at: datetime) -> None:
        """Take it out of rest, because its check-back was cancelled."""
        with transaction.atomic():
            contact = self._open_complaint().contact
            contact.check_back, contact.check_back_at = CheckBackStage.NONE, None
            contact.plan(at=at)

    def close_on_the_spot(self, *, by: Person, at: datetime, how: str) -> None:
        """Close what was solved while the customer was there; it is logged for learning."""
        with transaction.atomic():
            complaint = self._open_complaint()
            if complaint.contact.channel not in {Channel.PHONE, Channel.COUNTER}:
                raise refusals.NotInPerson
            self._close(Outcome.ON_THE_SPOT, by=by, at=at, why=how)

    def close_as_lead(self, *, by: Person, at: datetime, reason: str, why: str) -> None:
        """Close without the customer's word: only a lead, with a reason in words."""
        with transaction.atomic():
            self._open_complaint()
            if not by.leads:
                raise refusals.OnlyALead
            if not why.strip():
                raise refusals.ReasonMissing
            self._close(Outcome.BY_LEAD, by=by, at=at, why=why, reason=Reason(reason))

    def close_unanswered(self, *, at: datetime) -> None:
        """Close after the house's number of check-backs, each accepted, on different days.

        Raises NotAskedEnough if fewer were accepted by a server on different working days, or
        if the customer has written since the first, or waits for an answer.
        """
        house = House.objects.current()
        calendar = house.calendar()
        with transaction.atomic():
            contact = self._open_complaint().contact
            days = {calendar.day_of(asked) for asked in self._accepted_check_backs()}
            asked_on = sum(calendar.works_on(day) for day in days)
            if asked_on < house.check_backs or contact.talk().waits_since:
                raise refusals.NotAskedEnough
            self._close(Outcome.NO_ANSWER, by=PROGRAM, at=at)

    def _accepted_check_backs(self) -> list[datetime]:
        """Return when we asked since the customer's last word.

        A check-back that a server accepted counts, and a call meanwhile that reached nobody.
        """
        complaint = cast("Complaint", self)
        contact = complaint.contact
        asked = contact.messages.filter(
            purpose=Purpose.CHECK_BACK, accepted_at__isnull=False, refused_at=None
        )
        called = Event.objects.about(contact.id).filter(verb="called_in_vain", data__asked=True)
        if last_word_at := contact.talk().last_word_at:
            asked, called = asked.filter(at__gt=last_word_at), called.filter(at__gt=last_word_at)
        accepted = asked.order_by("at", "id").values_list("accepted_at", flat=True)
        return [at for at in accepted if at] + list(called.values_list("at", flat=True))

    def _is_last_word_after_an_answer(self, message: "Message") -> bool:
        from .counting import ANSWER

        contact = cast("Complaint", self).contact
        last_word_at = contact.talk().last_word_at
        return (
            message.contact_id == contact.pk
            and message.direction == Direction.IN
            and not message.automatic
            and (last_word_at is None or message.at >= last_word_at)
            and contact.messages.filter(ANSWER, at__lte=message.at).exists()
        )

    def must_be_open(self) -> None:
        """Hold the contact; NotAComplaint or AlreadyClosed where nothing more can be begun."""
        self._open_complaint()

    def leading(self) -> "Complaint":
        """Return the complaint that leads this one, itself unless it is merged."""
        complaint = cast("Complaint", self)
        head = complaint.contact.merged_into
        return head.complaint if head else complaint

    def _open_complaint(self) -> "Complaint":
        complaint = self._held_complaint()
        complaint.contact.must_lead()
        if complaint.contact.is_closed:
            raise refusals.AlreadyClosed
        return complaint

    def _leading_complaint(self) -> "Complaint":
        """Return the complaint that a customer's word is for: that of the head, if merged."""
        complaint = self._held_complaint()
        return complaint.leading()._held_complaint()

    def _held_complaint(self) -> "Complaint":
        complaint = cast("Complaint", self)
        complaint.contact.hold()
        if complaint.contact.kind != Kind.COMPLAINT:
            raise refusals.NotAComplaint
        return complaint

    def _keep_words(self, words: str, at: datetime, automatic: str = "") -> None:
        complaint = cast("Complaint", self)
        if words.strip():
            complaint.contact.messages.create(
                direction=Direction.IN, channel=Channel.FORM, purpose=Purpose.STORY, at=at,
                text=words.strip(), from_name=complaint.contact.customer.name,
                automatic=automatic,
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
