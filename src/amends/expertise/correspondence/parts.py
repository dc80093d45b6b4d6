"""The MIME tree, cut without recursion: a hostile mail may nest as deep as it likes."""

from __future__ import annotations

import binascii
import re
from collections.abc import Iterator
from dataclasses import dataclass

from .headers import Headers, from_base64, parameters, split_headers

DEEPEST = 25
MOST_PARTS = 2_000


@dataclass(frozen=True, slots=True)
class Part:
    """A leaf of the tree.

    `choice` numbers the outermost multipart/alternative the leaf stands in (0: none): of the
    leaves of one choice a reader is shown one version.
    """

    headers: Headers
    media_type: str
    charset: str
    name: str
    disposition: str
    body: bytes
    choice: int = 0
    broken: bool = False
    flowed: bool = False
    delete_space: bool = False

    @property
    def content(self) -> bytes:
        """The body with its transfer encoding undone."""
        return _decoded(self.body, self.headers.first("content-transfer-encoding"))

    def named_in(self, charset: str) -> str:
        """The name, raw letters in it read as those of the letter's own text."""
        if self.name.isascii() or not charset:
            return self.name
        declared = ("content-disposition", "filename"), ("content-type", "name")
        found = (parameters(self.headers.first(h), charset)[1].get(key) for h, key in declared)
        return next(filter(None, found), self.name)

    @property
    def is_writing(self) -> bool:
        """Whether this is text of the letter itself and not a file beside it."""
        return (
            self.media_type in {"text/plain", "text/html"}
            and self.disposition != "attachment"
            and not self.name
        )


@dataclass(frozen=True, slots=True)
class _Branch:
    headers: Headers
    body: bytes
    depth: int
    choice: int
    default: str


def leaves(headers: Headers, body: bytes) -> Iterator[Part]:
    """The leaves of a mail in reading order; attached mails are leaves and not opened.

    Args:
        headers: of the whole mail.
        body: of the whole mail.
    """
    waiting = [_Branch(headers, body, 0, 0, "text/plain")]
    given = choices = 0
    while waiting and given < MOST_PARTS:
        branch = waiting.pop()
        media_type, params = parameters(branch.headers.first("content-type"))
        pieces = _pieces(branch, media_type, params.get("boundary", ""))
        if pieces is None:
            given += 1
            yield _leaf(branch, media_type, params)
            continue
        if media_type == "multipart/alternative" and not branch.choice:
            choices += 1
        inherited = branch.choice or (choices if media_type == "multipart/alternative" else 0)
        default = "message/rfc822" if media_type == "multipart/digest" else "text/plain"
        for piece in reversed(pieces[: MOST_PARTS - given]):
            own, rest = split_headers(piece)
            waiting.append(_Branch(own, rest, branch.depth + 1, inherited, default))


def _pieces(branch: _Branch, media_type: str, boundary: str) -> list[bytes] | None:
    """The parts of a multipart, or None for a leaf (or what must be taken for one)."""
    if not media_type.startswith("multipart/") or branch.depth >= DEEPEST:
        return None
    edge = boundary.encode("utf-8", "replace") or _first_edge(branch.body)
    if not edge:
        return None
    found = list(re.finditer(rb"(?m)^--" + re.escape(edge) + rb"(--)?[ \t]*\r?$", branch.body))
    if not found:
        return None
    pieces = []
    for here, after in zip(found, [*found[1:], None], strict=True):
        if here[1]:
            break
        if after:
            piece = _without_edge(branch.body[here.end() + 1 : after.start()])
        else:
            piece = _without_glued_end(branch.body[here.end() + 1 :], edge)
        pieces.append(piece)
    return pieces


def _first_edge(body: bytes) -> bytes:
    """A multipart whose boundary was not declared still shows it."""
    found = re.search(rb"(?m)^--([^\s-][^\r\n]{0,68}[^\s])[ \t]*\r?$", body[:5_000])
    return found[1] if found else b""


def _without_edge(piece: bytes) -> bytes:
    """The line end before a boundary belongs to the boundary."""
    return piece.removesuffix(b"\n").removesuffix(b"\r")


def _without_glued_end(piece: bytes, edge: bytes) -> bytes:
    """Some programs forget the line end before the last boundary of all."""
    ended = piece.rstrip()
    end = b"--" + edge + b"--"
    return ended.removesuffix(end) if ended.endswith(end) else _without_edge(piece)


def _leaf(branch: _Branch, declared: str, params: dict[str, str]) -> Part:
    disposition, more = parameters(branch.headers.first("content-disposition"))
    media_type, broken = declared or branch.default, False
    if media_type.startswith("multipart/"):
        media_type = "text/plain" if branch.depth < DEEPEST else "application/octet-stream"
        broken = True
    elif media_type == "text" or "/" not in media_type:
        media_type, broken = "text/plain", bool(declared)
    return Part(
        headers=branch.headers,
        media_type=media_type,
        charset=params.get("charset", ""),
        name=more.get("filename") or params.get("name", ""),
        disposition=disposition,
        body=branch.body,
        choice=branch.choice,
        flowed=params.get("format", "").lower() == "flowed",
        delete_space=params.get("delsp", "").lower() == "yes",
        broken=broken or (branch.depth == 0 and not branch.headers.whole),
    )


def _decoded(body: bytes, encoding: str) -> bytes:
    match re.sub(r"[^a-z0-9]", "", encoding[:60].lower()):
        case "base64":
            return from_base64(body)
        case "quotedprintable":
            return binascii.a2b_qp(body)
        case "xuuencode" | "uuencode" | "xuue" | "uue":
            return _from_uu(body)
        case _:
            return body


def _from_uu(body: bytes) -> bytes:
    """Lines that are not uuencoded are passed over: what is around them is prose."""
    out = bytearray()
    for line in body.splitlines():
        if line.startswith(b"begin ") or line.strip() in {b"", b"`", b"end"}:
            continue
        try:
            out += binascii.a2b_uu(line)
        except binascii.Error:
            continue
    return bytes(out)
