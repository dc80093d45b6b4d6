"""A mail named another case, and no party of that wrote it: it may belong there, a person says."""

from collections.abc import Iterable
from datetime import datetime

from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from amends.ground.keys import uuid7
from amends.records.customers.models import Customer, Representative
from amends.records.people.models import Person

from .contact import Contact

# Whoever names a hundred references is guessing.
MOST_OFFERED = 3


class BelongingQuerySet(models.QuerySet["Belonging"]):
    def open(self) -> "BelongingQuerySet":
        return self.filter(answered_at=None)

    def seen_by(self, person: Person) -> "BelongingQuerySet":
        """Narrow to what leads to a case that the person may see; of others nothing is said."""
        seen = Contact.objects.visible_to(person)
        leads_on = Q(case__merged_into=None) | Exists(seen.filter(pk=OuterRef("case__merged_into")))
        seen_case = Exists(seen.filter(pk=OuterRef("case")))
        return self.filter(leads_on, seen_case).order_by("place", "id")


class Belonging(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    contact = models.ForeignKey(Contact, on_delete=models.CASCADE, related_name="belongings")
    case = models.ForeignKey(Contact, on_delete=models.CASCADE, related_name="+")
    place = models.PositiveSmallIntegerField(help_text="the one that is believed most is first")
    at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)
    answered_by_name = models.CharField(max_length=200, blank=True)
    # What a join changed, so that it can be taken apart.
    joined = models.BooleanField(default=False)
    customer_before = models.ForeignKey(
        Customer, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    representative = models.ForeignKey(
        Representative, null=True, on_delete=models.SET_NULL, related_name="+"
    )

    objects = BelongingQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["contact", "case"], name="belonging_once"),
            models.CheckConstraint(condition=~Q(contact=F("case")), name="belonging_of_two"),
            models.CheckConstraint(
                condition=Q(joined=False) | Q(answered_at__isnull=False),
                name="belonging_joined_by_a_person",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.contact_id} → {self.case_id}"


def offers_of(contact: Contact, named: Iterable[Contact], *, at: datetime) -> list[Belonging]:
    """Return what is to be offered for a contact that named those, not stored yet."""
    heads = list(dict.fromkeys(one.head() for one in named))
    others = [head for head in heads if head.pk != contact.pk][:MOST_OFFERED]
    return [
        Belonging(contact=contact, case=case, place=place, at=at)
        for place, case in enumerate(others)
    ]
