"""Who wrote and to whom: address fields as senders really write them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from .headers import decode_words

_BARE = re.compile(r"[^\s<>()\[\],;:\"]{1,200}@[^\s<>()\[\],;:\"]{1,250}")


@dataclass(frozen=True, slots=True)
class Address:
    """A name and an e-mail address; either may be empty, never both unless nothing was there."""

    name: str = ""
    email: str = ""


def read_addresses(value: str, hint: str = "") -> tuple[Address, ...]:
    """Read an address field, group syntax and bare names included.

    Args:
        value: the raw field, one character a byte.
        hint: the charset to believe for raw 8-bit names.

    Returns:
        The addresses in their order; an entry without an address is a name alone.
    """
    found = (_address(entry, hint) for entry in _entries(value))
    return tuple(address for address in found if address != Address())


def _entries(value: str) -> list[str]:
    """Cut at commas and semicolons that stand outside quotes, comments, angles and words."""
    return [_GROUP.sub("", entry) for entry in _ENTRY.findall(value)]


_ENTRY = re.compile(
    r'(?s)(?:"(?:[^"\\]|\\.|\\$)*+(?:"|$)'
    r"|=\?[^?\s]{1,60}+\?[bBqQ]\?[^?]{0,2000}+\?="
    r"|<[^<>]*+(?:>|$)"
    r"|\([^()]*+(?:\)|$)"
    r"|[^,;])++"
)
_GROUP = re.compile(r"^\s*[^\"<>@:=?]{1,100}:(?=\s|$|[^/])")


def _address(entry: str, hint: str) -> Address:
    before, angle, rest = entry.rpartition("<")
    if angle:
        email = _plain(rest.partition(">")[0])
        return Address(_name(before or rest.partition(">")[2], hint), email)
    bare = _BARE.search(entry)
    if bare:
        around = entry[: bare.start()] + entry[bare.end() :]
        return Address(_name(around, hint), _plain(bare[0]))
    return Address(_name(entry, hint), "")


def _plain(email: str) -> str:
    return decode_words(email.strip().strip("'\""))[0].replace(" ", "")[:320]


def _name(raw: str, hint: str) -> str:
    text = raw.strip()
    if text.startswith("(") and text.endswith(")"):
        text = text[1:-1]
    text = re.sub(r"\\(.)", r"\1", text.replace('"', "")) if '"' in text else text
    return decode_words(text, hint)[0].strip(" '\"")[:300]
