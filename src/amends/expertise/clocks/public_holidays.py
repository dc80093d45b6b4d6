"""Public holidays of a country, reckoned from its rules, which are data with their sources."""

import tomllib
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from importlib.resources import files
from typing import Any

COUNTRIES = ("GB", "PL", "RU", "SK")

_DAY = timedelta(days=1)
_SATURDAY = 5


class UnknownCountry(ValueError):
    """There are no rules for this country."""


@dataclass(frozen=True)
class Country:
    """Where the rules stand, when they were read last, and what they can't know."""

    code: str
    source: str
    checked_date: date
    note: str


def country(code: str) -> Country:
    """Return what is said about a country's rules. Raises UnknownCountry."""
    data = _rules(code)
    return Country(code, data["source"], data["checked_date"], data.get("note", ""))


def public_holidays(code: str, year: int) -> dict[date, str]:
    """Return the country's days off in the year, by date, named in its own language.

    A holiday on a weekend gives another day off where the law says so (`moves`): the next working
    day that is none already. Raises UnknownCountry.
    """
    rules = [rule for rule in _rules(code)["holiday"] if _holds(rule, year)]
    found = {_day(rule, year): str(rule["name"]) for rule in rules}
    for rule in rules:
        day = _day(rule, year)
        if rule.get("moves") and day.weekday() >= _SATURDAY:
            while day in found or day.weekday() >= _SATURDAY:
                day += _DAY
            found[day] = str(rule["name"])
    return dict(sorted(found.items()))


def easter(year: int) -> date:
    """Return Easter Sunday of the Gregorian calendar.

    Source: the algorithm of Meeus, Jones and Butcher, Astronomical Algorithms, chapter 8.
    """
    century, in_century = divmod(year, 100)
    leap_centuries, rest = divmod(century, 4)
    correction = (century - (century + 8) // 25 + 1) // 3
    golden = year % 19
    moon = (19 * golden + century - leap_centuries - correction + 15) % 30
    leaps, years = divmod(in_century, 4)
    weekday = (32 + 2 * rest + 2 * leaps - moon - years) % 7
    late = (golden + 11 * moon + 22 * weekday) // 451
    month, day = divmod(moon + weekday - 7 * late + 114, 31)
    return date(year, month, day + 1)


def _holds(rule: dict[str, Any], year: int) -> bool:
    within = rule.get("since", year) <= year <= rule.get("until", year)
    return within and year not in rule.get("except", ())


def _day(rule: dict[str, Any], year: int) -> date:
    if "easter" in rule:
        return easter(year) + int(rule["easter"]) * _DAY
    if "day" in rule:
        return date(year, rule["month"], rule["day"])
    if rule["nth"] > 0:
        first = date(year, rule["month"], 1)
        ahead = (rule["weekday"] - first.weekday()) % 7
        return first + int(ahead + 7 * (rule["nth"] - 1)) * _DAY
    last = date(year, rule["month"] + 1, 1) - _DAY
    return last - int((last.weekday() - rule["weekday"]) % 7) * _DAY


@cache
def _rules(code: str) -> dict[str, Any]:
    if code not in COUNTRIES:
        raise UnknownCountry(code)
    source = files("amends.expertise.clocks") / "holidays" / f"{code}.toml"
    return tomllib.loads(source.read_text(encoding="utf-8"))
