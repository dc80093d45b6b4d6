from datetime import UTC, date, datetime, time, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amends.expertise.clocks.working_time import (
    BadSpan,
    Calendar,
    NaiveTime,
    NotForward,
    NoWorkingTime,
    UnknownZone,
)

WARSAW = ZoneInfo("Europe/Warsaw")
HOUR = timedelta(hours=1)
OFFICE = tuple((day, time(9), time(17)) for day in range(5))
WITH_LUNCH = tuple(
    span for day in range(5) for span in ((day, time(9), time(12)), (day, time(13), time(17)))
)
ROUND_THE_CLOCK = tuple((day, time(0), time(0)) for day in range(7))
INDEPENDENCE = date(2026, 11, 11)

house = Calendar("Europe/Warsaw", OFFICE, frozenset({INDEPENDENCE}))


def local(*when: int) -> datetime:
    return datetime(*when, tzinfo=WARSAW)


def test_it_adds_working_time_over_a_night_a_weekend_and_a_holiday() -> None:
    friday = local(2026, 11, 6, 16, 0)
    assert house.add(friday, HOUR) == local(2026, 11, 6, 17, 0)
    assert house.add(friday, 2 * HOUR) == local(2026, 11, 9, 10, 0)
    assert house.add(local(2026, 11, 10, 16, 0), 2 * HOUR) == local(2026, 11, 12, 10, 0)


def test_it_starts_counting_at_the_next_opening() -> None:
    assert house.add(local(2026, 11, 8, 3, 0), HOUR) == local(2026, 11, 9, 10, 0)
    assert house.add(local(2026, 11, 8, 3, 0), timedelta()) == local(2026, 11, 8, 3, 0)


def test_it_keeps_several_spans_a_day() -> None:
    calendar = Calendar("Europe/Warsaw", WITH_LUNCH)
    assert calendar.add(local(2026, 11, 9, 11, 30), HOUR) == local(2026, 11, 9, 13, 30)
    assert calendar.next_working_moment(local(2026, 11, 9, 12, 0)) == local(2026, 11, 9, 13, 0)
    assert calendar.between(local(2026, 11, 9), local(2026, 11, 10)) == 7 * HOUR


def test_it_measures_working_time_both_ways() -> None:
    friday, tuesday = local(2026, 11, 6, 16, 0), local(2026, 11, 10, 10, 0)
    assert house.between(friday, tuesday) == 10 * HOUR
    assert house.between(tuesday, friday) == -10 * HOUR


def test_it_finds_the_next_working_moment() -> None:
    assert house.next_working_moment(local(2026, 11, 9, 9, 0)) == local(2026, 11, 9, 9, 0)
    assert house.next_working_moment(local(2026, 11, 9, 17, 0)) == local(2026, 11, 10, 9, 0)
    assert house.next_working_moment(local(2026, 11, 10, 18, 0)) == local(2026, 11, 12, 9, 0)


def test_it_knows_the_day_in_its_own_zone() -> None:
    late = datetime(2026, 11, 24, 23, 30, tzinfo=UTC)
    assert house.day_of(late) == date(2026, 11, 25)


@pytest.mark.parametrize(
    ("start", "days", "end"),
    [
        (local(2026, 11, 6, 12, 0), 1, local(2026, 11, 9, 17, 0)),
        (local(2026, 11, 7, 12, 0), 1, local(2026, 11, 9, 17, 0)),
        (local(2026, 11, 9, 8, 0), 2, local(2026, 11, 12, 17, 0)),
        (local(2026, 11, 9, 8, 0), 0, local(2026, 11, 9, 17, 0)),
        (local(2026, 11, 10, 18, 0), 0, local(2026, 11, 12, 17, 0)),
    ],
)
def test_it_ends_a_period_of_days_with_a_working_day(
    start: datetime, days: int, end: datetime
) -> None:
    assert house.add_days(start, days) == end


def test_it_counts_the_hours_that_really_pass_when_clocks_change() -> None:
    calendar = Calendar("Europe/Warsaw", ROUND_THE_CLOCK)
    assert calendar.between(local(2026, 3, 29), local(2026, 3, 30)) == 23 * HOUR
    assert calendar.between(local(2026, 10, 25), local(2026, 10, 26)) == 25 * HOUR
    assert calendar.add(local(2026, 3, 28, 12), 24 * HOUR) == local(2026, 3, 29, 13)


def test_it_gives_no_working_time_to_an_hour_that_the_clocks_skip() -> None:
    sunday = Calendar("Europe/Warsaw", ((6, time(2), time(2, 30)), (6, time(2, 45), time(4))))
    assert sunday.between(local(2026, 3, 29), local(2026, 3, 30)) == HOUR
    assert sunday.next_working_moment(local(2026, 3, 29)) == local(2026, 3, 29, 3)


def test_it_works_through_midnight() -> None:
    night = Calendar("Europe/Warsaw", ((0, time(22), time(0)), (1, time(0), time(6))))
    assert night.add(local(2026, 11, 9, 20), 3 * HOUR) == local(2026, 11, 10, 1)


