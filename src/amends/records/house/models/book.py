"""A playbook as the house has it: its own words over the program's, or one that it has added."""

from django.db import models
from django.db.models import Q

from amends.ground.keys import uuid7


class HouseBook(models.Model):
    """What the house has set about a playbook; of one that it never touched there is no row."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    key = models.CharField(max_length=40, unique=True)
    words = models.JSONField(default=dict, blank=True, help_text="by language, then by key")
    is_usual = models.BooleanField(default=False, help_text="a complaint has it unless it is told")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["is_usual"], condition=Q(is_usual=True), name="house_book_one_is_usual"
            ),
        ]

    def __str__(self) -> str:
        return self.key
