"""Which lines of a letter are new and which are history."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from .attribution import (
    Sign,
    is_label,
    is_quoted,
    is_rule,
    mentions_history,
    shared_line,
    sign_at,
)

MOST_BLANK = 4


class Kind(Enum):
    """What a line is."""

    NEW = "new"
    SIGNATURE = "signature"
    QUOTED = "quoted"


@dataclass(frozen=True, slots=True)
class Line:
    """A line of text and what the markup already said about it."""

    text: str
    marked: Kind | None = None


def sort_lines(lines: Sequence[Line]) -> list[tuple[str, Kind]]:
    """Give every line its kind; signatures are looked for elsewhere.

    Args:
        lines: the letter. Marks made by the HTML are kept.

    Returns:
        The same lines in the same order (one may be cut in two where a quoting line begins
        behind new text), each new or quoted, or as it was marked.
    """
    cut = _cut_shared_lines(lines)
    texts = [line.text for line in cut]
    quotes = [_is_quote(line) for line in cut]
    kinds = _first_pass(cut, texts, quotes)
    _wrapped_links(texts, kinds)
    if not _any_new(texts, kinds) and not _evidence(cut):
        kinds = [line.marked or Kind.NEW for line in cut]
    return list(zip(texts, kinds, strict=True))


def _first_pass(cut: Sequence[Line], texts: list[str], quotes: list[bool]) -> list[Kind]:
    after = _quoted_after(texts, quotes)
    kinds = [line.marked or Kind.NEW for line in cut]
    position, anything_new = 0, False
    while position < len(cut):
        if quotes[position]:
            kinds[position] = Kind.QUOTED
            if position and not quotes[position - 1] and is_label(texts[position].lstrip("> ")):
                _take_rule_above(texts, kinds, position)
        elif texts[position].strip():
            sign = None if cut[position].marked else sign_at(texts, position, after)
            if sign:
                end = _end(sign, len(cut), anything_new=anything_new)
                kinds[position:end] = [Kind.QUOTED] * (end - position)
                _take_rule_above(texts, kinds, position)
                position = end
                continue
            anything_new |= kinds[position] is Kind.NEW
        position += 1
    return kinds


def _end(sign: Sign, total: int, *, anything_new: bool) -> int:
    """Whoever only passes a mail on is telling us what is in it: there the body stays new."""
    if sign.forwarded and not anything_new:
        return sign.after
    return total if sign.cuts_rest or sign.forwarded else sign.after


def _is_quote(line: Line) -> bool:
    return line.marked is Kind.QUOTED or (line.marked is None and is_quoted(line.text))


def _quoted_after(texts: Sequence[str], quotes: Sequence[bool]) -> list[bool]:
    after = [False] * len(texts)
    quoted = False
    for position in range(len(texts) - 1, -1, -1):
        after[position] = quoted
        if texts[position].strip():
            quoted = quotes[position]
    return after


def _cut_shared_lines(lines: Sequence[Line]) -> list[Line]:
    cut: list[Line] = []
    for line, following in zip(lines, [*lines[1:], Line("")], strict=False):
        candidate = line.marked is None and line.text.rstrip().endswith(":")
        place = shared_line(line.text) if candidate and _is_quote(following) else 0
        if place and not is_quoted(line.text):
            cut.append(Line(line.text[:place]))
            cut.append(Line(line.text[place:]))
        else:
            cut.append(line)
    return cut


def _take_rule_above(texts: list[str], kinds: list[Kind], position: int) -> None:
    """The line drawn above a header block goes with it."""
    above = position - 1
    while above >= 0 and position - above <= MOST_BLANK and not texts[above].strip():
        above -= 1
    if above >= 0 and kinds[above] is Kind.NEW and is_rule(texts[above]):
        kinds[above] = Kind.QUOTED


def _wrapped_links(texts: list[str], kinds: list[Kind]) -> None:
    """A link broken off by wrapping loses its ">"; an answer between quotes has none to close."""
    for position in range(1, len(texts) - 1):
        around = kinds[position - 1] is Kind.QUOTED and kinds[position + 1] is Kind.QUOTED
        if not around or kinds[position] is not Kind.NEW or not is_quoted(texts[position + 1]):
            continue
        text, above = texts[position].strip(), texts[position - 1]
        if text.startswith(("(http", "<http", "[http")) or _closes(above, text):
            kinds[position] = Kind.QUOTED


def _closes(above: str, text: str) -> bool:
    return any(
        above.count(opening) > above.count(closing) and closing in text and opening not in text
        for opening, closing in ("()", "[]")
    )


def _any_new(texts: list[str], kinds: list[Kind]) -> bool:
    return any(kind is Kind.NEW and text.strip() for text, kind in zip(texts, kinds, strict=True))


def _evidence(lines: Sequence[Line]) -> bool:
    """Quote marks alone do not prove an earlier mail: some people paste that way."""
    filled = [line for line in lines if line.text.strip()]
    return any(line.marked is Kind.QUOTED or not is_quoted(line.text) for line in filled) or any(
        mentions_history(line.text) for line in filled[:200]
    )
