"""Where a letter stops and its signature begins."""

from __future__ import annotations

from collections.abc import Sequence

from .quotes import Kind
from .words import words

LONGEST_SIGNATURE_LINE = 100
MOST_CLOSING_LINES = 12
MOST_DEVICE_LINES = 3
MOST_AFTER_THANKS = 4
MOST_WORDS_AFTER = 5
MOST_DELIMITED_LINES = 30
_DELIMITERS = frozenset({"--", "-- ", "—", "––", "__", "---", "-- \xa0"})


def mark_signatures(lines: Sequence[tuple[str, Kind]]) -> list[tuple[str, Kind]]:
    """Find the signature in the first and in the last stretch of new text.

    A signature never takes all there is: "Thank you" alone is a letter.

    Args:
        lines: with what is quoted already known.

    Returns:
        The same lines; signature lines are `Kind.SIGNATURE`.
    """
    texts = [text for text, _ in lines]
    kinds = [kind for _, kind in lines]
    runs = _new_runs(texts, kinds)
    for first, end in {*runs[:1], *runs[-1:]}:
        start, stop = _signature(texts, first, end, alone=len(runs) == 1)
        if start < stop and _says_more(texts, kinds, start, stop):
            kinds[start:stop] = [Kind.SIGNATURE] * (stop - start)
    return list(zip(texts, kinds, strict=True))


def _new_runs(texts: Sequence[str], kinds: Sequence[Kind]) -> list[tuple[int, int]]:
    """Stretches of new text from their first to behind their last line that holds something."""
    runs: list[tuple[int, int]] = []
    first, last = -1, -1
    for position, (text, kind) in enumerate(zip(texts, kinds, strict=True)):
        if kind is not Kind.NEW and text.strip() and first >= 0:
            runs.append((first, last + 1))
            first = -1
        elif kind is Kind.NEW and text.strip():
            first = position if first < 0 else first
            last = position
    return [*runs, (first, last + 1)] if first >= 0 else runs


def _says_more(texts: Sequence[str], kinds: Sequence[Kind], start: int, stop: int) -> bool:
    return any(
        kind is Kind.NEW and texts[position].strip()
        for position, kind in enumerate(kinds)
        if not start <= position < stop
    )


def _signature(texts: Sequence[str], first: int, end: int, *, alone: bool) -> tuple[int, int]:
    """Start and end of the signature in texts[first:end]; equal if there is none."""
    first += alone
    delimited = _delimited(texts, first, end)
    closing = _closing(texts, first, delimited)
    device = _device(texts, first, closing)
    start = min(delimited, closing, device)
    if start == end:
        return end, end
    return start, end if start == delimited else _stop(texts, start + 1, end, delimited)


def _delimited(texts: Sequence[str], first: int, end: int) -> int:
    for position in range(max(first, end - MOST_DELIMITED_LINES), end):
        if texts[position].rstrip("\r") in _DELIMITERS or texts[position].strip() == "--":
            return position
    return end


def _closing(texts: Sequence[str], first: int, end: int) -> int:
    """The first closing phrase near the end that only short lines follow."""
    filled = _last_filled(texts, first, end, MOST_CLOSING_LINES)
    for place, position in enumerate(filled):
        if _is_closing(texts[position], followed_by=len(filled) - place - 1):
            return position
    return end


def _is_closing(text: str, followed_by: int) -> bool:
    line = text.strip().casefold()
    if len(line) > LONGEST_SIGNATURE_LINE:
        return False
    bare = line.strip(" ,.!;:-–—*")
    if bare in words().thanks:
        return 1 <= followed_by <= MOST_AFTER_THANKS
    found = words().closing.match(line)
    return found is not None and len(line[found.end() :].split()) <= MOST_WORDS_AFTER


def _device(texts: Sequence[str], first: int, end: int) -> int:
    filled = _last_filled(texts, first, end, MOST_DEVICE_LINES)
    for position in filled:
        line = texts[position].strip().casefold()
        if len(line) <= LONGEST_SIGNATURE_LINE and words().device.match(line):
            return position
    return end


def _last_filled(texts: Sequence[str], first: int, end: int, most: int) -> list[int]:
    filled: list[int] = []
    for position in range(end - 1, first - 1, -1):
        if len(filled) == most:
            break
        if texts[position].strip():
            filled.append(position)
    return filled[::-1]


def _stop(texts: Sequence[str], position: int, end: int, delimited: int) -> int:
    """A postscript or a long line after the name is the customer speaking again."""
    while position < end and position != delimited:
        line = texts[position].strip().casefold()
        if len(line) > LONGEST_SIGNATURE_LINE or words().postscript.match(line):
            return position
        position += 1
    return end
