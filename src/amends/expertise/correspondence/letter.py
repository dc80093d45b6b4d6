"""A mail read: raw bytes in, a letter out, whatever the bytes are."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from .addresses import Address, read_addresses
from .attachments import Attachment, attachment
from .automatic import Automatic, Dmarc, automatic, dmarc
from .charset import decode
from .flowed import unflowed
from .headers import Headers, decode_words, one_line, parameters, split_headers
from .markup import lines_of
from .parts import Part, leaves
from .quotes import Line
from .reply import plain_lines, split_lines
from .sanitising import sanitised, well_formed

MOST_IDS = 200
LONGEST_SUBJECT = 500
PLAUSIBLE_YEARS = range(1970, 2200)
NOBODY = Address()


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """What a mail says, and what is known about how it came.

    Ids stand without <>. `text` is the plain text, or the HTML read as text; `html` is safe to
    show. `reply`, `signature` and `quoted` together hold every line of `text`; `reply` is the
    new text with its signature. `date` is aware, or None if the mail has no usable one.

    Flags: "charset_guessed", "charset_replaced", "malformed", "no_date", "no_sender",
    "unreadable" (the reader itself failed; only the text is given).
    """

    message_id: str = ""
    in_reply_to: tuple[str, ...] = ()
    references: tuple[str, ...] = ()
    sender: Address = NOBODY
    reply_to: Address | None = None
    to: tuple[Address, ...] = ()
    cc: tuple[Address, ...] = ()
    subject: str = ""
    date: datetime | None = None
    text: str = ""
    html: str = field(default="", repr=False)
    reply: str = ""
    reply_without_signature: str = ""
    signature: str = ""
    quoted: str = ""
    attachments: tuple[Attachment, ...] = ()
    automatic: Automatic | None = None
    dmarc: Dmarc = Dmarc.NONE
    flags: frozenset[str] = frozenset()


def read_letter(raw: bytes, *, trusted_authserv: str | None = None) -> Letter:
    """Read a mail as its sender meant it.

    Args:
        raw: the bytes as received; they need not be a proper mail, or a mail at all.
        trusted_authserv: the name our own mail server signs Authentication-Results with; without
            it no DMARC result is believed.

    Returns:
        The letter. Never raises: what could not be understood is named in `flags`.
    """
    try:
        return _read(raw, trusted_authserv)
    except Exception:  # noqa: BLE001 (a mail nobody foresaw must still reach a person)
        text = decode(raw).text
        flags = frozenset({"unreadable"})
        return Letter(text=text, reply=text, reply_without_signature=text, flags=flags)


def _read(raw: bytes, trusted_authserv: str | None) -> Letter:
    headers, body = split_headers(raw if b"\n" in raw else raw.replace(b"\r", b"\n"))
    parts = list(leaves(headers, body))
    flags: set[str] = set()
    writing = _Writing(parts, flags)
    media_type, _ = parameters(headers.first("content-type"))
    senders = _addresses(headers, ("from", "sender"), writing.charset)
    split = split_lines(writing.lines)
    date = _date(headers.first("date"))
    flags |= {"malformed"} if any(part.broken for part in parts) else set()
    flags |= {"no_date"} if date is None else set()
    flags |= set() if _reachable(senders) else {"no_sender"}
    subject, doubt = decode_words(headers.first("subject"), writing.charset)
    flags |= {f"charset_{doubt}"} if doubt else set()
    return Letter(
        message_id=next(iter(_ids(headers.first("message-id"))), ""),
        in_reply_to=_ids(headers.first("in-reply-to")),
        references=_ids(headers.first("references")),
        sender=senders[0] if senders else NOBODY,
        reply_to=next(iter(_reachable(_addresses(headers, ("reply-to",), writing.charset))), None),
        to=_reachable(_addresses(headers, ("to",), writing.charset)),
        cc=_reachable(_addresses(headers, ("cc",), writing.charset)),
        subject=subject[:LONGEST_SUBJECT],
        date=date,
        text=writing.text,
        html=writing.html,
        reply=split.reply,
        reply_without_signature=split.reply_without_signature,
        signature=split.signature,
        quoted=split.quoted,
        attachments=_attachments(parts, writing.charset),
        automatic=automatic(headers, media_type, senders[0].email if senders else "", subject),
        dmarc=dmarc(headers, trusted_authserv),
        flags=frozenset(flags),
    )


class _Writing:
    """The letter's own text, put together from its parts."""

    def __init__(self, parts: Sequence[Part], flags: set[str]) -> None:
        self.lines: list[Line] = []
        self.charset = ""
        self._flags = flags
        pages: list[str] = []
        texts = {
            id(part): self._decoded(part) for part in parts if part.is_writing and part.body.strip()
        }
        written = [part for part in parts if id(part) in texts]
        shown = {id(part) for part in _shown(written, texts)}
        for part in written:
            text = texts[id(part)]
            if part.media_type == "text/html":
                tidy = well_formed(text)
                pages.append(sanitised(tidy))
                self._add(lines_of(tidy) if id(part) in shown else [])
            elif id(part) in shown:
                self._add(plain_lines(text))
        self.html = "\n".join(pages)
        self.text = "\n".join(line.text for line in self.lines).strip("\n")

    def _decoded(self, part: Part) -> str:
        read = decode(part.content, part.charset)
        self.charset = self.charset or (read.codec if not read.text.isascii() else "")
        self._flags |= {f"charset_{read.doubt}"} if read.doubt else set()
        if part.flowed and part.media_type == "text/plain":
            return unflowed(read.text.replace("\r\n", "\n"), delete_space=part.delete_space)
        return read.text

    def _add(self, lines: Sequence[Line]) -> None:
        if self.lines and self.lines[-1].text and lines:
            self.lines.append(Line(""))
        self.lines.extend(lines)


