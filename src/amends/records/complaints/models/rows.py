"""The rows that a change of state leaves: who, when and why."""

from django.db import models
from django.db.models import F, Q

from amends.ground.keys import uuid7
from amends.records.complaints.vocabulary import Kind, Outcome, Reason
from amends.records.people.models import Person, Team

from .contact import Contact


class Row(models.Model):
    """A change of a contact, with whoever made it: a person, the customer or the program."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    at = models.DateTimeField()
    actor_kind = models.CharField(max_length=10)
    actor_key = models.UUIDField(null=True)
    actor_name = models.CharField(max_length=200, blank=True)

    class Meta:
        abstract = True


class Verdict(Row):
    contact = models.ForeignKey(Contact, on_delete=models.CASCADE, related_name="verdicts")
    kind = models.CharField(max_length=10, choices=Kind)
    before = models.CharField(max_length=10, choices=Kind)
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by_name = models.CharField(max_length=200, blank=True)

    def __str__(self) -> str:
        return f"{self.before} → {self.kind}"


class Assignment(Row):
    contact = models.ForeignKey(Contact, on_delete=models.CASCADE, related_name="assignments")
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    why = models.CharField(max_length=300, blank=True)

    def __str__(self) -> str:
        return f"{self.person or self.team}"


class Merge(Row):
    """One thread follows another of the same customer, until it is taken apart."""

    contact = models.ForeignKey(Contact, on_delete=models.CASCADE, related_name="merges")
    head = models.ForeignKey(Contact, on_delete=models.CASCADE, related_name="merges_led")
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by_name = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["contact"], condition=Q(undone_at=None), name="merge_one_at_a_time"
            ),
            models.CheckConstraint(condition=~Q(contact=F("head")), name="merge_of_two"),
        ]

    def __str__(self) -> str:
        return f"{self.contact_id} → {self.head_id}"


class Split(Row):
    """Messages of one thread began another one."""

    contact = models.ForeignKey(Contact, on_delete=models.CASCADE, related_name="splits")
    new = models.ForeignKey(Contact, on_delete=models.CASCADE, related_name="splits_from")
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by_name = models.CharField(max_length=200, blank=True)

    def __str__(self) -> str:
        return f"{self.contact_id} → {self.new_id}"


class Closing(Row):
    contact = models.ForeignKey(Contact, on_delete=models.CASCADE, related_name="closings")
    outcome = models.CharField(max_length=12, choices=Outcome)
    reason = models.CharField(max_length=16, choices=Reason, blank=True)
    why = models.TextField(blank=True)
    merge = models.ForeignKey(
        Merge, null=True, blank=True, on_delete=models.CASCADE, related_name="+",
        help_text="the end was the head's",
    )  # fmt: skip
    voided_at = models.DateTimeField(
        null=True, blank=True, help_text="a mail that the end rested on did not arrive"
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(outcome=Outcome.BY_LEAD) & ~Q(reason="")
                | (~Q(outcome=Outcome.BY_LEAD) & Q(reason="")),
                name="closing_a_lead_says_why",
            ),
            models.CheckConstraint(
                condition=~Q(outcome=Outcome.BY_LEAD) | Q(actor_kind="person"),
                name="closing_a_lead_is_a_person",
            ),
        ]

    def __str__(self) -> str:
        return self.outcome


class Reopening(Row):
    """The customer said no, or wrote again after the end."""

    contact = models.ForeignKey(Contact, on_delete=models.CASCADE, related_name="reopenings")
    words = models.TextField(blank=True)
    not_solved = models.BooleanField(default=False)

    def __str__(self) -> str:
        return "not solved" if self.not_solved else "reopened"
