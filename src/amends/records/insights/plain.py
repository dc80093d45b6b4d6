"""Plain figures: what is open and how old, what came in, was answered and confirmed, by week.

Each is a count of the contacts that the asker may see, and the same contacts come out of the
list when its filter is set to what the figure says, so that every number can be looked behind.
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Count, Q, QuerySet
from django.db.models.functions import TruncWeek

from amends.records.complaints.models import Closing, ContactQuerySet, Message
from amends.records.complaints.models.counting import ANSWER
from amends.records.complaints.vocabulary import Kind, Outcome, State
from amends.records.house.models import House

WEEKS = 12
# In days of age, the house's calendar days: from, and up to before which.
_AGES = ((0, 1), (1, 3), (3, 7), (7, 14), (14, None))


@dataclass(frozen=True)
class Age:
    """Open complaints by the days since they came in; no `until_day` means and older."""

    from_day: int
    until_day: int | None
    count: int
    received_from: date | None
    received_until: date


@dataclass(frozen=True)
class Week:
    """One week from its Monday: contacts that came in, complaints among them, those that got an
    answer of a person in it, and those that the customer confirmed in it."""

    monday: date
    sunday: date
    arrived: int
    complaints: int
    answered: int
    confirmed: int

    @property
    def is_lived(self) -> bool:
        return bool(self.arrived or self.answered or self.confirmed)


@dataclass(frozen=True)
class Standing:
    complaints: int
    questions: int
    undecided: int
    resting: int
    late: int
    said_no: int
    unheld: int


@dataclass(frozen=True)
class Figures:
    open_now: Standing
    ages: tuple[Age, ...]
    weeks: tuple[Week, ...]

    @property
    def open_complaints(self) -> int:
        return sum(age.count for age in self.ages)

    @property
    def weeks_lived(self) -> tuple[Week, ...]:
        """Return the weeks since the first in which anything happened, four at the least."""
        lived = [number for number, week in enumerate(self.weeks, 1) if week.is_lived]
        return self.weeks[: max([4, *lived])]

    @property
    def busiest(self) -> int:
        """Return the largest count of a week, for drawing all on one scale; at least one."""
        return max(max(week.arrived, week.answered, week.confirmed) for week in self.weeks) or 1


def figures_of(seen: ContactQuerySet, *, at: datetime, weeks: int = WEEKS) -> Figures:
    """Count among the contacts that somebody may see; seven queries however many there are."""
    zone = ZoneInfo(House.objects.current().zone)
    today = at.astimezone(zone).date()
    return Figures(
        open_now=_standing(seen, at),
        ages=_ages(seen, today, zone),
        weeks=_weeks(seen, today, zone, weeks),
    )


def first_moment(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time(), zone)


def _standing(seen: ContactQuerySet, at: datetime) -> Standing:
    is_open = Q(state=State.OPEN)
    counts = seen.aggregate(
        complaints=Count("pk", filter=is_open & Q(kind=Kind.COMPLAINT)),
        questions=Count("pk", filter=is_open & Q(kind=Kind.QUESTION)),
        undecided=Count("pk", filter=is_open & Q(kind=Kind.UNDECIDED)),
        resting=Count("pk", filter=Q(state=State.RESTING)),
        late=Count("pk", filter=is_open & Q(next_at__lt=at)),
        said_no=Count("pk", filter=is_open & Q(said_no=True)),
        unheld=Count("pk", filter=is_open & Q(person=None)),
    )
    return Standing(**counts)


def _ages(seen: ContactQuerySet, today: date, zone: ZoneInfo) -> tuple[Age, ...]:
    spans = [
        (
            today - timedelta(days=until_day - 1) if until_day is not None else None,
            today - timedelta(days=from_day),
        )
        for from_day, until_day in _AGES
    ]
    filters = {
        f"age_{number}": Count("pk", filter=_received_within(first, last, zone))
        for number, (first, last) in enumerate(spans)
    }
    counts = seen.filter(state=State.OPEN, kind=Kind.COMPLAINT).aggregate(**filters)
    return tuple(
        Age(from_day, until_day, counts[f"age_{number}"], *spans[number])
        for number, (from_day, until_day) in enumerate(_AGES)
    )


def _received_within(first: date | None, last: date, zone: ZoneInfo) -> Q:
    within = Q(received_at__lt=first_moment(last + timedelta(days=1), zone))
    return within & Q(received_at__gte=first_moment(first, zone)) if first else within


def _weeks(seen: ContactQuerySet, today: date, zone: ZoneInfo, number: int) -> tuple[Week, ...]:
    this_monday = today - timedelta(days=today.weekday())
    mondays = [this_monday - timedelta(weeks=back) for back in range(number)]
    since = first_moment(mondays[-1], zone)
    arrived = _by_week(seen.filter(received_at__gte=since), "received_at", zone)
    complaints = _by_week(
        seen.filter(received_at__gte=since, kind=Kind.COMPLAINT), "received_at", zone
    )
    answers = Message.objects.filter(ANSWER, at__gte=since, contact__in=seen)
    yeses = Closing.objects.filter(outcome=Outcome.CONFIRMED, at__gte=since, contact__in=seen)
    answered, confirmed = (_by_week(rows, "at", zone, of="contact") for rows in (answers, yeses))
    return tuple(
        Week(
            monday=monday,
            sunday=monday + timedelta(days=6),
            arrived=arrived.get(monday, 0),
            complaints=complaints.get(monday, 0),
            answered=answered.get(monday, 0),
            confirmed=confirmed.get(monday, 0),
        )
        for monday in mondays
    )


def _by_week(rows: QuerySet[Any], moment: str, zone: ZoneInfo, of: str = "pk") -> dict[date, int]:
    counted = (
        rows.order_by()
        .annotate(week=TruncWeek(moment, tzinfo=zone))
        .values("week")
        .annotate(number=Count(of, distinct=True))
        .order_by("week")
    )
    return {row["week"].date(): row["number"] for row in counted}


def answered_within(seen: ContactQuerySet, first: datetime, last: datetime) -> ContactQuerySet:
    """Narrow to those that got an answer of a person from `first` until before `last`."""
    said = Message.objects.filter(ANSWER, at__gte=first, at__lt=last)
    return seen.filter(pk__in=said.values("contact"))


def confirmed_within(seen: ContactQuerySet, first: datetime, last: datetime) -> ContactQuerySet:
    """Narrow to those that the customer confirmed from `first` until before `last`."""
    yeses = Closing.objects.filter(outcome=Outcome.CONFIRMED, at__gte=first, at__lt=last)
    return seen.filter(pk__in=yeses.values("contact"))
