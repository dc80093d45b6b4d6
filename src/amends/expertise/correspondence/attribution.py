"""The lines mail programs put above what they quote."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from .words import words

LONGEST_LINE = 600
MOST_LINES = 5
MOST_BLOCK_LINES = 14
MOST_NAMES = 4
LONGEST_MARKER = 160

_TIME = re.compile(r"(?<!\d)\d{1,2}[:.h]\d{2}(?!\d)")
_DATE = re.compile(r"(?<!\d)(?:(?:19|20)\d\d|\d{1,4}[-./] ?\d{1,2}[-./] ?\d{2,4})(?!\d)")
_ADDRESS = re.compile(r"[\w.+%-]{1,80}@[\w.-]{1,120}")
_DATED_START = re.compile(r"\W{0,8}(?:\d{1,4}[-./: ]|\w{2,14}\.?,? \d)")
_DASHES = re.compile(r"[-_=*]{2,}")
_NONE: frozenset[str] = frozenset()
# Programs write dates with invisible marks of direction in them.
_INVISIBLE = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_FRAMES = frozenset("-#=*~_<[(–—")
_RULE = re.compile(r"[\s\-_=*–—]{5,}")


@dataclass(frozen=True, slots=True)
class Sign:
    """A stretch of lines that says "what follows is not new"."""

    first: int
    after: int
    forwarded: bool = False
    cuts_rest: bool = True


def is_quoted(line: str) -> bool:
    """A line marked with ">"; "<<< and >>>" around a link is decoration, not a quote."""
    return line.lstrip(" \t\xa0")[:1] == ">" and not line.rstrip().endswith("<<<")


def sign_at(lines: Sequence[str], index: int, quoted_after: Sequence[bool]) -> Sign | None:
    """The quoting line or header block that begins at `index`, if one does.

    Args:
        lines: of the letter.
        index: a line that holds something and is not itself quoted.
        quoted_after: for every line, whether the next line that holds something is a quote.
    """
    line = lines[index]
    if len(line) > LONGEST_LINE:
        return None
    return (
        _separator(lines, index)
        or _block(lines, index)
        or _wrote_line(lines, index, quoted_after)
        or _writer_line(lines, index, quoted_after)
    )


def _separator(lines: Sequence[str], index: int) -> Sign | None:
    stripped = lines[index].strip()
    core = _DASHES.split(stripped.lstrip("-_=*"))[0].strip(": \t\xa0").casefold()
    if core in words().forwarded:
        block = _block(lines, _next_filled(lines, index + 1))
        return Sign(index, block.after if block else index + 1, forwarded=True)
    if core in words().original and (_DASHES.match(stripped) or stripped.endswith(":")):
        return Sign(index, len(lines))
    framed = stripped[:1] in _FRAMES and len(stripped) <= LONGEST_MARKER
    return Sign(index, len(lines)) if framed and words().above.search(stripped.casefold()) else None


def _block(lines: Sequence[str], index: int) -> Sign | None:
    """Outlook's From/Sent/To/Subject. Two lines of a form do not make one: it takes an address
    or the whole set, for people do write "From: Warsaw / To: Berlin" in a complaint.
    """
    kinds: set[str] = set()
    order: list[frozenset[str]] = []
    position, last = index, index
    if index >= len(lines) or not _label(lines[index]):
        return None
    while position < min(len(lines), index + MOST_BLOCK_LINES):
        found = _label(lines[position])
        if found:
            kinds |= found
            order.append(found)
            last = position
        elif not lines[position].strip() and not _label(_at(lines, position + 1)):
            break
        position += 1
    text = "\n".join(line[:LONGEST_LINE] for line in lines[index : last + 1])
    enough = len(kinds) > 1 and kinds & {"from", "sent"} and _ADDRESS.search(text)
    whole = {"from", "sent", "to", "subject"} <= kinds or _dated_block(order, text)
    return Sign(index, position) if enough or whole else None


def _dated_block(order: Sequence[frozenset[str]], text: str) -> bool:
    """From, the moment, To, in that order: a traveller names both places first."""
    wanted = ("from", "sent", "to")
    if len(order) < len(wanted) or not all(w in o for w, o in zip(wanted, order, strict=False)):
        return False
    plain = _INVISIBLE.sub("", text)
    return bool(_DATE.search(plain) and _TIME.search(plain))


def is_label(line: str) -> bool:
    """Whether a line begins as one of a header block does."""
    return bool(_label(line))


def _label(line: str) -> frozenset[str]:
    head, colon, _ = line[:60].replace("\uff1a", ":").partition(":")
    return words().labels.get(head.strip(" \t\xa0*").casefold(), _NONE) if colon else _NONE


def _wrote_line(lines: Sequence[str], index: int, quoted_after: Sequence[bool]) -> Sign | None:
    """A line such as "On 3 May, Jan <jan@…> wrote:", wrapped over up to five lines."""
    if not _may_open(lines[index].strip().casefold()):
        return None
    text = ""
    for position in range(index, min(len(lines), index + MOST_LINES)):
        line = lines[position].strip()
        if position > index and not _continues(line, _at(lines, position + 1)):
            return None
        text = f"{text} {line}".strip()
        if len(text) > LONGEST_LINE:
            return None
        alone = position == index
        if _is_wrote(text.casefold(), quote_follows=quoted_after[position], alone=alone):
            return Sign(index, position + 1, cuts_rest=not quoted_after[position])
        if text.endswith(":"):
            return None
    return None


def _writer_line(lines: Sequence[str], index: int, quoted_after: Sequence[bool]) -> Sign | None:
    """A line such as "Jan Kowalski wrote:", perhaps with the moment, right above a quote."""
    named = quoted_after[index] and _names_writer(lines, index)
    return Sign(index, index + 1, cuts_rest=False) if named else None


def _names_writer(lines: Sequence[str], index: int) -> bool:
    """Tell "Jan Kowalski wrote:" from "my sister wrote:"."""
    line = lines[index].strip()
    if len(line) > LONGEST_MARKER or not line.endswith(":") or (index and lines[index - 1].strip()):
        return False
    folded = line.casefold()
    verb = words().wrote.search(folded)
    if not verb or len(folded) != len(line) or words().mine.search(folded):
        return False
    if _DATE.search(line, verb.end()) and _TIME.search(line, verb.end()):
        return len(line[: verb.start()].split()) <= MOST_NAMES
    names = line[: verb.start()].split()
    ends = not line[verb.end() :].strip(": \xa0")
    return ends and 0 < len(names) <= MOST_NAMES and all(name[:1].isupper() for name in names)


def _may_open(line: str) -> bool:
    known = words()
    return bool(
        known.opens.match(line)
        or _DATED_START.match(line)
        or (_DASHES.match(line) and known.wrote.search(line))
        or ("@" in line and known.wrote.search(line))
    )


def _continues(line: str, following: str) -> bool:
    """An empty line inside a quoting line happens only before a broken-off "<address>"."""
    if not line:
        return following.strip() == "<"
    return not line.startswith(">") or bool(words().wrote.match(line.strip("> :").casefold()))


def _is_wrote(text: str, *, quote_follows: bool, alone: bool = True) -> bool:
    if not text.endswith((":", "\uff1a", "--", ">") if alone else (":", "\uff1a", "--")):
        return False
    known = words()
    if known.mine.search(text):
        return False
    core = text.rstrip(" :\uff1a-_=*\xa0")
    address = _ADDRESS.search(text)
    date, time = _DATE.search(text), _TIME.search(text)
    verb_last = known.wrote_last.search(core)
    verb = verb_last or known.wrote.search(text)
    if not text.endswith((":", "\uff1a")):
        framed = text.startswith("--") and text.endswith("--") and verb_last
        bare = quote_follows and date and address and text.endswith(">")
        return bool(framed or bare)
    if quote_follows:
        return bool((verb and (date or time or address)) or (address and (date or time)))
    if verb_last:
        opened = time or known.opens.match(text) or _DATED_START.match(text)
        return bool(address or (date and opened))
    return bool(address and date and (verb or (time and core.endswith((">", ")")))))


def shared_line(line: str) -> int:
    """Where a quoting line begins behind new text on the same line; 0 if it does not.

    Args:
        line: the last line before a quote.
    """
    text = line.rstrip()
    folded = text.casefold()
    if len(text) > LONGEST_LINE or len(folded) != len(text) or not text.endswith(":"):
        return 0
    for found in words().opens_inside.finditer(folded):
        if text[: found.start()].strip() and _is_wrote(folded[found.start() :], quote_follows=True):
            return found.start()
    return 0


def is_rule(line: str) -> bool:
    """A line drawn across the page."""
    return len(line) <= LONGEST_LINE and bool(_RULE.fullmatch(line))


def mentions_history(line: str) -> bool:
    """Whether a quoted line itself names who wrote what it quotes."""
    text = line.lstrip("> \t\xa0").rstrip().casefold()
    return len(text) <= LONGEST_LINE and bool(
        (_may_open(text) and _is_wrote(text, quote_follows=False)) or _label(text)
    )


def _next_filled(lines: Sequence[str], index: int) -> int:
    while index < len(lines) and not lines[index].strip():
        index += 1
    return index


def _at(lines: Sequence[str], index: int) -> str:
    return lines[index] if index < len(lines) else ""
