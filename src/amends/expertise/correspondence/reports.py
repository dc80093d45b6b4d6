"""What a mail server reports of a mail of ours: that it failed or is late, and which it was."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from dataclasses import dataclass

from .attachments import Attachment
from .automatic import Automatic, without_tags
from .charset import decode
from .headers import one_line, parameters, split_headers
from .letter import Letter
from .parts import leaves
from .tables import table

_DEEPEST = 3
_LONGEST_READ = 200_000
_LONGEST_SAID = 300
_MOST_NAMED = 50
_STATUS_TYPES = {"message/delivery-status", "message/global-delivery-status"}
_MAIL_TYPES = {"message/rfc822", "message/global"}
_HEADER_TYPES = {"text/rfc822-headers", "message/global-headers", "message/rfc822-headers"}

_ACTION = re.compile(r"(?im)^action:[ \t]*([a-z]+)")
_STATUS = re.compile(r"(?im)^status:[ \t]*([245]\.\d{1,3}\.\d{1,3})")
_DIAGNOSTIC = re.compile(
    r"(?im)^diagnostic-code:[ \t]*(?:[a-z0-9-]{1,20}[ \t]*;)?(.*(?:\n[ \t].*)*)"
)
_NAMED = re.compile(
    r"(?im)^[> \t]*(?:x-)?(?:original-)?message[- ]?id[ \t]*:[ \t]*(?:\r?\n[> \t]+)?"
    r"<?([^<>\s]{3,400}@[^<>\s]{1,250})"
)
_ANY_ID = re.compile(r"(?<![\w.+-])([\w.+-]{3,400}@[\w.-]{1,250})")
# Where the returned mail begins in a report that has no parts.
_FIRST_HEADER = re.compile(
    r"(?im)^[> \t]{0,20}(?:return-path|received|message-id|dkim-signature|from|date|to)[ \t]*:"
)
_PERMANENT = re.compile(r"(?<![\d.])(?:5\.\d{1,3}\.\d{1,3}|55[0-4][ -])(?!\d)")
_NO_FAILURES = frozenset({"delayed", "delivered", "relayed", "expanded"})
# 5.1.*: a bad address; 5.2.1: a mailbox shut for good; 5.4.4: no such domain (RFC 3463).
_NOBODY = re.compile(r"(?<![\d.])5\.(?:1\.(?:0|1|2|3|6|10)|2\.1|4\.4)(?![\d.])")


@dataclass(frozen=True, slots=True)
class Report:
    """What a server reported.

    `named` are the Message-IDs, without <>, that it names as those of the mail it speaks of;
    `hinted` all others in it, of which one may be. `said` is the reason in the server's words.
    """

    failed: bool
    said: str
    named: tuple[str, ...]
    hinted: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Piece:
    media_type: str
    content: bytes

    @property
    def text(self) -> str:
        return decode(self.content[:_LONGEST_READ]).text.replace("\r\n", "\n")


def read_report(letter: Letter) -> Report | None:
    """Read a delivery report: one of RFC 3464, however nested, or one in free words.

    Args:
        letter: any mail.

    Returns:
        The report, or None if the letter is none. That it names a mail of ours proves nothing:
        ask for our signature.
    """
    if letter.automatic != Automatic.BOUNCE:
        return None
    pieces = list(_opened(letter.attachments, _DEEPEST))
    told = _FIRST_HEADER.split(letter.text[:_LONGEST_READ], maxsplit=1)[0]
    statuses = [piece.text for piece in pieces if piece.media_type in _STATUS_TYPES]
    failed = _failed_by(statuses)
    if failed is None:
        failed = _failed_in_words(letter.subject, told)
    named = [*letter.in_reply_to, *_named(letter.text, pieces)]
    hinted = [*letter.references, *_ANY_ID.findall(letter.text[:_LONGEST_READ])]
    return Report(
        failed=failed,
        said=_said("\n".join(statuses), told),
        named=tuple(dict.fromkeys(named))[:_MOST_NAMED],
        hinted=tuple(dict.fromkeys(hinted))[:_MOST_NAMED],
    )


def means_nobody(said: str) -> bool:
    """Tell whether a server's answer says that nobody is at the address, now or ever.

    Args:
        said: the answer, such as "550 5.1.1 User unknown".
    """
    return bool(_NOBODY.search(said) or _phrases("text", "nobody").search(said.casefold()))


def _opened(attachments: tuple[Attachment, ...], deeper: int) -> Iterator[_Piece]:
    """Give the pieces of a report; of a mail inside, its own pieces if it is a report itself."""
    for part in attachments:
        yield from _pieces_of(_Piece(part.media_type, part.content), deeper)


def _pieces_of(piece: _Piece, deeper: int) -> Iterator[_Piece]:
    yield piece
    if piece.media_type not in _MAIL_TYPES or not deeper:
        return
    headers, body = split_headers(piece.content)
    if parameters(headers.first("content-type"))[0] == "multipart/report":
        for leaf in leaves(headers, body):
            yield from _pieces_of(_Piece(leaf.media_type, leaf.content), deeper - 1)


def _failed_by(statuses: list[str]) -> bool | None:
    """Tell by RFC 3464's fields; None where there are none. "Delayed" is no failure."""
    fields = "\n".join(statuses)
    actions = {action.lower() for action in _ACTION.findall(fields)}
    if any(action.startswith("fail") for action in actions):
        return True
    if actions & _NO_FAILURES:
        return False
    classes = {status[0] for status in _STATUS.findall(fields)}
    return "5" in classes if classes else None


def _failed_in_words(subject: str, told: str) -> bool:
    begin, words = without_tags(subject), told.casefold()
    if begin.startswith(_beginnings("late")):
        return False
    if begin.startswith(_beginnings("failed")):
        return True
    if _phrases("text", "late").search(words):
        return False
    return bool(_phrases("text", "failed").search(words) or _PERMANENT.search(told))


def _named(text: str, pieces: list[_Piece]) -> Iterator[str]:
    yield from _NAMED.findall(text[:_LONGEST_READ])
    for piece in pieces:
        if piece.media_type in _MAIL_TYPES | _HEADER_TYPES:
            # Of a returned mail only its own header: its text may hold anything.
            headers, _body = split_headers(piece.content[:_LONGEST_READ])
            yield headers.first("message-id").strip("<> ")
        elif piece.media_type.startswith(("text/", "message/")):
            yield from _NAMED.findall(piece.text)


def _said(fields: str, told: str) -> str:
    """Return the reason: the server's code if there is one, else the first line that has it."""
    found = _DIAGNOSTIC.search(fields)
    if found and found[1].strip():
        return one_line(found[1])[:_LONGEST_SAID]
    lines = [line for line in told.splitlines() if line.strip()]
    reasons = (
        line
        for says in (_PERMANENT.search, _says_nobody, _says_failed)
        for line in lines
        if says(line)
    )
    status = _STATUS.search(fields)
    return one_line(next(reasons, status[1] if status else ""))[:_LONGEST_SAID]


def _says_nobody(line: str) -> bool:
    return bool(_phrases("text", "nobody").search(line.casefold()))


def _says_failed(line: str) -> bool:
    return bool(_phrases("text", "failed").search(line.casefold()))


@functools.cache
def _beginnings(name: str) -> tuple[str, ...]:
    return tuple(table("reports.toml")["subject"][name])


@functools.cache
def _phrases(room: str, name: str) -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, table("reports.toml")[room][name])))
