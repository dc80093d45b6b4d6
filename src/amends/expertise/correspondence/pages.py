"""What each byte of a one-byte charset is, so that bytes can be weighed without decoding them."""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass

# A sign costs less than a letter that the language does not have; the usual ones less again.
_USUAL, _UNUSUAL = 6.0, 11.0
_MARKS = frozenset("„“”«»‘’‚–—…№§°€\xa0\xad·•×±½´®©¿¡")
# Signs that no word has in it, and signs that no word has in it or beside it.
_NEVER_WITHIN = frozenset("«»“”„·¹×©®№")
_NEVER_BESIDE = frozenset("±¶¦¬¤¸´¨¯ˇ˘˛˝˙¥÷")

# Kinds of bytes: a A letters of ASCII, l L Latin, c C Cyrillic, u the micro sign, m s signs.
_WORD = b"[aAlLcCu]"
# Signs of a wrong table: a capital after a small letter, two scripts in one word, a sign that no
# word has. ASCII alone tears nothing.
# The first looks from every byte outside ASCII back, the second from it to ASCII behind it.
TORN = (
    re.compile(
        rb"[lLcCums](?:(?<=[alcu][LC])|(?<=[cC][lLu])|(?<=[aAlLu][cC])|(?<=%(w)sm)(?=%(w)s)"
        rb"|(?<=s)(?=%(w)s)|(?<=%(w)ss)|(?<=u)(?<!%(w)su)(?=%(w)s))" % {b"w": _WORD}
    ),
    re.compile(rb"[lcCu](?:(?<=[lcu])(?=A)|(?<=[cC])(?=[aA]))"),
)
# Small letters of one Cyrillic charset are the capitals of another: nobody writes so much.
SHOUTED = re.compile(rb"[LC]")
SAID = re.compile(rb"[alcu]")


@dataclass(frozen=True, slots=True)
class Page:
    """By byte: the character, its letter in lower case or "", and what it costs as a sign.

    `unwritten` are bytes that mean nothing, or a control character that nobody writes; `quotes`
    those of « and », -1 where there is none.
    """

    shown: tuple[str, ...]
    letters: tuple[str, ...]
    costs: tuple[float, ...]
    kinds: bytes
    unwritten: frozenset[int]
    quotes: tuple[int, int]


@functools.cache
def page(codec: str) -> Page:
    """The table of a one-byte codec.

    Args:
        codec: a name that Python knows.
    """
    shown = tuple(bytes([byte]).decode(codec, "replace") for byte in range(256))
    signs = _NEVER_WITHIN | _NEVER_BESIDE
    letters = tuple(c.lower() if c.isalpha() and c not in signs else "" for c in shown)
    unwritten = (n for n, c in enumerate(shown) if c == "\ufffd" or "\x80" <= c <= "\x9f")
    return Page(
        shown=shown,
        letters=letters,
        costs=tuple(map(_cost, shown, letters)),
        kinds=b"".join(map(_kind, shown, letters)),
        unwritten=frozenset(unwritten),
        quotes=(_place(shown, "«"), _place(shown, "»")),
    )


def is_cyrillic(letter: str) -> bool:
    """Whether a letter is one of the Cyrillic script."""
    return "\u0400" <= letter <= "\u04ff"


def _place(shown: tuple[str, ...], sign: str) -> int:
    return shown.index(sign) if sign in shown else -1


def _cost(character: str, letter: str) -> float:
    if letter or character <= "\x7f":
        return 0.0
    return _USUAL if character in _MARKS else _UNUSUAL


def _kind(character: str, letter: str) -> bytes:
    if character in _NEVER_WITHIN:
        return b"m"
    if character in _NEVER_BESIDE:
        return b"s"
    if not letter:
        return b"."
    if character == "µ":
        return b"u"
    small, capital = (b"a", b"A") if character.isascii() else (b"l", b"L")
    if is_cyrillic(character):
        small, capital = b"c", b"C"
    return capital if character.isupper() else small
