from django.db import models
from django.db.models import Q

from amends.ground.keys import uuid7
from amends.records.house import knowledge


class HouseTextQuerySet(models.QuerySet["HouseText"]):
    def wording(self, kind: str, language: str) -> "knowledge.Text | None":
        """Return how the house itself words it; None where it says what the program says."""
        own = self.filter(kind=kind, language=language).first()
        return knowledge.Text(own.subject, own.body) if own else None


class HouseText(models.Model):
    """A text that the house words in its own way; without one it is the program's."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    kind = models.CharField(max_length=40)
    language = models.CharField(max_length=5)
    subject = models.CharField(max_length=200, blank=True)
    body = models.TextField()
    changed_at = models.DateTimeField()

    objects = HouseTextQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "language"], name="house_text_worded_once"),
            models.CheckConstraint(
                condition=Q(language__in=knowledge.LANGUAGES), name="house_text_in_a_language"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.language}"
