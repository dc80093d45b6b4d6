"""How a customer is reached and known: addresses, phones, account numbers, representatives."""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower

from amends.ground.keys import uuid7

from .customer import Customer

# As long as a mail may name one (post keeps them no longer): a sender is never cut.
LONGEST = 320


class EmailAddress(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    customer = models.ForeignKey(Customer, on_delete=models.CASCADE, related_name="addresses")
    address = models.EmailField(max_length=LONGEST, unique=True)
    failing_at = models.DateTimeField(
        null=True, blank=True, help_text="since when a server says that nobody is there"
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(address=Lower("address")), name="address_is_lower_case"
            ),
        ]

    def __str__(self) -> str:
        return self.address


class Phone(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    customer = models.ForeignKey(Customer, on_delete=models.CASCADE, related_name="phones")
    number = models.CharField(max_length=40)
    digits = models.CharField(max_length=20, db_index=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["customer", "digits"], name="phone_once_a_customer"),
        ]

    def __str__(self) -> str:
        return self.number


class AccountNumber(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    customer = models.ForeignKey(Customer, on_delete=models.CASCADE, related_name="accounts")
    number = models.CharField(max_length=60, unique=True)

    def __str__(self) -> str:
        return self.number


class Representative(models.Model):
    """Somebody who may write for the customer: family, a lawyer, an accountant."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    customer = models.ForeignKey(Customer, on_delete=models.CASCADE, related_name="representatives")
    name = models.CharField(max_length=200)
    address = models.EmailField(max_length=LONGEST, db_index=True, blank=True)
    phone = models.CharField(max_length=40, blank=True)
    relation = models.CharField(max_length=80, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["customer", "address"],
                condition=~Q(address=""),
                name="representative_once_a_customer",
            ),
            models.CheckConstraint(
                condition=Q(address=Lower("address")),
                name="representative_address_is_lower_case",
            ),
            models.CheckConstraint(
                condition=~Q(address="") | ~Q(phone=""), name="representative_can_be_reached"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.relation})"
