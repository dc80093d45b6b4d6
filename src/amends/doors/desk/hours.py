"""Working hours as one types and reads them: “9–12, 13–17”."""

import re
from collections.abc import Iterable
from datetime import time
from itertools import pairwise

_END_OF_DAY = time(23, 59, 59)
_MIDNIGHT = (24, 0)
_SPAN = re.compile(r"(\d{1,2})(?:[:.](\d{2}))?\s*[-–—]\s*(\d{1,2})(?:[:.](\d{2}))?")


class NoHours(ValueError):
    """What was typed doesn't read as hours."""


def in_words(spans: Iterable[tuple[time, time]]) -> str:
    return ", ".join(f"{_hour(opens)}–{_hour(closes)}" for opens, closes in spans)


def from_words(typed: str) -> list[tuple[time, time]]:
    """Read the spans of one day; NoHours where they are none, or overlap."""
    spans = []
    for part in re.split(r"[,;\n]", typed):
        if not part.strip():
            continue
        match = _SPAN.fullmatch(part.strip())
        if not match:
            raise NoHours(part)
        opens, closes = _time(match[1], match[2]), _time(match[3], match[4])
        if closes <= opens:
            raise NoHours(part)
        spans.append((opens, closes))
    spans.sort()
    if any(closes > opens for (_o, closes), (opens, _c) in pairwise(spans)):
        raise NoHours(typed)
    return spans


def _time(hour: str, minute: str | None) -> time:
    hours, minutes = int(hour), int(minute or 0)
    if (hours, minutes) == _MIDNIGHT:
        return _END_OF_DAY
    try:
        return time(hours, minutes)
    except ValueError as no_time:
        raise NoHours(f"{hour}:{minute}") from no_time


def _hour(at: time) -> str:
    if at >= time(23, 59):
        return "24:00"
    return f"{at:%H:%M}".removeprefix("0")
