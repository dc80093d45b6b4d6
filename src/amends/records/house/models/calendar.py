from django.db import models
from django.db.models import F, Q

from amends.ground.keys import uuid7


class OpenSpan(models.Model):
    """Working time: from when until when on one day of the week; a day may have several."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    weekday = models.PositiveSmallIntegerField(help_text="0 is Monday")
    opens = models.TimeField()
    closes = models.TimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(weekday__lte=6), name="span_on_a_weekday"),
            models.CheckConstraint(condition=Q(closes__gt=F("opens")), name="span_closes_later"),
        ]

    def __str__(self) -> str:
        return f"{self.weekday} {self.opens:%H:%M}–{self.closes:%H:%M}"


class Holiday(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    date = models.DateField(unique=True)
    name = models.CharField(max_length=80)

    def __str__(self) -> str:
        return f"{self.date} {self.name}"
