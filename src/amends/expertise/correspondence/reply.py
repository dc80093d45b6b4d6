"""A mail's body taken apart: what is new, how it is signed, what it quotes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from .markup import html_lines
from .quotes import Kind, Line, sort_lines
from .signature import mark_signatures


@dataclass(frozen=True, slots=True)
class Split:
    """The three kinds of text in a body; together they hold every line of it."""

    reply: str
    reply_without_signature: str
    signature: str
    quoted: str


def split_reply(body: str, format: Literal["plain", "html"] = "plain") -> Split:  # noqa: A002
    """Separate new text from quoted history and from the signature.

    Quoting lines, header blocks, closings and telephone lines are known in the languages of
    `languages/`. In HTML the marks of the mail programs are used first, then the same rules.

    Args:
        body: decoded text or HTML.
        format: which of the two it is.

    Returns:
        The parts. Nothing is thrown away: whatever is not new is in `signature` or `quoted`.
    """
    return split_lines(html_lines(body) if format == "html" else plain_lines(body))


def plain_lines(body: str) -> list[Line]:
    """The lines of plain text, whatever ends them."""
    return [Line(text) for text in body.replace("\r\n", "\n").replace("\r", "\n").split("\n")]


def split_lines(lines: Sequence[Line]) -> Split:
    """Take apart a body already cut into lines, such as one put together from several parts."""
    sorted_lines = mark_signatures(sort_lines(lines))
    signed = {Kind.NEW, Kind.SIGNATURE}
    return Split(
        reply=_joined(text for text, kind in sorted_lines if kind in signed),
        reply_without_signature=_joined(text for text, kind in sorted_lines if kind is Kind.NEW),
        signature=_joined(text for text, kind in sorted_lines if kind is Kind.SIGNATURE),
        quoted=_joined(text for text, kind in sorted_lines if kind is Kind.QUOTED),
    )


def _joined(texts: Iterable[str]) -> str:
    """Empty lines at the edges go, and never more than two stay together."""
    kept: list[str] = []
    for text in texts:
        plain = text.rstrip()
        if plain or kept[-2:] not in ([], ["", ""]):
            kept.append(plain)
    while kept and not kept[-1]:
        kept.pop()
    return "\n".join(kept)