@pytest.mark.parametrize(
    "spans",
    [
        ((0, time(17), time(9)),),
        ((0, time(9), time(9)),),
        ((7, time(9), time(17)),),
        ((0, time(9), time(12)), (0, time(11), time(17))),
        ((0, time(9), time(0)), (0, time(11), time(17))),
    ],
)
def test_it_refuses_spans_that_make_no_sense(spans: tuple[tuple[int, time, time], ...]) -> None:
    with pytest.raises(BadSpan):
        Calendar("Europe/Warsaw", spans)


@pytest.mark.parametrize("zone", ["Mars/Olympus", "", "../etc/passwd", "/etc"])
def test_it_refuses_an_unknown_zone(zone: str) -> None:
    with pytest.raises(UnknownZone):
        Calendar(zone, OFFICE)


def test_it_refuses_a_moment_without_a_zone() -> None:
    naive = datetime(2026, 11, 9)
    for ask in (
        lambda: house.add(naive, HOUR),
        lambda: house.between(naive, local(2026, 11, 9)),
        lambda: house.between(local(2026, 11, 9), naive),
        lambda: house.next_working_moment(naive),
        lambda: house.day_of(naive),
        lambda: house.add_days(naive, 1),
    ):
        with pytest.raises(NaiveTime):
            ask()


def test_it_says_when_there_is_no_working_time_at_all() -> None:
    closed = Calendar("Europe/Warsaw", ())
    for ask in (
        lambda: closed.add(local(2026, 11, 9), HOUR),
        lambda: closed.next_working_moment(local(2026, 11, 9)),
        lambda: closed.add_days(local(2026, 11, 9), 1),
        lambda: closed.add_days(local(2026, 11, 9), 0),
    ):
        with pytest.raises(NoWorkingTime):
            ask()
    assert closed.between(local(2026, 11, 9), local(2026, 11, 10)) == timedelta()


def test_it_refuses_to_go_back() -> None:
    with pytest.raises(NotForward):
        house.add(local(2026, 11, 9), -HOUR)
    with pytest.raises(NotForward):
        house.add_days(local(2026, 11, 9), -1)


def spans_of(cuts: list[int], weekday: int) -> list[tuple[int, time, time]]:
    minutes = sorted(set(cuts))
    clock = [time(minute // 60, minute % 60) for minute in minutes]
    return [(weekday, *pair) for pair in zip(clock[::2], clock[1::2], strict=False)]


zones = st.sampled_from(["Europe/Warsaw", "America/New_York", "Australia/Lord_Howe", "Asia/Tehran"])
calendars = st.builds(
    lambda zone, cuts, holidays: Calendar(
        zone,
        tuple(span for day, those in enumerate(cuts) for span in spans_of(those, day)),
        frozenset(date(2026, 1, 1) + timedelta(days=n) for n in holidays),
    ),
    zones,
    st.lists(st.lists(st.integers(0, 1439), min_size=2, max_size=5), min_size=7, max_size=7),
    st.sets(st.integers(0, 364), max_size=20),
).filter(lambda calendar: len(calendar.spans) > 0)
moments = st.datetimes(
    datetime(2026, 1, 1),
    datetime(2026, 12, 31),
    timezones=st.sampled_from([UTC, WARSAW, timezone(timedelta(hours=-9, minutes=-30))]),
)
amounts = st.timedeltas(timedelta(), timedelta(hours=60))


@given(calendars, moments, amounts)
def test_it_finds_between_what_it_added(c: Calendar, start: datetime, working: timedelta) -> None:
    end = c.add(start, working)
    assert end >= start
    assert c.between(start, end) == working
    assert working == timedelta() or c.between(start, end - timedelta(microseconds=1)) < working


@given(calendars, moments, amounts, amounts)
def test_it_adds_in_two_steps_as_in_one(
    c: Calendar, start: datetime, first: timedelta, second: timedelta
) -> None:
    assert c.add(c.add(start, first), second) == c.add(start, first + second)


@given(calendars, st.lists(moments, min_size=3, max_size=3))
def test_it_adds_up_over_adjoining_periods(c: Calendar, three: list[datetime]) -> None:
    one, two, three_ = sorted(three)
    assert c.between(one, two) + c.between(two, three_) == c.between(one, three_)
    assert timedelta() <= c.between(one, two) <= two.astimezone(UTC) - one.astimezone(UTC)


@given(calendars, moments, st.integers(0, 40))
def test_it_ends_days_at_a_closing_that_is_still_to_come(
    c: Calendar, start: datetime, days: int
) -> None:
    end = c.add_days(start, days)
    assert end > start
    assert c.between(end - timedelta(microseconds=1), end) == timedelta(microseconds=1)
    assert c.add_days(start, days + 1) > end or days == 0


@given(calendars, moments)
def test_it_opens_at_the_next_working_moment(c: Calendar, at: datetime) -> None:
    opening = c.next_working_moment(at)
    assert c.between(at, opening) == timedelta()
    assert c.between(opening, opening + timedelta(microseconds=1)) > timedelta()
