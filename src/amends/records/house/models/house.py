"""The house itself: its name, its language, its hours, and what it has set to happen by itself."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from amends.ground.keys import uuid7
from amends.records.house import knowledge


def known_zone(name: str) -> None:
    """Raise ValidationError unless there is a time zone of that name."""
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError) as unknown:
        raise ValidationError(
            _("There is no such time zone. One is called Europe/Warsaw.")
        ) from unknown


class HouseQuerySet(models.QuerySet["House"]):
    def current(self) -> "House":
        """Return this database's house; a house that nobody has set up yet has the defaults."""
        return self.order_by("id").first() or House()


class House(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    only = models.BooleanField(default=True, unique=True, editable=False)
    name = models.CharField(max_length=120, default="Amends")
    address = models.EmailField(default="help@localhost")
    phone = models.CharField(max_length=40, blank=True)
    language = models.CharField(max_length=5, default="en")
    zone = models.CharField(max_length=40, default="Europe/Warsaw", validators=[known_zone])
    prefix = models.CharField(max_length=4, default="AM")
    answer_hours = models.PositiveSmallIntegerField(default=8, help_text="working hours")
    follow_up_days = models.PositiveSmallIntegerField(default=3, help_text="working days")
    undo_seconds = models.PositiveSmallIntegerField(default=15)
    check_backs = models.PositiveSmallIntegerField(default=2)
    check_back_gap_days = models.PositiveSmallIntegerField(default=2, help_text="working days")
    survey = models.BooleanField(default=True, help_text="a day after the customer's yes")
    link_days = models.PositiveSmallIntegerField(default=60)

    objects = HouseQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(only=True), name="house_one_house_a_database"),
            models.CheckConstraint(condition=Q(answer_hours__gte=1), name="house_answers_in_time"),
            models.CheckConstraint(
                condition=Q(check_back_gap_days__gte=1), name="house_asks_on_different_days"
            ),
            models.CheckConstraint(
                condition=Q(language__in=knowledge.LANGUAGES), name="house_speaks_a_language"
            ),
            models.CheckConstraint(
                condition=Q(check_backs__gte=1), name="house_asks_once_at_least"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def say(self, **facts: str | int) -> None:
        """Say what the house is called, how it is reached and what it has set; it is kept."""
        for name, value in facts.items():
            setattr(self, name, value.strip() if isinstance(value, str) else value)
        self.address = self.address.lower()
        self.save()

    def calendar(self) -> knowledge.Calendar:
        """Return the working time of the house (two queries: keep it while planning many)."""
        from .calendar import Holiday, OpenSpan

        return knowledge.calendar(
            self.zone,
            OpenSpan.objects.order_by(F("weekday"), F("opens")).values_list(
                "weekday", "opens", "closes"
            ),
            Holiday.objects.values_list("date", flat=True),
        )

    @property
    def undo(self) -> timedelta:
        return timedelta(seconds=self.undo_seconds)

    def write(self, kind: str, language: str, **fields: str) -> "knowledge.Text":
        """Return a text of the house in the language, or in the house's own where it has none."""
        spoken = language if language in knowledge.LANGUAGES else self.language
        return knowledge.write(kind, spoken, house=self.name, phone=self.phone, **fields)

    def sign(self, language: str, *, person: str) -> str:
        return knowledge.signoff(language, person=person, house=self.name)

    def footer(self, language: str, *, link: str) -> str:
        return knowledge.footer(language, link=link)

    def say_when(self, at: datetime, language: str) -> str:
        """Return the moment as a sentence to a customer has it, in the house's time."""
        spoken = language if language in knowledge.LANGUAGES else self.language
        return knowledge.say_when(at, self.zone, spoken)
