"""A mail of ours as bytes. Headers are folded here: the email package mangles long Message-IDs."""

import quopri
from email.header import Header
from email.utils import format_datetime, quote
from typing import TYPE_CHECKING

from amends.records.post.addresses import one_line

if TYPE_CHECKING:
    from amends.records.post.models.outgoing import Outgoing

_LINE = "\r\n"


def render(mail: "Outgoing") -> bytes:
    """Return the mail; the same mail gives the same bytes."""
    lines = [f"{name}: {value}" for name, value in _headers(mail) if value]
    head = _LINE.join([*lines, "", ""])
    # Only an address may hold letters beyond ASCII, and then the server must know SMTPUTF8.
    return head.encode() + _body(mail.body)


def _headers(mail: "Outgoing") -> list[tuple[str, str]]:
    reply_to = mail.reply_to if mail.reply_to != mail.from_address else ""
    return [
        ("Date", format_datetime(mail.created_at)),
        ("From", _mailbox(mail.from_name, mail.from_address)),
        ("To", _mailbox(mail.to_name, mail.to_address)),
        ("Reply-To", reply_to),
        ("Subject", _words("Subject", mail.subject)),
        ("Message-ID", mail.message_id),
        ("In-Reply-To", mail.in_reply_to),
        ("References", f"{_LINE} ".join(mail.references)),
        *_automatic(mail),
        ("Content-Language", mail.language),
        ("MIME-Version", "1.0"),
        ("Content-Type", 'text/plain; charset="utf-8"'),
        ("Content-Transfer-Encoding", "quoted-printable"),
    ]


def _automatic(mail: "Outgoing") -> list[tuple[str, str]]:
    # RFC 3834; the second keeps Exchange from answering an acknowledgement with an absence.
    if not mail.automatic:
        return []
    said = "auto-replied" if mail.in_reply_to else "auto-generated"
    return [("Auto-Submitted", said), ("X-Auto-Response-Suppress", "All")]


def _mailbox(name: str, address: str) -> str:
    if not name:
        return address
    if _is_plain(name):
        return f'"{quote(one_line(name))}"{_LINE} <{address}>'
    return f"{_words('From', name)}{_LINE} <{address}>"


def _words(header: str, text: str) -> str:
    line = one_line(text)
    charset = "us-ascii" if _is_plain(line) else "utf-8"
    return Header(line, charset, maxlinelen=76, header_name=header).encode(linesep=_LINE)


def _is_plain(text: str) -> bool:
    # What looks like an encoded word would be read as one.
    return text.isascii() and "=?" not in text


def _body(text: str) -> bytes:
    lines = text.replace("\r\n", "\n").replace("\r", "\n").rstrip("\n") + "\n"
    encoded = quopri.encodestring(lines.encode())
    # A line that begins like an mbox separator gets a ">" on its way through old programs.
    safe = b"\n".join(
        b"=46" + line[1:] if line.startswith(b"From ") else line for line in encoded.split(b"\n")
    )
    return safe.replace(b"\n", b"\r\n")
