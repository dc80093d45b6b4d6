"""Is it solved? Asked after the fix, as approved with the reply that brought it."""

from datetime import datetime, timedelta

from django.db import models, transaction
from django.db.models import F, Q

from amends.ground.events.models import PROGRAM, Actor, record
from amends.ground.keys import uuid7
from amends.records.complaints.acknowledging import MOST_AUTOMATIC, write_to
from amends.records.complaints.models import Complaint, Message
from amends.records.complaints.refusals import NoAddress, NotAskedEnough
from amends.records.complaints.vocabulary import CheckBackStage, Fix, Purpose
from amends.records.house.models import House
from amends.records.people.models import Person


class CheckBackRefused(Exception):
    """A verb of a check-back says no; nothing was changed."""


class AlreadyPlanned(CheckBackRefused):
    """One check-back at a time."""


class AskedBeforeTheAnswer(CheckBackRefused):
    """A check-back is for later than the reply it comes with."""


class CheckBackQuerySet(models.QuerySet["CheckBack"]):
    def waiting(self) -> "CheckBackQuerySet":
        """Narrow to those that are planned or asked and not yet answered."""
        return self.filter(answered_at=None, cancelled_at=None, given_up_at=None)

    def with_contact(self) -> "CheckBackQuerySet":
        return self.select_related(
            "message",
            "approved_by",
            "complaint__contact__customer",
            "complaint__contact__team",
            "complaint__contact__person",
            "complaint__contact__mailbox",
        ).order_by("due_at", "id")

    def due(self, at: datetime) -> "CheckBackQuerySet":
        """Narrow to those to be asked now: never before the fix is there and promises are kept."""
        return (
            self.waiting()
            .filter(
                asked_at=None,
                due_at__lte=at,
                complaint__contact__promise_due_at=None,
            )
            .exclude(complaint__contact__fix=Fix.DECIDED)
        )

    def unanswered(self, at: datetime) -> "CheckBackQuerySet":
        return self.waiting().filter(asked_at__isnull=False, give_up_at__lte=at)

    def plan(
        self, complaint: Complaint, *, due_at: datetime, by: Person, at: datetime
    ) -> "CheckBack":
        """Approve that the customer is asked then, unless they write before.

        Raises AskedBeforeTheAnswer, AlreadyPlanned, or NoAddress of whom no mail would reach.
        """
        if due_at <= at:
            raise AskedBeforeTheAnswer
        with transaction.atomic():
            complaint.must_be_open()
            if self.waiting().filter(complaint=complaint).exists():
                raise AlreadyPlanned
            if not complaint.contact.address_of_customer():
                raise NoAddress
            check_back = self.create(
                complaint=complaint, attempt=1, due_at=due_at, approved_by=by, approved_at=at
            )
            complaint.rest(check_back_at=due_at, stage=CheckBackStage.PLANNED, at=at)
            record(
                "check_back_planned", thread=complaint.contact_id, by=by, at=at,
                due_at=due_at.isoformat(),
            )  # fmt: skip
        return check_back


