"""A mail that passes another one on: who wrote the other, and what it says."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from .addresses import Address, read_addresses
from .attachments import Attachment
from .letter import Letter, read_letter
from .reply import split_reply
from .words import words

LONGEST_LABEL = 60
MOST_HEADER_LINES = 20
MOST_LINES_SEARCHED = 400
LONGEST_LINE = 120
FEWEST_LABELS = 3
_DASHES = re.compile(r"[-_=*]{2,}")
_MAILTO = re.compile(r"(?i)[\[<(]?mailto:|[\]\[]")
_PREFIX = re.compile(r"\s*([^\W\d_]{1,12})\s*:")


@dataclass(frozen=True, slots=True, kw_only=True)
class Forwarded:
    """The mail inside, and what was written above it by whoever passed it on.

    `sender` may lack the address, where the mail program did not name it. `date`, `html`,
    `message_id` and `attachments` are known only where the mail was attached whole.
    """

    sender: Address
    subject: str = ""
    text: str = ""
    signature: str = ""
    above: str = ""
    date: datetime | None = None
    html: str = field(default="", repr=False)
    message_id: str = ""
    attachments: tuple[Attachment, ...] = ()


def forwarded(letter: Letter) -> Forwarded | None:
    """Read what a letter passes on: one attached mail, or one inline, as mail programs do it.

    Args:
        letter: as `read_letter` gives it.

    Returns:
        The mail inside, or None if the letter passes on none, or several. Whether the sender
        of the letter may speak for the other is not for this reader to say.
    """
    if letter.automatic:
        return None
    attached = [part for part in letter.attachments if part.media_type == "message/rfc822"]
    if attached:
        return _attached(letter, attached[0]) if len(attached) == 1 else None
    return _inline(letter)


def without_prefix(subject: str) -> str:
    """Take "Fwd:" and its like off a subject, in all the languages that are known."""
    found = _PREFIX.match(subject)
    while found and found[1].casefold() in words().passed_on:
        subject = subject[found.end() :].strip()
        found = _PREFIX.match(subject)
    return subject


def _attached(letter: Letter, part: Attachment) -> Forwarded | None:
    inner = read_letter(part.content)
    sender = inner.reply_to or inner.sender
    if not (sender.name or sender.email) or "unreadable" in inner.flags:
        return None
    return Forwarded(
        sender=Address(inner.sender.name or sender.name, sender.email),
        subject=inner.subject,
        text=inner.reply_without_signature or inner.reply or inner.text,
        signature=inner.signature,
        above=letter.reply_without_signature.strip(),
        date=inner.date,
        html=inner.html,
        message_id=inner.message_id,
        attachments=inner.attachments,
    )


def _inline(letter: Letter) -> Forwarded | None:
    lines = letter.text.split("\n")
    may_lack_line = without_prefix(letter.subject) != letter.subject
    for index, line in enumerate(lines[:MOST_LINES_SEARCHED]):
        separated = _separates(line)
        if not separated and not (may_lack_line and _label(_unquoted(line))):
            continue
        begins = index + separated
        head = [_unquoted(one) for one in lines[begins : begins + MOST_HEADER_LINES]]
        named, length = _header(head)
        sender = _sender(named.get("from", ""))
        if sender and (separated or (sender.email and len(named) >= FEWEST_LABELS)):
            body = [_unquoted(one) for one in lines[begins + length :]]
            return _found(letter, lines[:index], sender, named.get("subject", ""), body)
    return None


def _found(
    letter: Letter, above: Sequence[str], sender: Address, subject: str, body: Sequence[str]
) -> Forwarded:
    inner = split_reply("\n".join(body))
    written = split_reply("\n".join(above))
    return Forwarded(
        sender=sender,
        subject=subject or without_prefix(letter.subject),
        text=inner.reply_without_signature or inner.reply or "\n".join(body).strip(),
        signature=inner.signature,
        above=written.reply_without_signature.strip(),
        attachments=letter.attachments,
    )


def _separates(line: str) -> bool:
    stripped = _unquoted(line).strip()
    core = _DASHES.split(stripped.lstrip("-_=*"))[0].strip(": \t\xa0").casefold()
    return len(stripped) <= LONGEST_LINE and core in words().forwarded


def _header(lines: Sequence[str]) -> tuple[dict[str, str], int]:
    """Return what the header names, by kind, and how many lines it has."""
    named: dict[str, str] = {}
    last = ""
    for position, line in enumerate(lines):
        kinds = _label(line)
        fresh = sorted(kinds - named.keys())
        if fresh:
            last = fresh[0]
            named[last] = line.partition(":")[2].strip(" \t\xa0*")
        elif line.strip() and last and not kinds:
            named[last] += f" {line.strip()}"
        elif not line.strip() and named and not _continues(lines, position + 1, named):
            return named, position + 1
    return named, len(lines)


def _continues(lines: Sequence[str], position: int, named: dict[str, str]) -> bool:
    """Tell whether the header goes on below an empty line, as some programs space it out."""
    return position < len(lines) and bool(_label(lines[position]) - named.keys())


def _label(line: str) -> frozenset[str]:
    head, colon, _ = line[:LONGEST_LABEL].replace("\uff1a", ":").partition(":")
    found = words().labels.get(head.strip(" \t\xa0*").casefold(), frozenset())
    return found if colon else frozenset()


def _sender(value: str) -> Address | None:
    addresses = read_addresses(_MAILTO.sub(" ", value)[:400])
    return addresses[0] if addresses else None


def _unquoted(line: str) -> str:
    return re.sub(r"^\s{0,2}>\s?", "", line)
