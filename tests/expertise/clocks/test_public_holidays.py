"""Public holidays by their rules, against days that are on record."""

from datetime import date, timedelta

import pytest

from amends.expertise.clocks.public_holidays import (
    COUNTRIES,
    UnknownCountry,
    country,
    easter,
    public_holidays,
)

# Easter Sundays on record, the earliest and the latest that there are among them.
EASTERS = [(1818, 3, 22), (1943, 4, 25), (2000, 4, 23), (2024, 3, 31), (2026, 4, 5), (2038, 4, 25)]


@pytest.mark.parametrize(("year", "month", "day"), EASTERS)
def test_it_knows_easter(year, month, day):
    assert easter(year) == date(year, month, day)


def test_it_always_finds_easter_on_a_sunday_of_spring():
    for year in range(1900, 2200):
        assert easter(year).weekday() == 6
        assert date(year, 3, 22) <= easter(year) <= date(year, 4, 25)


@pytest.mark.parametrize(
    ("code", "day", "is_free"),
    [
        ("PL", date(2026, 6, 4), True), ("PL", date(2026, 12, 24), True),
        ("PL", date(2024, 12, 24), False), ("PL", date(2026, 4, 3), False),
        ("SK", date(2026, 4, 3), True), ("SK", date(2026, 5, 8), False),
        ("SK", date(2027, 5, 8), True), ("SK", date(2026, 11, 17), False),
        ("SK", date(2024, 11, 17), True), ("SK", date(2026, 9, 1), False),
        ("RU", date(2026, 5, 11), True), ("RU", date(2026, 3, 9), True),
        ("RU", date(2026, 1, 8), True), ("RU", date(2026, 1, 9), False),
        ("GB", date(2026, 5, 4), True), ("GB", date(2026, 5, 25), True),
        ("GB", date(2026, 8, 31), True), ("GB", date(2026, 12, 28), True),
        ("GB", date(2027, 12, 27), True), ("GB", date(2027, 12, 28), True),
        ("GB", date(2022, 12, 27), True), ("GB", date(2022, 12, 28), False),
    ],
)  # fmt: skip
def test_it_tells_days_off_from_others(code, day, is_free):
    assert (day in public_holidays(code, day.year)) is is_free


@pytest.mark.parametrize("code", COUNTRIES)
def test_it_says_where_its_rules_stand_and_names_each_day(code):
    about = country(code)
    assert about.source
    assert about.checked_date > date(2026, 1, 1)
    for year in range(2020, 2040):
        days = public_holidays(code, year)
        assert all(days.values())
        assert list(days) == sorted(days)
        assert all(day.year == year for day in days if day.month < 12 or day.day < 31)


def test_it_moves_a_day_to_a_working_day_that_is_none_already():
    for year in range(2020, 2060):
        days = public_holidays("GB", year)
        weekdays = [day for day in days if day.weekday() < 5]
        assert len(weekdays) == 8, year
        assert date(year, 12, 25) in days
        assert all(day - timedelta(days=4) < date(year, 12, 26) for day in days)


@pytest.mark.parametrize("code", ["DE", "", "../PL", "pl"])
def test_it_says_that_it_does_not_know_a_country(code):
    with pytest.raises(UnknownCountry):
        public_holidays(code, 2026)
