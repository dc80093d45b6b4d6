"""What puts it right: the fix, and the gesture beyond it; done when it has been delivered."""

from datetime import datetime
from decimal import Decimal

from django.db import models, transaction
from django.db.models import Max, Q

from amends.ground.events.models import Actor, record
from amends.ground.keys import uuid7
from amends.records.complaints.models import Complaint
from amends.records.complaints.vocabulary import Fix
from amends.records.people.models import Person
from amends.records.recovery.conceding import weigh


class RemedyRefused(Exception):
    """A verb of a remedy says no; nothing was changed."""


class NothingDecided(RemedyRefused):
    """A remedy says what it is."""


class AlreadyDelivered(RemedyRefused):
    """It has been delivered, or dropped, before."""


class RemedyQuerySet(models.QuerySet["Remedy"]):
    def decide(
        self,
        complaint: Complaint,
        *,
        what: str,
        by: Person,
        at: datetime,
        cost: Decimal | None = None,
        currency: str = "",
        gesture: bool = False,
    ) -> "Remedy":
        if not what.strip():
            raise NothingDecided
        with transaction.atomic():
            complaint.must_be_open()
            remedy = self.create(
                complaint=complaint, what=what.strip()[:200], cost=cost, currency=currency,
                gesture=gesture, decided_by=by, decided_at=at,
            )  # fmt: skip
            record(
                "remedy_decided", thread=complaint.contact_id, by=by, at=at, what=remedy.what,
                gesture=gesture, remedy=str(remedy.id),
            )  # fmt: skip
            if not gesture:
                remedy.tell_contact(by=by, at=at)
                weigh(complaint, by=by, at=at)
        return remedy


class Remedy(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    complaint = models.ForeignKey(Complaint, on_delete=models.PROTECT, related_name="remedies")
    what = models.CharField(max_length=200)
    gesture = models.BooleanField(default=False, help_text="something more than the fix")
    cost = models.DecimalField(max_digits=12, decimal_places=2, null=True, blank=True)
    currency = models.CharField(max_length=3, blank=True)
    decided_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField()
    delivered_at = models.DateTimeField(null=True, blank=True)
    proof = models.CharField(max_length=300, blank=True)
    dropped_at = models.DateTimeField(null=True, blank=True)

    objects = RemedyQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(cost=None) | Q(cost__gte=0), name="remedy_costs_nothing_or_more"
            ),
            models.CheckConstraint(
                condition=Q(cost=None) | ~Q(currency=""), name="remedy_cost_has_a_currency"
            ),
            models.CheckConstraint(
                condition=Q(delivered_at=None) | Q(dropped_at=None), name="remedy_ends_one_way"
            ),
        ]

    def __str__(self) -> str:
        return self.what

    def deliver(self, *, by: Actor, at: datetime, proof: str = "") -> None:
        """Say that the customer has it; promised is not delivered."""
        with transaction.atomic():
            self._must_be_open()
            self.delivered_at, self.proof = at, proof.strip()[:300]
            self.save(update_fields=["delivered_at", "proof"])
            if not self.gesture:
                self.tell_contact(by=by, at=at)
            record(
                "remedy_delivered", thread=self.complaint.contact_id, by=by, at=at,
                what=self.what, proof=self.proof,
            )  # fmt: skip

    def drop(self, *, by: Actor, at: datetime) -> None:
        """Take back the decision, as when the reply that told of it was taken back."""
        with transaction.atomic():
            self._must_be_open()
            self.dropped_at = at
            self.save(update_fields=["dropped_at"])
            if not self.gesture:
                self.tell_contact(by=by, at=at)
                weigh(self.complaint, by=by, at=at)
            record("remedy_dropped", thread=self.complaint.contact_id, by=by, at=at, what=self.what)

    def tell_contact(self, *, by: Actor, at: datetime) -> None:
        """Let the contact know how far the fixes are, and its head how far those of both."""
        tell_of_fixes(self.complaint, by=by, at=at)
        leading = self.complaint.leading()
        if leading != self.complaint:
            tell_of_fixes(leading, by=by, at=at)

    def _must_be_open(self) -> None:
        self.complaint.contact.hold()
        self.refresh_from_db(fields=["delivered_at", "dropped_at"])
        if self.delivered_at or self.dropped_at:
            raise AlreadyDelivered


def tell_of_fixes(complaint: Complaint, *, by: Actor, at: datetime) -> None:
    """Say how far the fixes of the case are: of several, all have to be delivered.

    What was delivered before the customer said "not solved" has solved nothing.
    """
    one_case = Complaint.objects.of_one_case(complaint)
    fixes = Remedy.objects.filter(complaint__in=one_case, gesture=False, dropped_at=None)
    if fixes.filter(delivered_at=None).exists():
        complaint.fix_is(Fix.DECIDED, by=by, at=at)
        return
    no = complaint.contact.reopenings.filter(not_solved=True).aggregate(last=Max("at"))
    if no["last"]:
        fixes = fixes.filter(delivered_at__gt=no["last"])
    delivered_at = fixes.aggregate(last=Max("delivered_at"))["last"]
    fix = Fix.DELIVERED if delivered_at else Fix.NONE
    complaint.fix_is(fix, by=by, at=at, delivered_at=delivered_at)
