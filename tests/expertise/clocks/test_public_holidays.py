"""Public holidays as a kept library has them, against days that are on record."""

from datetime import date

import pytest

from amends.expertise.clocks.public_holidays import (
    UnknownCountry,
    countries,
    country,
    public_holidays,
)


@pytest.mark.parametrize(
    ("code", "day", "is_free"),
    [
        ("PL", date(2026, 6, 4), True), ("PL", date(2026, 12, 24), True),
        ("PL", date(2024, 12, 24), False), ("PL", date(2026, 4, 3), False),
        ("SK", date(2026, 4, 3), True), ("SK", date(2026, 5, 8), False),
        ("SK", date(2027, 5, 8), True), ("SK", date(2026, 11, 17), False),
        ("SK", date(2024, 11, 17), True), ("SK", date(2026, 9, 1), False),
        ("RU", date(2026, 5, 11), True), ("RU", date(2026, 3, 9), True),
        ("RU", date(2026, 1, 8), True), ("RU", date(2026, 1, 9), True),
        ("RU", date(2026, 12, 31), True), ("RU", date(2026, 12, 30), False),
        ("GB", date(2026, 5, 4), True), ("GB", date(2026, 5, 25), True),
        ("GB", date(2026, 8, 31), True), ("GB", date(2026, 12, 28), True),
        ("GB", date(2027, 12, 27), True), ("GB", date(2027, 12, 28), True),
        ("GB", date(2022, 12, 27), True), ("GB", date(2022, 12, 28), False),
    ],
)  # fmt: skip
def test_it_tells_days_off_from_others(code, day, is_free):
    assert (day in public_holidays(code, day.year)) is is_free


@pytest.mark.parametrize(
    ("code", "day", "name"),
    [
        ("PL", date(2026, 1, 6), "Święto Trzech Króli"),
        ("SK", date(2026, 12, 24), "Štedrý deň"),
        ("RU", date(2026, 5, 9), "День Победы"),
        ("GB", date(2026, 1, 1), "New Year’s Day"),
        ("CZ", date(2026, 12, 24), "Štědrý den"),
    ],
)
def test_it_names_a_day_as_the_country_does(code, day, name):
    assert public_holidays(code, 2026)[day] == name


def test_it_knows_every_country_that_it_offers_in_the_order_of_days():
    for code in countries():
        days = public_holidays(code, 2027)
        assert all(days.values()), code
        assert list(days) == sorted(days), code
        assert country(code).source.startswith("holidays ")


def test_it_says_what_it_cannot_know():
    assert country("RU").is_decreed
    assert not country("PL").is_decreed
    assert country("DE").has_parts
    assert not country("SK").has_parts


@pytest.mark.parametrize("code", ["XX", "", "../PL", "pl", "POL"])
def test_it_says_that_it_does_not_know_a_country(code):
    with pytest.raises(UnknownCountry):
        public_holidays(code, 2026)
    with pytest.raises(UnknownCountry):
        country(code)
