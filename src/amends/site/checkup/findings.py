"""What a look at the installation finds: a plain sentence, and what to do."""

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum


class Level(StrEnum):
    GOOD = "good"
    WARNING = "warning"
    WRONG = "wrong"


@dataclass(frozen=True)
class Finding:
    name: str
    level: Level
    says: str
    do: str = ""


def good(name: str, says: str) -> Finding:
    return Finding(name, Level.GOOD, says)


def warning(name: str, says: str, do: str) -> Finding:
    return Finding(name, Level.WARNING, says, do)


def wrong(name: str, says: str, do: str) -> Finding:
    return Finding(name, Level.WRONG, says, do)


def span(length: timedelta) -> str:
    """Return a length of time as one says it, in its largest unit."""
    seconds = int(length.total_seconds())
    for unit, size in (("day", 86_400), ("hour", 3_600), ("minute", 60)):
        if seconds >= size:
            count = seconds // size
            return f"{count} {unit}{'s' if count > 1 else ''}"
    return f"{seconds} seconds"
