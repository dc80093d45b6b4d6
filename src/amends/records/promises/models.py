"""What we said we would do, by when: kept, moved before it is due, or broken."""

from datetime import datetime

from django.db import models, transaction
from django.db.models import F, Min, Q

from amends.ground.events.models import Actor, record
from amends.ground.keys import uuid7
from amends.records.complaints.models import Complaint, Contact, Message
from amends.records.complaints.refusals import ReasonMissing
from amends.records.people.models import Person


class PromiseRefused(Exception):
    """A verb of a promise says no; nothing was changed."""


class NothingPromised(PromiseRefused):
    """A promise says what."""


class DueInThePast(PromiseRefused):
    """A promise is for later than now."""


class AlreadySettled(PromiseRefused):
    """The promise is kept, broken or moved already."""


class TooLateToMove(PromiseRefused):
    """A promise is moved before it is due, or it is broken."""


class PromiseQuerySet(models.QuerySet["Promise"]):
    def open(self) -> "PromiseQuerySet":
        return self.filter(kept_at=None, broken_at=None, moved_at=None, withdrawn_at=None)

    def overdue(self, at: datetime) -> "PromiseQuerySet":
        return self.open().filter(due_at__lt=at)

    def give(
        self,
        complaint: Complaint,
        *,
        what: str,
        due_at: datetime,
        by: Person,
        at: datetime,
        message: Message | None = None,
    ) -> "Promise":
        if not what.strip():
            raise NothingPromised
        if due_at <= at:
            raise DueInThePast
        with transaction.atomic():
            complaint.must_be_open()
            promise = self.create(
                complaint=complaint, what=what.strip()[:200], who=by, due_at=due_at, given_at=at,
                message=message,
            )  # fmt: skip
            record(
                "promised", thread=complaint.contact_id, by=by, at=at, what=promise.what,
                due_at=due_at.isoformat(), promise=str(promise.id),
            )  # fmt: skip
            promise.tell_contact(at=at)
        return promise


class Promise(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    complaint = models.ForeignKey(Complaint, on_delete=models.PROTECT, related_name="promises")
    message = models.ForeignKey(Message, null=True, on_delete=models.PROTECT, related_name="+")
    what = models.CharField(max_length=200)
    who = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="promises")
    given_at = models.DateTimeField()
    due_at = models.DateTimeField()
    kept_at = models.DateTimeField(null=True, blank=True)
    broken_at = models.DateTimeField(null=True, blank=True)
    moved_at = models.DateTimeField(null=True, blank=True)
    moved_to = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="moved_from"
    )
    why_moved = models.CharField(max_length=300, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True, help_text="its reply never left")

    objects = PromiseQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(due_at__gt=F("given_at")), name="promise_due_after_given"
            ),
            models.CheckConstraint(
                condition=Q(kept_at=None, broken_at=None)
                | Q(kept_at=None, moved_at=None)
                | Q(broken_at=None, moved_at=None),
                name="promise_settled_one_way",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at=None) | Q(kept_at=None, broken_at=None, moved_at=None),
                name="promise_withdrawn_is_not_settled",
            ),
            models.CheckConstraint(
                condition=Q(moved_at=None, moved_to=None)
                | Q(moved_at__isnull=False, moved_to__isnull=False) & ~Q(why_moved=""),
                name="promise_moved_says_where_and_why",
            ),
        ]
        indexes = [models.Index(fields=["who", "due_at"], name="promise_of_person")]

    def __str__(self) -> str:
        return self.what

    @property
    def is_open(self) -> bool:
        return not (self.kept_at or self.broken_at or self.moved_at or self.withdrawn_at)

    def keep(self, *, by: Actor, at: datetime) -> None:
        """Say that it is done; done after it was due, it is broken all the same."""
        self._settle("promise_kept" if at <= self.due_at else "promise_broken", by=by, at=at)

    def break_(self, *, by: Actor, at: datetime) -> None:
        self._settle("promise_broken", by=by, at=at)

    def move(self, *, to: datetime, why: str, by: Person, at: datetime) -> "Promise":
        """Give a new date before the old one is due; the customer sees both, and why."""
        if not why.strip():
            raise ReasonMissing
        with transaction.atomic():
            self._must_be_open()
            if at > self.due_at:
                raise TooLateToMove
            later = Promise.objects.give(
                self.complaint.leading(),
                what=self.what,
                due_at=to,
                by=by,
                at=at,
                message=self.message,
            )
            self.moved_at, self.moved_to, self.why_moved = at, later, why.strip()[:300]
            self.save(update_fields=["moved_at", "moved_to", "why_moved"])
            record(
                "promise_moved", thread=self.complaint.contact_id, by=by, at=at, what=self.what,
                why=self.why_moved, due_at=to.isoformat(),
            )  # fmt: skip
            self.tell_contact(at=at)
        return later

    def withdraw(self, *, by: Actor, at: datetime) -> None:
        """Forget it, because the reply that gave it was taken back before it left."""
        with transaction.atomic():
            self._must_be_open()
            self.withdrawn_at = at
            self.save(update_fields=["withdrawn_at"])
            record("promise_withdrawn", thread=self.complaint.contact_id, by=by, at=at)
            self.tell_contact(at=at)

    def tell_contact(self, *, at: datetime) -> None:
        """Let the contact know its earliest open promise, and its head that of both."""
        contact = self.complaint.contact
        tell_contact(contact, at=at)
        if contact.merged_into:
            tell_contact(contact.merged_into, at=at)

    def _must_be_open(self) -> None:
        self.complaint.contact.hold()
        self.refresh_from_db(fields=["kept_at", "broken_at", "moved_at", "withdrawn_at"])
        if not self.is_open:
            raise AlreadySettled

    def _settle(self, verb: str, *, by: Actor, at: datetime) -> None:
        with transaction.atomic():
            self._must_be_open()
            field = "kept_at" if verb == "promise_kept" else "broken_at"
            setattr(self, field, at)
            self.save(update_fields=[field])
            record(verb, thread=self.complaint.contact_id, by=by, at=at, what=self.what)
            self.tell_contact(at=at)


def tell_contact(contact: Contact, *, at: datetime) -> None:
    """Note the earliest open promise of the case, which dates the next action."""
    contact.hold()
    mine = Promise.objects.open().filter(
        complaint__contact__in=Contact.objects.of_one_case(contact)
    )
    contact.promise_due_at = mine.aggregate(first=Min("due_at"))["first"]
    contact.plan(at=at)
