"""From bytes to text: the charset ladder."""

from __future__ import annotations

import codecs
import functools
import math
import re
from collections import Counter
from dataclasses import dataclass
from typing import Literal

from .pages import SAID, SHOUTED, TORN, is_cyrillic, page
from .tables import table

Doubt = Literal["", "guessed", "replaced"]

SAMPLE = 6_000
SHOUT = 3.0
MARGIN = 2.0
MARGIN_A_LETTER = 0.3
RARE = 0.3  # per ten thousand: a letter the language does not list


@dataclass(frozen=True, slots=True)
class Decoded:
    """Text, the codec that gave it, and how sure that is.

    `doubt` is empty when UTF-8 or the declared charset fitted, "guessed" when letter
    frequencies decided, "replaced" when some bytes had to become U+FFFD.
    """

    text: str
    codec: str
    doubt: Doubt = ""


def decode(data: bytes, declared: str = "") -> Decoded:
    """Read `data` as text.

    Strict UTF-8, then the declared charset (known misspellings included), then the best of
    cp1250, iso8859-2, cp1251, koi8-r, koi8-u, iso8859-5 by letter frequency, then replacement.
    A one-byte charset that is declared loses to a clearly better guess.

    Args:
        data: any bytes.
        declared: the charset name as the sender wrote it, or "".

    Returns:
        The text, never holding NUL or lone surrogates, so that any database takes it.
    """
    codec = codec_named(declared)
    order = [codec] if codec in _words("before_utf8") else ["utf_8", codec]
    for name in filter(None, order):
        text = _strictly(data, name)
        if text is not None and name in _words("mistaken"):
            return _weighed(data, name)
        if text is not None:
            return Decoded(clean(text), name)
    return _guessed(data, _words("guessed"))


def codec_named(name: str) -> str:
    """The codec a charset name means, or "" if it means none.

    Args:
        name: as declared; case, punctuation and a leading "charset=" do not matter.
    """
    key = re.sub(r"[^a-z0-9]", "", name[:80].lower().removeprefix("charset="))
    known = _aliases().get(key)
    if known:
        return known
    try:
        found = codecs.lookup(name[:80].strip("\"' \t")).name.replace("-", "_")
    except (LookupError, ValueError):
        return ""
    return "" if found in _words("not_text") or found == "ascii" else found


def clean(text: str) -> str:
    """Drop what no database stores: NUL, a byte order mark, lone surrogates."""
    return _UNSTORABLE.sub("\ufffd", text.replace("\x00", "").removeprefix("\ufeff"))


_UNSTORABLE = re.compile("[\ud800-\udfff]")


def _weighed(data: bytes, declared: str) -> Decoded:
    """The declared codec, unless another one reads clearly better.

    One-byte codecs decode nearly anything, so "it decoded" is no proof; the sender's word is
    worth the price of a third of a letter each.
    """
    sample = _sample(data)
    best, score = _best(sample, _words("guessed"))
    if best and best != declared:
        mine, theirs = page(best), page(declared)
        apart = sum(
            n for byte, n in sample.counts.items() if mine.shown[byte] != theirs.shown[byte]
        )
        if score > _score(sample, declared) + MARGIN + MARGIN_A_LETTER * apart:
            return Decoded(clean(data.decode(best, "replace")), best, "guessed")
    return Decoded(clean(data.decode(declared, "replace")), declared)


def _guessed(data: bytes, candidates: tuple[str, ...]) -> Decoded:
    best, _ = _best(_sample(data), candidates)
    if best and not _mostly_utf8(data):
        text = _strictly(data, best)
        if text is not None:
            return Decoded(clean(text), best, "guessed")
    return Decoded(clean(data.decode("utf_8", "replace")), "utf_8", "replaced")


def _mostly_utf8(data: bytes) -> bool:
    """Broken UTF-8 (a cut character, a stray byte) is not another charset."""
    high = sum(byte >> 7 for byte in data[:SAMPLE])
    broken = data[:SAMPLE].decode("utf_8", "replace").count("\ufffd")
    return broken * 5 < high


@dataclass(frozen=True, slots=True)
class _Sample:
    data: bytes
    counts: Counter[int]


def _sample(data: bytes) -> _Sample:
    """The lines that hold letters outside ASCII: the others say nothing about the charset."""
    telling = [line for line in data[: SAMPLE * 10].split(b"\n") if not line.isascii()]
    taken = b"\n".join(telling)[:SAMPLE] or data[:SAMPLE]
    return _Sample(taken, Counter(taken))


def _best(sample: _Sample, candidates: tuple[str, ...]) -> tuple[str, float]:
    """The codec that reads best, or "", and its score."""
    scores = {name: _score(sample, name) for name in candidates}
    best = max(candidates, key=lambda name: scores[name])
    return best if scores[best] > -math.inf else "", scores[best]


def _score(sample: _Sample, codec: str) -> float:
    """How likely it is that a person wrote what the bytes say in this codec."""
    read = page(codec)
    if read.unwritten & sample.counts.keys():
        return -math.inf
    letters: Counter[str] = Counter()
    for byte, count in sample.counts.items():
        if read.letters[byte]:
            letters[read.letters[byte]] += count
    marks = sum(count * read.costs[byte] for byte, count in sample.counts.items())
    kinds = sample.data.translate(read.kinds)
    opened, closed = (sample.counts.get(byte, 0) for byte in read.quotes)
    lonely = opened + closed if bool(opened) is not bool(closed) else 0
    torn = sum(len(sign.findall(kinds)) for sign in TORN) + lonely
    shout = SHOUT if SHOUTED.search(kinds) and not SAID.search(kinds) else 0.0
    return _likeliest(letters) - marks - 12.0 * torn - shout


def _likeliest(letters: Counter[str]) -> float:
    """How well the letters fit the language that they fit best.

    Addresses, links and names of things are Latin everywhere: beside Cyrillic letters the others
    count as in the Latin language that they fit best.
    """
    if not any(map(is_cyrillic, letters)):
        return max(_likelihood(letters, table) for table in _tables("latin").values())
    plain = Counter({letter: count for letter, count in letters.items() if letter.isascii()})
    beside = max(_likelihood(plain, table) for table in _tables("latin").values()) if plain else 0
    rest = letters - plain
    return beside + max(_likelihood(rest, table) for table in _tables("cyrillic").values())


def _likelihood(letters: Counter[str], table: dict[str, float]) -> float:
    rare = math.log(RARE / 10_000)
    return sum(count * table.get(letter, rare) for letter, count in letters.items())


def _strictly(data: bytes, codec: str) -> str | None:
    try:
        return data.decode(codec)
    except (LookupError, ValueError):
        return None


@functools.cache
def _tables(script: str) -> dict[str, dict[str, float]]:
    rows: dict[str, str] = table("letters.toml")
    return {
        language: {entry[0]: math.log(int(entry[1:]) / 10_000) for entry in row.split()}
        for language, row in rows.items()
        if is_cyrillic(row[0]) is (script == "cyrillic")
    }


@functools.cache
def _aliases() -> dict[str, str]:
    names: dict[str, list[str]] = table("charsets.toml")["names"]
    return {alias: codec for codec, aliases in names.items() for alias in aliases}


@functools.cache
def _words(section: str) -> tuple[str, ...]:
    return tuple(table("charsets.toml")[section]["codecs"])
