import re
import uuid
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import models, transaction
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from amends.ground.keys import uuid7
from amends.records.customers import knowledge

if TYPE_CHECKING:
    from .reach import Representative


class AddressTaken(Exception):
    """The address is that of another customer, who would become a party to these complaints."""

    def __init__(self, by: "Customer") -> None:
        super().__init__(str(by.pk))
        self.by = by


# Marks that turn the direction of all that follows them, and what else no name has in it.
_TURNING = re.compile("[\u0000-\u001f\u007f\u200e\u200f\u202a-\u202e\u2066-\u2069]+")


def one_name(name: str) -> str:
    """Return the name on one line and in one direction, as it stands beside others."""
    return " ".join(_TURNING.sub(" ", name).split())[:200]


class CustomerQuerySet(models.QuerySet["Customer"]):
    def with_address(self, address: str) -> "Customer | None":
        return self.filter(addresses__address=address.strip().lower()).first()

    def with_phone(self, number: str) -> "Customer | None":
        digits = "".join(filter(str.isdigit, number))
        return self.filter(phones__digits=digits).first() if digits else None

    def welcome(
        self,
        *,
        name: str,
        address: str = "",
        phone: str = "",
        language: str = "",
        trust_phone: bool = False,
    ) -> "Customer":
        """Return the customer whom we know, or take a new one in.

        By the address; by the number only where somebody of ours has heard it, as anybody can
        type a number into a form. Neither ever lends a new address to somebody we know: who has
        an address to a customer is a party to their complaints.
        """
        known = self.with_address(address) if address else None
        if known is None and trust_phone and not address:
            known = self.with_phone(phone)
        if known:
            return known
        try:
            with transaction.atomic():
                customer = self.create(name=one_name(name), language=language)
                if address:
                    customer.add_address(address)
                if phone:
                    customer.add_phone(phone)
        except AddressTaken as taken:
            # Two first mails of one sender at once: the other reader was faster.
            return taken.by
        return customer


class Customer(models.Model):
    class Kind(models.TextChoices):
        CONSUMER = "consumer", _("consumer")
        SOLE_TRADER = "sole_trader", _("sole trader")
        BUSINESS = "business", _("business")

    class Form(models.TextChoices):
        """How the customer is addressed; unknown means a neutral sentence."""

        UNKNOWN = "unknown", _("not known")
        NEUTRAL = "neutral", _("neutral")
        FEMININE = "feminine", _("as a woman")
        MASCULINE = "masculine", _("as a man")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    name = models.CharField(max_length=200, blank=True)
    company = models.CharField(max_length=200, blank=True)
    kind = models.CharField(max_length=12, choices=Kind, default=Kind.CONSUMER)
    language = models.CharField(max_length=5, blank=True)
    form = models.CharField(max_length=10, choices=Form, default=Form.UNKNOWN)
    vocative = models.CharField(max_length=120, blank=True)
    since_date = models.DateField(null=True, blank=True)
    likes = models.CharField(max_length=200, blank=True)
    erased_at = models.DateTimeField(null=True, blank=True, help_text="by law; nobody knows who")

    objects = CustomerQuerySet.as_manager()

    def __str__(self) -> str:
        return self.name

    def add_address(self, address: str) -> None:
        """Note an address of theirs; AddressTaken if it is another customer's."""
        from .reach import EmailAddress

        address = address.strip().lower()
        known, _new = EmailAddress.objects.get_or_create(
            address=address, defaults={"customer": self}
        )
        if known.customer_id != self.pk:
            raise AddressTaken(known.customer)

    def address_fails(self, address: str, *, at: datetime) -> None:
        """Note that mail to an address of theirs finds nobody, since the first time it did not."""
        known = self.addresses.filter(address=address.strip().lower(), failing_at=None)
        known.update(failing_at=at)

    def address_works(self, address: str) -> None:
        """Note that they wrote from it: somebody is there."""
        known = self.addresses.filter(address=address.strip().lower())
        known.exclude(failing_at=None).update(failing_at=None)

    def represent_by(
        self, *, name: str, address: str = "", phone: str = "", relation: str = ""
    ) -> "Representative":
        """Let somebody speak for the customer; they are known again by address, else by phone."""
        facts = {"name": one_name(name), "relation": relation.strip()[:80]}
        address, phone = address.strip().lower(), phone.strip()[:40]
        if address:
            facts |= {"phone": phone} if phone else {}
            known, _new = self.representatives.update_or_create(address=address, defaults=facts)
        else:
            known, _new = self.representatives.update_or_create(
                address="", phone=phone, defaults=facts
            )
        return known

    def add_phone(self, number: str) -> None:
        from .reach import Phone

        digits = "".join(filter(str.isdigit, number))
        if digits:
            Phone.objects.get_or_create(
                customer=self, digits=digits[:20], defaults={"number": number.strip()[:40]}
            )

    def address_as(self, *, form: str, vocative: str) -> None:
        """Set how the customer is addressed; templates and greetings follow at once."""
        self.form, self.vocative = self.Form(form), vocative.strip()
        self.save(update_fields=["form", "vocative"])

    def salutation(self, language: str, *, manner: str) -> str:
        """Greet them by their form of address, or while it isn't known, in the house's manner."""
        surname = self.name.split(" ")[-1] if " " in self.name else ""
        called = "" if self.kind == self.Kind.BUSINESS else knowledge.called(self.name, manner)
        return knowledge.salutation(
            language, manner if self.form == self.Form.UNKNOWN else self.form,
            vocative=self.vocative, surname=surname, called=self.vocative or called,
        )  # fmt: skip

    @property
    def shown_name(self) -> str:
        if self.erased_at:
            return gettext("Customer erased")
        return self.name or self.company

    actor_kind = "customer"

    @property
    def actor_key(self) -> uuid.UUID:
        return self.id

    @property
    def actor_name(self) -> str:
        return self.shown_name
