"""Public holidays of a country, by name in its own language; a kept library knows the rules."""

from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.metadata import version

import holidays

# Where parts of a country have days of their own, only those of the whole are given; but here
# nothing holds for the whole.
_PART = {"GB": "ENG"}
# A government here moves days off for each year anew; the library has them as they are decreed.
_DECREED = frozenset({"BY", "HU", "RU"})


class UnknownCountry(ValueError):
    """There are no rules for this country."""


@dataclass(frozen=True)
class Country:
    """Where a country's days come from, and what they can't know."""

    code: str
    source: str
    is_decreed: bool
    has_parts: bool


@cache
def countries() -> tuple[str, ...]:
    """Return the codes (ISO 3166-1, two letters) of the countries whose holidays are known."""
    return tuple(sorted(holidays.list_supported_countries(include_aliases=False)))


def country(code: str) -> Country:
    """Return what is said about a country's rules. Raises UnknownCountry."""
    parts = holidays.list_supported_countries(include_aliases=False).get(_known(code), [])
    source = f"holidays {version('holidays')}"
    return Country(code, source, is_decreed=code in _DECREED, has_parts=bool(parts))


def public_holidays(code: str, year: int) -> dict[date, str]:
    """Return the days off of the whole country in the year, by date. Raises UnknownCountry.

    A day that falls on a weekend and gives another one off is there twice, as the law has it.
    """
    known, part = _known(code), _PART.get(code)
    own = holidays.country_holidays(known, subdiv=part).default_language
    found = holidays.country_holidays(known, subdiv=part, years=year, language=own)
    return {day: found[day].replace("'", "’") for day in sorted(found)}


def _known(code: str) -> str:
    if code not in countries():
        raise UnknownCountry(code)
    return code