def _shown(written: Sequence[Part], texts: dict[int, str]) -> list[Part]:
    """Of a choice the plain version, if it says anything; what stands outside a choice, all."""
    plain_choices = {
        part.choice
        for part in written
        if part.media_type == "text/plain" and texts[id(part)].strip()
    }
    return [
        part
        for part in written
        if not part.choice or (part.media_type == "text/plain") == (part.choice in plain_choices)
    ]


def _attachments(parts: Sequence[Part], charset: str) -> tuple[Attachment, ...]:
    beside = [part for part in parts if not part.is_writing]
    return tuple(
        attachment(
            name=part.named_in(charset) or _title(part),
            media_type=part.media_type,
            content=part.content,
            number=number,
            content_id=next(iter(_ids(part.headers.first("content-id"))), ""),
        )
        for number, part in enumerate(beside, start=1)
    )


def _title(part: Part) -> str:
    """An attached mail is known by its subject."""
    if part.media_type != "message/rfc822":
        return ""
    subject = decode_words(split_headers(part.content)[0].first("subject"))[0]
    return f"{subject[:80]}.eml" if subject else ""


def _addresses(headers: Headers, names: tuple[str, ...], hint: str) -> tuple[Address, ...]:
    found = (read_addresses(headers.first(name), hint) for name in names)
    return next((addresses for addresses in found if addresses), ())


def _reachable(addresses: tuple[Address, ...]) -> tuple[Address, ...]:
    return tuple(address for address in addresses if address.email)


def _ids(value: str) -> tuple[str, ...]:
    found = re.findall(r"<([^<>\s]{1,500})>", value) or [
        word.strip("<>,;") for word in value.split() if "@" in word
    ]
    return tuple(one_line(identifier) for identifier in found[-MOST_IDS:])


def _date(value: str) -> datetime | None:
    """Aware or nothing; a date without a zone is taken as UTC, as RFC 5322 reads "-0000"."""
    try:
        date = parsedate_to_datetime(one_line(value)[:120])
        aware = date if date.tzinfo else date.replace(tzinfo=UTC)
        return aware if aware.astimezone(UTC).year in PLAUSIBLE_YEARS else None
    except (ValueError, TypeError, OverflowError, IndexError):
        return None
