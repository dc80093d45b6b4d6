"""Plain figures: what is open and how old, what came in, was answered and confirmed, by week.

Each is a count of the contacts that the asker may see, and the same contacts come out of the
list when its filter is set to what the figure says, so that every number can be looked behind.
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import pairwise
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Count, Q, QuerySet

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
    counts = seen.exclude(state=State.CLOSED).aggregate(
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
    starts = [first_moment(monday, zone) for monday in (this_monday + timedelta(7), *mondays)]
    received = seen.filter(received_at__gte=starts[-1])
    answers = Message.objects.filter(ANSWER, at__gte=starts[-1], contact__in=seen)
    yeses = Closing.objects.filter(outcome=Outcome.CONFIRMED, contact__in=seen)
    arrived = _by_week(received, "received_at", starts)
    complaints = _by_week(received.filter(kind=Kind.COMPLAINT), "received_at", starts)
    answered = _by_week(answers, "at", starts, of="contact")
    confirmed = _by_week(yeses.filter(at__gte=starts[-1]), "at", starts, of="contact")
    counts = zip(mondays, arrived, complaints, answered, confirmed, strict=True)
    return tuple(Week(monday, monday + timedelta(days=6), *rest) for monday, *rest in counts)


def _by_week(rows: QuerySet[Any], moment: str, starts: list[datetime], of: str = "pk") -> list[int]:
    """Count once per week, the latest first; a function of the time zone would be asked per row."""
    weeks = {
        f"week_{number:02}": Count(
            of, filter=Q(**{f"{moment}__gte": start, f"{moment}__lt": end}), distinct=of != "pk"
        )
        for number, (end, start) in enumerate(pairwise(starts))
    }
    return [count for _week, count in sorted(rows.order_by().aggregate(**weeks).items())]


def answered_within(seen: ContactQuerySet, first: datetime, last: datetime) -> ContactQuerySet:
    """Narrow to those that got an answer of a person from `first` until before `last`."""
    said = Message.objects.filter(ANSWER, at__gte=first, at__lt=last)
    return seen.filter(pk__in=said.values("contact"))


def confirmed_within(seen: ContactQuerySet, first: datetime, last: datetime) -> ContactQuerySet:
    """Narrow to those that the customer confirmed from `first` until before `last`."""
    yeses = Closing.objects.filter(outcome=Outcome.CONFIRMED, at__gte=first, at__lt=last)
    return seen.filter(pk__in=yeses.values("contact"))
