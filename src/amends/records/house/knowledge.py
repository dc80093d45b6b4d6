"""What the house takes from expertise, and the texts that it sends, which are data."""

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import cache
from importlib.resources import files
from string import Formatter
from zoneinfo import ZoneInfo

from babel.dates import format_datetime

from amends.expertise.clocks.public_holidays import countries, country, public_holidays
from amends.expertise.clocks.working_time import BadSpan, Calendar
from amends.expertise.playbooks import BOOKS, Playbook, playbook

__all__ = [
    "BOOKS",
    "CURRENCIES",
    "LANGUAGES",
    "MANNERS",
    "BadSpan",
    "Calendar",
    "Playbook",
    "Text",
    "calendar",
    "countries",
    "country",
    "example",
    "fields_of",
    "footer",
    "kinds",
    "manners",
    "original",
    "playbook",
    "public_holidays",
    "salutation",
    "say_when",
    "signoff",
    "write",
]

LANGUAGES = ("en", "pl", "ru", "sk")
# In which a remedy or a limit is said; the first unless another is chosen.
CURRENCIES = ("PLN", "EUR", "GBP", "RUB", "CZK", "USD")

# A house that has set no hours works as most offices do, so that no clock is ever without time.
_OFFICE_HOURS = tuple((weekday, time(9), time(17)) for weekday in range(5))
# How one may greet whose form of address isn't known; a language has those that it allows.
MANNERS = ("neutral", "formal", "first_name")
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


def write(kind: str, language: str, own: Text | None = None, **fields: str) -> Text:
    """Fill the text of that kind, or the house's own; an unknown field raises KeyError.

    A sentence around a field that has nothing in it, as in a house without a phone, is left out.
    """
    text = own or original(kind, language)
    return Text(
        subject=" ".join(text.subject.format_map(fields).split()),
        body=_without_gaps(text.body, fields).format_map(fields).strip() + "\n",
    )


def kinds() -> tuple[str, ...]:
    """Return the texts that a house may word itself: mails, and what stands below a reply."""
    return tuple(kind for kind in _texts("en") if kind != "salutation")


def original(kind: str, language: str) -> Text:
    """Return the text as it comes with the program, its fields in braces; KeyError for none."""
    text = _texts(language)[kind]
    if isinstance(text, str):
        return Text("", text.strip())
    return Text(text.get("subject", ""), text.get("body", text.get("text", "")).strip())


def fields_of(kind: str) -> frozenset[str]:
    """Return what can be filled into the text: what it names in any of the languages."""
    written = [original(kind, language) for language in LANGUAGES]
    named = {
        name
        for text in written
        for _words, name, _spec, _conversion in Formatter().parse(text.subject + text.body)
        if name
    }
    return frozenset(named | ({"house", "phone"} if written[0].subject else set()))


def example(language: str) -> dict[str, str]:
    """Return what a customer of the example wrote and is called, to show a text filled."""
    return dict(_examples()[language])


def manners(language: str) -> tuple[str, ...]:
    """Return how the language can greet somebody whose form of address isn't known."""
    return tuple(manner for manner in MANNERS if manner in _texts(language)["salutation"])


def salutation(
    language: str, form: str, *, vocative: str, surname: str, called: str = ""
) -> str:  # fmt: skip
    """Greet by form of address, or in a manner; without the name that it needs, neutrally."""
    patterns = _texts(language if language in LANGUAGES else "en")["salutation"]
    pattern = patterns.get(form, patterns["neutral"])
    needs = {"vocative": vocative, "surname": surname, "called": called}
    if any(f"{{{name}}}" in pattern and not value for name, value in needs.items()):
        pattern = patterns["neutral"]
    return str(pattern.format_map(needs))


def signoff(language: str, *, person: str, house: str, own: Text | None = None) -> str:
    text = own or original("signoff", language if language in LANGUAGES else "en")
    written = text.body.format_map({"person": person, "house": house})
    # Where nobody holds it yet the house signs, once.
    lines = [line for line in written.strip().splitlines() if line.strip()]
    return "\n".join(dict.fromkeys(lines))


def footer(language: str, *, link: str, own: Text | None = None) -> str:
    """Return the line under a reply that leads to the status page."""
    text = own or original("footer", language if language in LANGUAGES else "en")
    return text.body.format_map({"link": link})


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


@cache
def _examples() -> dict[str, dict[str, str]]:
    source = files("amends.records.house") / "example.toml"
    return tomllib.loads(source.read_text(encoding="utf-8"))
