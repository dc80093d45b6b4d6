"""Working hours and days of a house, counted in real time across clock changes."""

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

Span = tuple[int, time, time]
Window = tuple[datetime, datetime]

_SUNDAY = 6
_MIDNIGHT = time(0)
_DAY = timedelta(days=1)
_NOTHING = timedelta()


class NaiveTime(ValueError):
    """A moment without a time zone: nobody can say when it is."""


class UnknownZone(ValueError):
    """There is no time zone of this name."""


class BadSpan(ValueError):
    """A span of working hours that ends before it begins, overlaps another or has no weekday."""


class NoWorkingTime(ValueError):
    """No working time is left between the moment asked about and the end of the calendar."""


class NotForward(ValueError):
    """A negative amount of working time or days was asked for."""


@dataclass(frozen=True, slots=True)
class Calendar:
    """When a house works.

    `zone` is a name such as "Europe/Warsaw". `spans` are ``(weekday, from, until)`` with Monday
    as 0, several a day if need be; an `until` of 00:00 is the midnight that ends the day. Days
    in `holidays` have no working time.

    All moments given must be aware (else NaiveTime); those given back are in UTC, where adding
    and subtracting can't go wrong. Working time is time that really passes: the night on which
    clocks go forward is an hour shorter.

    Raises UnknownZone and BadSpan. A calendar without spans is allowed, and every question about
    it that needs working time raises NoWorkingTime.
    """

    zone: str
    spans: tuple[Span, ...]
    holidays: frozenset[date] = frozenset()
    _tz: ZoneInfo = field(init=False, repr=False, compare=False)
    _known: dict[date, list[Window]] = field(
        init=False, repr=False, compare=False, default_factory=dict
    )

    def __post_init__(self) -> None:
        try:
            zone = ZoneInfo(self.zone)
        except (KeyError, ValueError, OSError) as error:
            raise UnknownZone(self.zone) from error
        object.__setattr__(self, "_tz", zone)
        _check(self.spans)

    def add(self, start: datetime, working: timedelta) -> datetime:
        """The earliest moment by which `working` time has passed since `start`.

        With no working time to add it is `start` itself, even at night. Raises NotForward for
        a negative amount.
        """
        if working < _NOTHING:
            raise NotForward(working)
        at, left = _utc(start), working
        if not left:
            return at
        for opens, closes in self._windows(at):
            begins = max(opens, at)
            if closes - begins >= left:
                return begins + left
            left -= closes - begins
        raise NoWorkingTime(start)

    def between(self, start: datetime, end: datetime) -> timedelta:
        """The working time from `start` to `end`; negative when `end` comes first."""
        first, last = _utc(start), _utc(end)
        if last < first:
            return -self.between(end, start)
        total = _NOTHING
        for opens, closes in self._windows(first):
            if opens >= last:
                break
            total += min(closes, last) - max(opens, first)
        return total

    def next_working_moment(self, at: datetime) -> datetime:
        """`at` itself within working hours, otherwise the next opening."""
        moment = _utc(at)
        for opens, _ in self._windows(moment):
            return max(opens, moment)
        raise NoWorkingTime(at)

    def day_of(self, at: datetime) -> date:
        """The date in the calendar's own zone."""
        return _utc(at).astimezone(self._tz).date()

    def works_on(self, day: date) -> bool:
        """Tell whether the house works on that day at all."""
        return bool(self._windows_on(day))

    def add_days(self, start: datetime, days: int) -> datetime:
        """The end of the `days`-th working day after the day of `start`.

        Nought days is the end of the same day while there is working time left on it, otherwise
        of the next working day. Raises NotForward for a negative number.
        """
        if days < 0:
            raise NotForward(days)
        moment = _utc(start)
        if days == 0:
            opening = self.next_working_moment(moment)
            return self._closing(self.day_of(opening))
        day = self.day_of(moment)
        for later in self._days_from(day):
            if later == day or not self._windows_on(later):
                continue
            days -= 1
            if days == 0:
                return self._closing(later)
        raise NoWorkingTime(start)

    def _closing(self, day: date) -> datetime:
        return self._windows_on(day)[-1][1]

    def _windows(self, after: datetime) -> Iterator[Window]:
        """Stretches of working time, in order, that end after a moment."""
        for day in self._days_from(self.day_of(after)):
            yield from (window for window in self._windows_on(day) if window[1] > after)

    def _days_from(self, day: date) -> Iterator[date]:
        if not self.spans:
            return
        while day < date.max - _DAY:
            yield day
            day += _DAY

    def _windows_on(self, day: date) -> list[Window]:
        """The stretches of a day; one calendar is asked of the same few days again and again."""
        if day not in self._known:
            self._known[day] = self._windows_found(day)
        return self._known[day]

    def _windows_found(self, day: date) -> list[Window]:
        if day in self.holidays:
            return []
        of_day = sorted(span for span in self.spans if span[0] == day.weekday())
        windows = [
            (self._moment(day, opens), self._moment(_end_day(day, closes), closes))
            for _, opens, closes in of_day
        ]
        return [window for window in windows if window[0] < window[1]]

    def _moment(self, day: date, at: time) -> datetime:
        """A local time in UTC; one that the clocks skip is the moment at which they do."""
        local = datetime.combine(day, at, self._tz)
        moment = local.astimezone(UTC)
        if moment.astimezone(self._tz).replace(tzinfo=None) == local.replace(tzinfo=None):
            return moment
        return self._clock_change(moment)

    def _clock_change(self, shortly_after: datetime) -> datetime:
        """The last change of the zone's offset before a moment, to the second."""
        offset = shortly_after.astimezone(self._tz).utcoffset()
        day_before = shortly_after - _DAY
        seconds = range(int(_DAY.total_seconds()))
        found = bisect_right(
            seconds,
            False,
            key=lambda passed: (
                (day_before + timedelta(seconds=passed)).astimezone(self._tz).utcoffset() == offset
            ),
        )
        return day_before + timedelta(seconds=found)


def _utc(at: datetime) -> datetime:
    if at.utcoffset() is None:
        raise NaiveTime(at)
    return at.astimezone(UTC)


def _end_day(day: date, closes: time) -> date:
    return day + _DAY if closes == _MIDNIGHT else day


def _check(spans: tuple[Span, ...]) -> None:
    for weekday, opens, closes in spans:
        if not 0 <= weekday <= _SUNDAY or not (opens < closes or closes == _MIDNIGHT):
            raise BadSpan(weekday, opens, closes)
    for (weekday, _, closes), (next_weekday, opens, _) in pairwise(sorted(spans)):
        if weekday == next_weekday and (closes == _MIDNIGHT or opens < closes):
            raise BadSpan(weekday, opens, closes)
