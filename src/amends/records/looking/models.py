"""Who looked at what of customers, and who came in: a log of its own, beside what happened.

A read changes nothing, so it is no event and in no chain. No word that was read, typed or searched
for is kept here, and no name of a customer: a key and a reference say whose it was.
"""

import uuid
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from ipaddress import ip_address

from django.db import models, transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from amends.ground.keys import uuid7
from amends.records.people.models import Person

# Who goes back to a case within this time has looked once, as one line with a count.
ONE_LOOK = timedelta(minutes=10)


class What(models.TextChoices):
    CASE = "case", _("case opened")
    CUSTOMER = "customer", _("customer opened")
    SEARCH = "search", _("search made")
    FILE = "file", _("file saved")
    EXPORT = "export", _("export taken")
    TURNED_AWAY = "turned_away", _("turned away from a case")
    SIGN_IN = "sign_in", _("signed in")
    SIGN_IN_FAILED = "sign_in_failed", _("sign-in failed")
    SIGN_OUT = "sign_out", _("signed out")
    FACTOR = "factor", _("second factor changed")
    PASSWORD = "password", _("password set")


@dataclass(frozen=True)
class Glance:
    """Somebody looks: who, at what, from where. As many as are the same become one Look."""

    what: What
    at: datetime
    person: uuid.UUID | None = None
    from_address: str = ""
    contact: uuid.UUID | None = None
    customer: uuid.UUID | None = None
    reference: str = ""
    found: int = 0

    @property
    def same(self) -> tuple[object, ...]:
        return self.what, self.person, self.contact, self.customer, _address(self.from_address)


class LookQuerySet(models.QuerySet["Look"]):
    def note(self, glance: Glance) -> "Look":
        """Write down one that nobody may lose, in the caller's transaction."""
        look = Look.of(glance)
        look.save(force_insert=True)
        return look

    def write(self, glances: Iterable[Glance]) -> int:
        """Write many in a few statements and return how many lines are new."""
        told = list(glances)
        if not told:
            return 0
        with transaction.atomic():
            known = {look.same: look for look in self._going_on(told)}
            grown, new = set(), []
            for glance in told:
                look = known.get(glance.same)
                if look is None or glance.at - look.at > ONE_LOOK:
                    known[glance.same] = look = Look.of(glance)
                    new.append(look)
                    continue
                look.again(glance)
                grown.add(look)
            self.bulk_create(new)
            self.bulk_update(grown - set(new), ["last_at", "times", "found"])
        return len(new)

    def _going_on(self, told: Collection[Glance]) -> "LookQuerySet":
        since = min(glance.at for glance in told) - ONE_LOOK
        people = {glance.person for glance in told}
        return self.filter(at__gte=since, person__in=people - {None}).order_by("at", "id")

    def of_case(self, contact: uuid.UUID, customer: uuid.UUID) -> "LookQuerySet":
        """Narrow to looks at one case, and at its customer where no case was looked at."""
        return self.filter(Q(contact_key=contact) | Q(contact_key=None, customer_key=customer))

    def latest_first(self) -> "LookQuerySet":
        return self.order_by("-at", "-id")

    def older_than(self, look: "Look") -> "LookQuerySet":
        """Go on after that look in a list with the latest first."""
        return self.filter(Q(at__lt=look.at) | Q(at=look.at, id__lt=look.id))


class Look(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    what = models.CharField(max_length=14, choices=What)
    person = models.ForeignKey(
        Person, null=True, on_delete=models.PROTECT, related_name="+",
        help_text="none: somebody whom nobody knows",
    )  # fmt: skip
    person_id: uuid.UUID | None
    at = models.DateTimeField()
    last_at = models.DateTimeField()
    times = models.PositiveIntegerField(default=1)
    from_address = models.GenericIPAddressField(null=True)
    # No foreign keys: a log outlives what it tells of.
    contact_key = models.UUIDField(null=True)
    customer_key = models.UUIDField(null=True)
    reference = models.CharField(max_length=20, blank=True)
    found = models.PositiveIntegerField(default=0, help_text="how much a search or export showed")

    objects = LookQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["at", "id"]),
            models.Index(fields=["person", "at"]),
            models.Index(
                fields=["contact_key", "at"], condition=~Q(contact_key=None), name="look_contact"
            ),
            models.Index(
                fields=["customer_key", "at"], condition=~Q(customer_key=None), name="look_customer"
            ),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(what__in=What.values), name="look_at_something"),
            models.CheckConstraint(condition=Q(times__gte=1), name="look_happened"),
        ]

    def __str__(self) -> str:
        return f"{self.what} {self.at:%Y-%m-%d %H:%M}"

    @classmethod
    def of(cls, glance: Glance) -> "Look":
        return cls(
            what=glance.what, person_id=glance.person, at=glance.at, last_at=glance.at,
            from_address=_address(glance.from_address), contact_key=glance.contact,
            customer_key=glance.customer, reference=glance.reference, found=glance.found,
        )  # fmt: skip

    @property
    def same(self) -> tuple[object, ...]:
        return self.what, self.person_id, self.contact_key, self.customer_key, self.from_address

    def again(self, glance: Glance) -> None:
        self.times += 1
        self.last_at = max(self.last_at, glance.at)
        self.found += glance.found


def _address(told: str) -> str | None:
    """Return the address as the database takes it; a proxy may say what is none."""
    try:
        # The zone of a link-local address says nothing elsewhere, and PostgreSQL takes none.
        return str(ip_address(told.strip().partition("%")[0]))
    except ValueError:
        return None
