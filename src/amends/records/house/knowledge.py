"""What the house takes from expertise, and the texts that it sends, which are data."""

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import cache
from importlib.resources import files
from zoneinfo import ZoneInfo

from babel.dates import format_datetime

from amends.expertise.clocks.working_time import Calendar

__all__ = [
    "LANGUAGES",
    "Calendar",
    "Text",
    "calendar",
    "footer",
    "salutation",
    "say_when",
    "signoff",
    "write",
]

LANGUAGES = ("en", "pl", "ru", "sk")

# A house that has set no hours works as most offices do, so that no clock is ever without time.
_OFFICE_HOURS = tuple((weekday, time(9), time(17)) for weekday in range(5))
_PATTERNS = {
    "en": "EEEE d MMMM, HH:mm",
    "pl": "EEEE, d MMMM, HH:mm",
    "ru": "EEEE, d MMMM, HH:mm",
    "sk": "EEEE d. MMMM, HH:mm",
}


@dataclass(frozen=True)
class Text:
    subject: str
    body: str


def calendar(
    zone: str, spans: Iterable[tuple[int, time, time]], holidays: Iterable[date]
) -> Calendar:
    return Calendar(zone=zone, spans=tuple(spans) or _OFFICE_HOURS, holidays=frozenset(holidays))


def write(kind: str, language: str, **fields: str) -> Text:
    """Fill the text of that kind; a text that names an unknown field raises KeyError.

    A sentence around a field that has nothing in it, as in a house without a phone, is left out.
    """
    text = _texts(language)[kind]
    return Text(
        subject=" ".join(text["subject"].format_map(fields).split()),
        body=_without_gaps(text["body"], fields).format_map(fields).strip() + "\n",
    )


def salutation(language: str, form: str, *, vocative: str, surname: str) -> str:
    """Greet by form of address; without the name that the form needs, neutrally."""
    patterns = _texts(language if language in LANGUAGES else "en")["salutation"]
    pattern = patterns.get(form, patterns["neutral"])
    needs = {"vocative": vocative, "surname": surname}
    if any(f"{{{name}}}" in pattern and not value for name, value in needs.items()):
        pattern = patterns["neutral"]
    return str(pattern.format_map(needs))


def signoff(language: str, *, person: str, house: str) -> str:
    text = _texts(language if language in LANGUAGES else "en")["signoff"]
    pattern = text if isinstance(text, str) else text["text"]
    written = str(pattern.format_map({"person": person, "house": house}))
    # Where nobody holds it yet the house signs, once.
    lines = [line for line in written.strip().splitlines() if line.strip()]
    return "\n".join(dict.fromkeys(lines))


def footer(language: str, *, link: str) -> str:
    """Return the line under a reply that leads to the status page."""
    text = _texts(language if language in LANGUAGES else "en")["footer"]["text"]
    return str(text.format_map({"link": link}))


def say_when(at: datetime, zone: str, language: str) -> str:
    return str(format_datetime(at, _PATTERNS[language], tzinfo=ZoneInfo(zone), locale=language))


def _without_gaps(pattern: str, fields: dict[str, str]) -> str:
    for name in (name for name, value in fields.items() if not value):
        pattern = re.sub(rf"[^.!?\n]*\{{{name}\}}[^.!?\n]*[.!?]?", "", pattern)
    return re.sub(r"\n{3,}", "\n\n", re.sub(r"(?m)^[ \t]+|[ \t]+$", "", pattern))


@cache
def _texts(language: str) -> dict[str, dict[str, str]]:
    source = files("amends.records.house") / "texts" / f"{language}.toml"
    return tomllib.loads(source.read_text(encoding="utf-8"))