class CheckBack(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    complaint = models.ForeignKey(Complaint, on_delete=models.PROTECT, related_name="check_backs")
    attempt = models.PositiveSmallIntegerField()
    due_at = models.DateTimeField()
    approved_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    approved_at = models.DateTimeField()
    message = models.OneToOneField(
        Message, null=True, blank=True, on_delete=models.PROTECT, related_name="check_back"
    )
    asked_at = models.DateTimeField(null=True, blank=True)
    give_up_at = models.DateTimeField(null=True, blank=True, help_text="when we stop waiting")
    answered_at = models.DateTimeField(null=True, blank=True)
    said_yes = models.BooleanField(null=True, blank=True)
    cancelled_at = models.DateTimeField(null=True, blank=True)
    given_up_at = models.DateTimeField(null=True, blank=True)

    objects = CheckBackQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(due_at__gt=F("approved_at")), name="check_back_after_approval"
            ),
            models.CheckConstraint(
                condition=Q(answered_at=None, said_yes=None)
                | Q(answered_at__isnull=False, said_yes__isnull=False),
                name="check_back_answer_is_yes_or_no",
            ),
            models.UniqueConstraint(
                fields=["complaint"],
                condition=Q(answered_at=None, cancelled_at=None, given_up_at=None),
                name="check_back_one_at_a_time",
            ),
        ]
        indexes = [models.Index(fields=["due_at"], name="check_back_due")]

    def __str__(self) -> str:
        return f"{self.complaint_id} {self.attempt}"

    def ask(self, *, at: datetime) -> None:
        """Send the question, as approved; then wait for the answer for the house's days.

        Whoever waits for our answer is not asked, nor who can't be or had enough mails of ours:
        then it goes back to a person. Nobody is asked twice a day. What was answered, called off
        or asked since it fell due is let be.
        """
        house = House.objects.current()
        contact = self.complaint.contact
        with transaction.atomic():
            contact.hold()
            if not CheckBack.objects.waiting().filter(pk=self.pk, asked_at=None).exists():
                return
            if not self._may_be_asked():
                self.cancel(by=PROGRAM, at=at, wake=True)
            elif self._was_asked_on_the_day_of(at, house):
                self._ask_tomorrow(at, house)
            else:
                self._send(at, house)

    def _may_be_asked(self) -> bool:
        contact = self.complaint.contact
        return (
            contact.talk().waits_since is None
            and contact.sent_by_itself() < MOST_AUTOMATIC
            and bool(contact.address_of_customer())
        )

    def _was_asked_on_the_day_of(self, at: datetime, house: House) -> bool:
        calendar = house.calendar()
        asked = self.complaint.contact.messages.filter(purpose=Purpose.CHECK_BACK)
        return calendar.day_of(at) in {calendar.day_of(message.at) for message in asked}

    def _ask_tomorrow(self, at: datetime, house: House) -> None:
        calendar = house.calendar()
        closing = calendar.add_days(at, 0)
        self.due_at = calendar.next_working_moment(closing + timedelta(minutes=1))
        self.save(update_fields=["due_at"])
        self.complaint.rest(check_back_at=self.due_at, stage=CheckBackStage.PLANNED, at=at)

    def _send(self, at: datetime, house: House) -> None:
        contact = self.complaint.contact
        last = self.attempt >= house.check_backs
        kind = "check_back" if self.attempt == 1 else "check_back_again"
        with transaction.atomic():
            subject, body = write_to(contact, kind, at=at)
            self.message = contact.write_automatically(
                purpose=Purpose.CHECK_BACK, subject=subject, text=body, at=at
            )
            self.asked_at = at
            self.give_up_at = house.calendar().add_days(at, house.check_back_gap_days)
            self.save(update_fields=["message", "asked_at", "give_up_at"])
            stage = CheckBackStage.ASKED_LAST if last else CheckBackStage.ASKED
            self.complaint.rest(check_back_at=self.give_up_at, stage=stage, at=at)

    def take_answer(self, *, yes: bool, at: datetime) -> None:
        self.answered_at, self.said_yes = at, yes
        self.save(update_fields=["answered_at", "said_yes"])

    def cancel(self, *, by: Actor, at: datetime, wake: bool) -> None:
        """Call it off: the customer wrote, or the reply that it came with was taken back."""
        with transaction.atomic():
            self.cancelled_at = at
            self.save(update_fields=["cancelled_at"])
            record("check_back_cancelled", thread=self.complaint.contact_id, by=by, at=at)
            if wake:
                self.complaint.wake(at=at)

    def give_up(self, *, at: datetime) -> None:
        """Stop waiting: ask once more, or, after the last time, close as not answered.

        What a server refused was not asked: the case goes back to a person.
        """
        house = House.objects.current()
        with transaction.atomic():
            self.complaint.contact.hold()
            if not CheckBack.objects.waiting().filter(pk=self.pk, asked_at__isnull=False).exists():
                return
            self.given_up_at = at
            self.save(update_fields=["given_up_at"])
            if not self._was_delivered():
                self._back_to_a_person(at)
            elif self.attempt < house.check_backs:
                self._ask_again(house, at)
            else:
                self._close_or_hand_back(at)

    def _was_delivered(self) -> bool:
        delivered = Message.objects.filter(accepted_at__isnull=False, refused_at=None)
        return delivered.filter(check_back=self).exists()

    def _close_or_hand_back(self, at: datetime) -> None:
        try:
            self.complaint.close_unanswered(at=at)
        except NotAskedEnough:
            # As when a server took both on one day, or one of them on a Sunday.
            self._back_to_a_person(at)

    def _back_to_a_person(self, at: datetime) -> None:
        self.complaint.wake(at=at)
        record("check_back_undelivered", thread=self.complaint.contact_id, by=PROGRAM, at=at)

    def _ask_again(self, house: House, at: datetime) -> None:
        soon = house.calendar().next_working_moment(at + timedelta(minutes=1))
        CheckBack.objects.create(
            complaint=self.complaint, attempt=self.attempt + 1, due_at=soon,
            approved_by=self.approved_by, approved_at=at,
        )  # fmt: skip
        self.complaint.rest(check_back_at=soon, stage=CheckBackStage.PLANNED, at=at)
