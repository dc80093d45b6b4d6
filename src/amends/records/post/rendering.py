"""A mail of ours as bytes. Headers are folded here: the email package mangles long Message-IDs."""

import base64
import quopri
import re
from email.header import Header
from email.utils import format_datetime, quote
from typing import TYPE_CHECKING
from urllib.parse import quote as percent

from amends.ground import files
from amends.records.post.addresses import one_line

if TYPE_CHECKING:
    from amends.records.post.models.outgoing import Outgoing

_LINE = "\r\n"
_LONGEST_PIECE = 60
_SIGNS = re.compile("%[0-9A-F]{2}|.")
_TEXT = [
    ("Content-Type", 'text/plain; charset="utf-8"'),
    ("Content-Transfer-Encoding", "quoted-printable"),
]


def render(mail: "Outgoing") -> bytes:
    """Return the mail; the same mail gives the same bytes."""
    if not mail.attached:
        return _head([*_headers(mail), *_TEXT]) + _body(mail.body)
    # No line of quoted-printable or base64 holds "=_", so no text can forge the boundary.
    boundary = f"=_{mail.id.hex}"
    mixed = ("Content-Type", f'multipart/mixed; boundary="{boundary}"')
    parts = [_head(_TEXT) + _body(mail.body), *(_file(kept) for kept in mail.attached)]
    rule = f"--{boundary}"
    body = b"".join(f"{rule}{_LINE}".encode() + part + _LINE.encode() for part in parts)
    return _head([*_headers(mail), mixed]) + body + f"{rule}--{_LINE}".encode()


def _head(headers: list[tuple[str, str]]) -> bytes:
    lines = [f"{name}: {value}" for name, value in headers if value]
    # Only an address may hold letters beyond ASCII, and then the server must know SMTPUTF8.
    return _LINE.join([*lines, "", ""]).encode()


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


def _file(kept: dict[str, str]) -> bytes:
    head = [
        ("Content-Type", kept["media_type"]),
        ("Content-Transfer-Encoding", "base64"),
        ("Content-Disposition", f"attachment;{_LINE} {_file_name(kept['name'])}"),
    ]
    content = base64.encodebytes(files.read(kept["digest"]))
    return _head(head) + content.replace(b"\n", b"\r\n")


def _file_name(name: str) -> str:
    """Write a name as RFC 2231 does: in pieces of one line each, where it isn't short and plain."""
    line = one_line(name)
    if _is_plain(line) and len(line) <= _LONGEST_PIECE:
        return f'filename="{quote(line)}"'
    pieces = [""]
    # A piece never ends inside of an encoded byte.
    for sign in _SIGNS.findall(f"UTF-8''{percent(line, safe='')}"):
        if len(pieces[-1]) + len(sign) > _LONGEST_PIECE:
            pieces.append("")
        pieces[-1] += sign
    if len(pieces) == 1:
        return f"filename*={pieces[0]}"
    return f";{_LINE} ".join(f"filename*{number}*={piece}" for number, piece in enumerate(pieces))
