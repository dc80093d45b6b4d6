"""The house itself: its name, its language, its hours, and what it has set to happen by itself."""

from collections.abc import Iterable
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from amends.ground import files
from amends.ground.keys import uuid7
from amends.records.house import knowledge, logo

from .books import Playbooks
from .setting import Setting
from .stance import Stance
from .text import HouseText

_ASKS_AT = time(10)
_LONGEST_HOLIDAY_DAYS = 60
# What goes sooner could be missed by somebody who is on holiday.
SHORTEST_KEPT_DAYS = 30


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

    def keep(self) -> "House":
        """Return the house, which has a row from now on."""
        house, _new = self.get_or_create(only=True)
        return house


class House(Setting, Playbooks, models.Model):
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
    house_signs = models.BooleanField(default=False, help_text="the house’s name, no person’s")
    set_aside_days = models.PositiveSmallIntegerField(default=0, help_text="0: for good")
    draft_days = models.PositiveSmallIntegerField(default=0, help_text="0: for good")
    notice_days = models.PositiveSmallIntegerField(default=0, help_text="0: for good")
    look_days = models.PositiveSmallIntegerField(default=365, help_text="0: for good")
    languages = models.JSONField(default=list, blank=True, help_text="its own first; empty: all")
    sells = models.TextField(blank=True, help_text="in its own words")
    logo_digest = models.CharField(max_length=64, blank=True)
    logo_type = models.CharField(max_length=20, blank=True)
    second_factor = models.BooleanField(default=False, help_text="asked of everybody")
    # How customers are greeted whose form of address isn't known.
    greeting_en = models.CharField(max_length=10, default="neutral")
    greeting_pl = models.CharField(max_length=10, default="neutral")
    greeting_ru = models.CharField(max_length=10, default="neutral")
    greeting_sk = models.CharField(max_length=10, default="neutral")
    stance = models.CharField(max_length=8, choices=Stance, default=Stance.EVIDENCE)
    concede_up_to = models.PositiveIntegerField(default=100, help_text="what a small case costs")
    concede_currency = models.CharField(max_length=3, default="PLN")
    set_up_to = models.PositiveSmallIntegerField(default=0, help_text="questions gone through")
    grown_at = models.DateTimeField(null=True, blank=True, help_text="a third person invited")
    growth_read_at = models.DateTimeField(null=True, blank=True)
    set_up_at = models.DateTimeField(null=True, blank=True)

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
            *(
                models.CheckConstraint(
                    condition=Q(**{field: 0}) | Q(**{f"{field}__gte": SHORTEST_KEPT_DAYS}),
                    name=f"house_{field}_for_good_or_a_month",
                )
                for field in ("set_aside_days", "draft_days", "notice_days", "look_days")
            ),
            models.CheckConstraint(
                condition=Q(stance__in=Stance.values), name="house_takes_a_stance"
            ),
            *(
                models.CheckConstraint(
                    condition=Q(**{f"greeting_{language}__in": knowledge.MANNERS}),
                    name=f"house_greets_in_{language}",
                )
                for language in knowledge.LANGUAGES
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

    def show_logo(self, content: bytes) -> None:
        """Keep the picture as the logo; NotALogo if it is none that a browser shows."""
        self.logo_type = logo.type_of(content)
        self.logo_digest = files.keep(content)
        self.save()

    def take_logo_down(self) -> None:
        self.logo_type = self.logo_digest = ""
        self.save()

    def speak(self, languages: list[str]) -> None:
        """Say which languages the house answers in; the first is its own."""
        self.languages = list(dict.fromkeys(languages))
        self.language = self.languages[0]
        self.save()

    def ask_second_factor(self, *, asked: bool) -> None:
        self.second_factor = asked
        self.save()

    def grow(self, *, at: datetime) -> None:
        """Note that the house is no small one any more, once; somebody is told of it."""
        self.grown_at = self.grown_at or at
        self.save()

    def read_of_growth(self, *, at: datetime) -> None:
        self.growth_read_at = at
        self.save()

    def go_through(self, question: int) -> None:
        """Note how far the set-up has come; it never goes back."""
        self.set_up_to = max(self.set_up_to, question)
        self.save()

    def finish_set_up(self, *, at: datetime) -> None:
        self.set_up_at = self.set_up_at or at
        self.save()

    def open_at(self, spans: Iterable[tuple[int, time, time]]) -> None:
        """Keep the working hours: weekday, from, until; those of before are forgotten."""
        from .calendar import OpenSpan

        with transaction.atomic():
            OpenSpan.objects.all().delete()
            OpenSpan.objects.bulk_create(
                OpenSpan(weekday=weekday, opens=opens, closes=closes)
                for weekday, opens, closes in spans
            )

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

    def asks_at(self, at: datetime) -> datetime:
        """Return when a check-back asks if nobody says otherwise: the next day worked, at ten."""
        calendar = self.calendar()
        day = calendar.day_of(at) + timedelta(days=1)
        for _day in range(_LONGEST_HOLIDAY_DAYS):
            if calendar.works_on(day):
                break
            day += timedelta(days=1)
        ten = datetime.combine(day, _ASKS_AT, ZoneInfo(self.zone))
        return calendar.next_working_moment(ten)

    @property
    def undo(self) -> timedelta:
        return timedelta(seconds=self.undo_seconds)

    def write(self, kind: str, language: str, **fields: str) -> "knowledge.Text":
        """Return a text of the house in the language, or in the house's own where it has none."""
        spoken = language if language in knowledge.LANGUAGES else self.language
        own = self._own(kind, spoken)
        return knowledge.write(kind, spoken, own, house=self.name, phone=self.phone, **fields)

    def worded(self, kind: str, language: str) -> "knowledge.Text":
        """Return a text with its fields in braces: the house's own wording, or the program's."""
        return self._own(kind, language) or knowledge.original(kind, language)

    def _own(self, kind: str, language: str) -> "knowledge.Text | None":
        # Before the house has a row it has said nothing of its own.
        return None if self._state.adding else HouseText.objects.wording(kind, language)

    def greets(self, language: str) -> str:
        """Return the manner in which whose form of address isn't known is greeted."""
        spoken = language if language in knowledge.LANGUAGES else "en"
        return str(getattr(self, f"greeting_{spoken}"))

    def sign(self, language: str, *, person: str) -> str:
        signs = self.name if self.house_signs else person
        own = self._own("signoff", language)
        return knowledge.signoff(language, person=signs, house=self.name, own=own)

    def footer(self, language: str, *, link: str) -> str:
        own = self._own("footer", language)
        return knowledge.footer(language, link=link, own=own)

    def say_when(self, at: datetime, language: str) -> str:
        """Return the moment as a sentence to a customer has it, in the house's time."""
        spoken = language if language in knowledge.LANGUAGES else self.language
        return knowledge.say_when(at, self.zone, spoken)
