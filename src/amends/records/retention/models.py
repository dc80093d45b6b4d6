"""A legal hold: what is kept of a customer or a case stays, whatever a rule or anybody says."""

from datetime import date, datetime

from django.db import IntegrityError, models, transaction
from django.db.models import Q

from amends.ground.events.models import record
from amends.ground.keys import uuid7
from amends.records.complaints.models import Contact
from amends.records.customers.models import Customer
from amends.records.house.models import House
from amends.records.people.models import Person


class HoldRefused(Exception):
    """A verb of a hold says no; nothing was changed."""


class AlreadyHeld(HoldRefused):
    """One hold at a time."""


class AlreadyLifted(HoldRefused):
    """Somebody was faster."""


class CaseAlreadyHeld(HoldRefused):
    """One hold at a time on a case."""


class NobodyToHold(HoldRefused):
    """The customer was erased."""


class LegalHoldQuerySet(models.QuerySet["LegalHold"]):
    def standing(self) -> "LegalHoldQuerySet":
        return self.filter(lifted_at=None)

    def on_any_of(self, customer: Customer) -> "LegalHoldQuerySet":
        """Narrow to holds that keep something of the customer, be it one case."""
        return self.filter(Q(customer=customer) | Q(contact__customer=customer))

    def over(self, contact: Contact) -> "LegalHoldQuerySet":
        """Narrow to holds that keep this case: its own, and its customer's."""
        return self.filter(Q(contact=contact) | Q(customer=contact.customer_id))

    def put(
        self, customer: Customer, *, why: str, by: Person, at: datetime,
        review_date: date | None = None,
    ) -> "LegalHold":  # fmt: skip
        """Hold all that is kept of the customer, until somebody lifts it.

        Raises AlreadyHeld, or NobodyToHold of who was erased.
        """
        with transaction.atomic():
            # An erasing that runs now locks the same row, and one of the two comes second.
            held = Customer.objects.select_for_update().get(pk=customer.pk)
            if held.erased_at:
                raise NobodyToHold
            try:
                with transaction.atomic():
                    hold = self.create(
                        customer=held, why=why.strip(), by=by, at=at, review_date=review_date
                    )
            except IntegrityError as twice:
                raise AlreadyHeld from twice
            hold.tell("customer_held", by=by, at=at)
        return hold

    def put_on_case(
        self, contact: Contact, *, why: str, by: Person, at: datetime,
        review_date: date | None = None,
    ) -> "LegalHold":  # fmt: skip
        """Hold all that is kept of one case, until somebody lifts it.

        Raises CaseAlreadyHeld, or NobodyToHold of one whose customer was erased.
        """
        with transaction.atomic():
            contact.hold()
            if Customer.objects.filter(pk=contact.customer_id).exclude(erased_at=None).exists():
                raise NobodyToHold
            if self.standing().filter(contact=contact).exists():
                raise CaseAlreadyHeld
            hold = self.create(
                contact=contact, why=why.strip(), by=by, at=at, review_date=review_date
            )
            hold.tell("case_held", by=by, at=at)
        return hold


class LegalHold(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    # One of the two: a customer's holds stay theirs when a case turns out to be another's.
    customer = models.ForeignKey(Customer, null=True, on_delete=models.PROTECT, related_name="+")
    # One that stands keeps the case; one that was lifted goes with it.
    contact = models.ForeignKey(Contact, null=True, on_delete=models.CASCADE, related_name="+")
    why = models.CharField(max_length=300)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    review_date = models.DateField(
        null=True, blank=True, help_text="when to look again; it never ends by itself"
    )
    lifted_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    lifted_at = models.DateTimeField(null=True)

    objects = LegalHoldQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["customer"], condition=Q(lifted_at=None), name="legal_hold_one_at_a_time"
            ),
            models.UniqueConstraint(
                fields=["contact"],
                condition=Q(lifted_at=None),
                name="legal_hold_one_at_a_time_case",
            ),
            models.CheckConstraint(
                condition=Q(customer=None, contact__isnull=False)
                | Q(customer__isnull=False, contact=None),
                name="legal_hold_on_one_thing",
            ),
            models.CheckConstraint(condition=~Q(why=""), name="legal_hold_says_why"),
            models.CheckConstraint(
                condition=Q(lifted_at=None, lifted_by=None)
                | Q(lifted_at__isnull=False, lifted_by__isnull=False),
                name="legal_hold_lifted_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.customer_id or self.contact_id} {self.at:%Y-%m-%d}"

    def lift(self, *, by: Person, at: datetime) -> None:
        """End it, so that rules and erasing hold again; AlreadyLifted if it has ended."""
        with transaction.atomic():
            mine = LegalHold.objects.standing().filter(pk=self.pk)
            if not mine.update(lifted_by=by, lifted_at=at):
                raise AlreadyLifted
            self.lifted_by, self.lifted_at = by, at
            self.tell("case_hold_lifted" if self.contact_id else "hold_lifted", by=by, at=at)

    def tell(self, verb: str, *, by: Person, at: datetime) -> None:
        # Without a name or a reason: that stays when the customer is erased.
        thread = self.contact_id or House.objects.current().id
        record(verb, thread=thread, by=by, at=at, hold=str(self.pk))
