"""Where a letter stops and its signature begins."""

from __future__ import annotations

import re
from collections.abc import Sequence

from .quotes import Kind
from .words import words

LONGEST_SIGNATURE_LINE = 100
MOST_CLOSING_LINES = 12
MOST_DEVICE_LINES = 3
MOST_AFTER_THANKS = 4
MOST_WORDS_AFTER = 5
MOST_DELIMITED_LINES = 30
MOST_RULED_LINES = 6
MOST_NOTICE_LINES = 60
LONGEST_NOTICE = 600
FEWEST_NOTICE_WORDS = 2
MOST_NAMES = 3
LONGEST_NAME = 40
FEWEST_WORDS_ABOVE = 3
FEWEST_WORDS_OF_A_SENTENCE = 9
LONGEST_SHORT_CLOSING = 7
_DELIMITERS = frozenset({"--", "-- ", "—", "––", "__", "---", "-- \xa0"})
_DRAWN = re.compile(r"[-_=*—]{5,80}")
_SENTENCE_END = (".", "!", "?", "…", ")", ":)", ":(")
_NAME = re.compile(r"[^\W\d_]{1,20}\.?(?:[-'’.][^\W\d_]{1,20}){0,3}\.?")
_REACH = re.compile(r"\+?[\d (/).-]{7,24}|[\w.+-]{1,64}@[\w.-]{3,80}|(?:https?://|www\.)\S{3,80}")


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
    fixed = min(_delimited(texts, first, end), _notice(texts, first, end))
    closing = _closing(texts, first, fixed)
    device = _device(texts, first, closing)
    start = min(fixed, closing, device)
    if start not in (closing, device) or start == fixed:
        start = _named(texts, first, start)
        return start, end
    stop = _stop(texts, start + 1, end, fixed)
    if closing == start and _goes_on(texts, start + 1, stop):
        return end, end
    named = start if closing == start else _named(texts, first, start)
    return named, stop


def _delimited(texts: Sequence[str], first: int, end: int) -> int:
    for position in range(max(first, end - MOST_DELIMITED_LINES), end):
        if texts[position].rstrip("\r") in _DELIMITERS or texts[position].strip() == "--":
            return position
    for position in range(max(first, end - MOST_RULED_LINES), end - 1):
        if _DRAWN.fullmatch(texts[position].strip()):
            below = [text.strip() for text in texts[position + 1 : end] if text.strip()]
            return position if below and all(map(_is_plate, below)) else end
    return end


def _is_plate(line: str) -> bool:
    """Tell a line as on a door plate from a sentence, a list or a heading."""
    return (
        len(line) <= LONGEST_NAME
        and line[0].isupper()
        and not line.endswith((".", "!", "?", ":", ",", ";"))
    )


def _notice(texts: Sequence[str], first: int, end: int) -> int:
    """Where a notice on secrecy, paper or viruses begins that offices add to every letter."""
    lowest = max(first, end - MOST_NOTICE_LINES)
    for position in range(lowest, end):
        line = texts[position].strip()
        begins = position == lowest or not texts[position - 1].strip()
        if line and begins and words().notice.match(line.casefold()):
            paragraph = " ".join(_paragraph(texts, position, end))[:LONGEST_NOTICE].casefold()
            if len(set(words().about.findall(paragraph))) >= FEWEST_NOTICE_WORDS:
                return position
    return end


def _paragraph(texts: Sequence[str], position: int, end: int) -> Sequence[str]:
    last = position
    while last < min(end, position + MOST_CLOSING_LINES) and texts[last].strip():
        last += 1
    return texts[position:last]


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
    if found is None:
        return False
    rest = line[found.end() :]
    if len(rest.split()) > MOST_WORDS_AFTER:
        return False
    short = found.end() - found.start() <= LONGEST_SHORT_CLOSING
    behind = text.strip()[-len(rest) :].split() if rest else []
    return not short or not rest or rest[0] in ",.!;" or all(w[:1].isupper() for w in behind)


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


def _named(texts: Sequence[str], first: int, end: int) -> int:
    """Where the letter ends in nothing but a name, perhaps with a telephone number below it."""
    position = end - 1
    while position > first and not texts[position].strip():
        position -= 1
    last = position
    while position > first and _REACH.fullmatch(texts[position].strip()):
        position -= 1
    if position <= first or texts[position - 1].strip() or not _is_name(texts[position]):
        return end
    if position < last and not texts[position + 1].strip():
        return end
    said = [text.strip() for text in texts[max(0, first - 1) : position] if text.strip()]
    enough = len(" ".join(said[-3:]).split()) >= FEWEST_WORDS_ABOVE
    return position if enough and said[-1].endswith(_SENTENCE_END) else end


def _is_name(text: str) -> bool:
    """Tell "Anna Zięba" or "— Jan", and neither "Proszę o pomoc" nor "Thank you" nor "YES"."""
    line = text.strip().lstrip("-–—* \xa0")
    names = line.split()
    if len(line) > LONGEST_NAME or not 0 < len(names) <= MOST_NAMES:
        return False
    folded = line.casefold().strip(" .,")
    if folded in words().thanks or words().closing.match(folded):
        return False
    written = all(name[0].isupper() and _NAME.fullmatch(name) for name in names)
    return written and not all(name.isupper() and "." not in name for name in names)


def _goes_on(texts: Sequence[str], position: int, stop: int) -> bool:
    """Whether a sentence follows a closing phrase before the next empty line, as in a story."""
    while position < stop and texts[position].strip():
        told = [word for word in texts[position].split() if word.islower() and word.isalpha()]
        if len(told) >= FEWEST_WORDS_OF_A_SENTENCE:
            return True
        position += 1
    return False


def _stop(texts: Sequence[str], position: int, end: int, fixed: int) -> int:
    """A postscript or a long line after the name is the customer speaking again."""
    while position < end and position != fixed:
        line = texts[position].strip().casefold()
        if len(line) > LONGEST_SIGNATURE_LINE or words().postscript.match(line):
            return position
        position += 1
    return end
