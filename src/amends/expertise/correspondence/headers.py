"""The header block of a mail or a part: raw bytes to values that can be read."""

from __future__ import annotations

import binascii
import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import unquote_to_bytes

from .charset import Doubt, clean, decode

LONGEST_VALUE = 64_000
_FIELD = re.compile(rb"([\x21-\x39\x3b-\x7e]{1,200})[ \t]*:")


@dataclass(frozen=True, slots=True)
class Headers:
    """Fields in their order; names in lower case, values unfolded, one character a byte."""

    fields: tuple[tuple[str, str], ...] = ()
    whole: bool = True

    def first(self, name: str) -> str:
        """The topmost value of `name`, or ""."""
        return next((value for key, value in self.fields if key == name), "")

    def has(self, name: str) -> bool:
        """Whether the field is there at all, even empty."""
        return any(key == name for key, _ in self.fields)


def split_headers(raw: bytes) -> tuple[Headers, bytes]:
    """Part the header block from the body.

    A line that is neither a field nor a continuation ends the block and begins the body.

    Args:
        raw: a mail or a MIME part, lines ending in LF or CRLF.

    Returns:
        The headers (`whole` is False if such a stray line was met) and the body.
    """
    fields: list[tuple[str, list[bytes]]] = []
    position, whole = 0, True
    while position < len(raw):
        end = raw.find(b"\n", position)
        end = len(raw) if end < 0 else end
        line = raw[position:end].rstrip(b"\r")
        if not line.strip():
            position = end + 1
            break
        found = _FIELD.match(line)
        if line[:1] in b" \t" and fields:
            fields[-1][1].append(line)
        elif found:
            fields.append((found[1].decode("ascii").lower(), [line[found.end() :]]))
        elif not (position == 0 and line.startswith((b"From ", b">From "))):
            whole = False
            break
        position = end + 1
    values = tuple((name, _unfolded(lines)) for name, lines in fields)
    return Headers(values, whole), raw[position:]


def _unfolded(lines: list[bytes]) -> str:
    return b"".join(lines)[:LONGEST_VALUE].decode("latin-1").strip(" \t\r")


def decode_words(value: str, hint: str = "") -> tuple[str, Doubt]:
    """Read a header value: RFC 2047 words and raw 8-bit text alike.

    Neighbouring words of one charset are joined before decoding, since senders cut letters in
    two. A word with a wrong charset goes down the same ladder as a body; a broken word stays
    as it is written.

    Args:
        value: one character a byte, as `Headers` gives it.
        hint: the charset of the body, believed for raw 8-bit text.

    Returns:
        The text on one line, without control characters, and the worst doubt met.
    """
    text: list[str] = []
    doubts: set[Doubt] = set()
    for data, charset in _runs(value):
        read = decode(data, charset or hint)
        text.append(read.text)
        if not data.isascii():
            doubts.add(read.doubt)
    worst: Doubt = "replaced" if "replaced" in doubts else "guessed" if "guessed" in doubts else ""
    return one_line("".join(text)), worst


def one_line(text: str) -> str:
    """Control and direction characters gone, white space of any kind made single spaces."""
    return " ".join(_CONTROL.sub(" ", clean(text)).split())


_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def _runs(value: str) -> Iterator[tuple[bytes, str]]:
    """Stretches of bytes with their charset ("" for what is no encoded word)."""
    held, held_charset = b"", ""
    for data, charset in _pieces(value):
        if charset != held_charset and held:
            yield held, held_charset
            held = b""
        held, held_charset = held + data, charset
    if held:
        yield held, held_charset


def _pieces(value: str) -> Iterator[tuple[bytes, str]]:
    position = 0
    after_word = False
    while (start := value.find("=?", position)) >= 0:
        word = _word(value, start)
        if word is None and value.find("?=", start + 2) < 0:
            break
        if word is None:
            yield value[position : start + 2].encode("latin-1"), ""
            position, after_word = start + 2, False
            continue
        between = value[position:start]
        if between and not (after_word and between.isspace()):
            yield between.encode("latin-1"), ""
        data, charset, position = word
        yield data, charset
        after_word = True
    if value[position:]:
        yield value[position:].encode("latin-1"), ""


def _word(value: str, start: int) -> tuple[bytes, str, int] | None:
    charset_end = value.find("?", start + 2, start + 80)
    coding = value[charset_end + 1 : charset_end + 3].lower()
    if charset_end <= start + 2 or coding not in ("b?", "q?"):
        return None
    end = value.find("?=", charset_end + 3)
    if end < 0:
        return None
    charset = value[start + 2 : charset_end].partition("*")[0]
    payload = value[charset_end + 3 : end].encode("latin-1")
    data = from_base64(payload) if coding == "b?" else binascii.a2b_qp(payload, header=True)
    return data, charset.lower(), end + 2


def from_base64(data: bytes) -> bytes:
    """Decode base64 as far as it goes: strange characters skipped, padding supplied."""
    letters = re.sub(rb"[^A-Za-z0-9+/=]", b"", data)
    letters = letters[: letters.find(b"=")] if b"=" in letters else letters
    letters = letters[: len(letters) - (len(letters) % 4 == 1)]
    return binascii.a2b_base64(letters + b"=" * (-len(letters) % 4))


def parameters(value: str, hint: str = "") -> tuple[str, dict[str, str]]:
    """Split "text/plain; charset=x" into its value and its parameters (RFC 2231 included).

    Args:
        value: one character a byte.
        hint: the charset of the body, believed where a parameter names none.

    Returns:
        The value in lower case, and parameters by lower-case name, decoded to text.
    """
    head, *rest = _split_outside_quotes(value)
    plain: dict[str, str] = {}
    pieces: dict[str, list[tuple[int, bool, str]]] = {}
    for item in rest[:200]:
        name, _, content = item.partition("=")
        name, content = name.strip().lower(), _unquoted(content.strip())
        stem, star, number = name.partition("*")
        if star and stem:
            order = number.rstrip("*")
            pieces.setdefault(stem, []).append(
                (int(order) if order.isdecimal() else 0, name.endswith("*"), content)
            )
        elif stem:
            plain.setdefault(stem, decode_words(content, hint)[0])
    extended = {stem: _extended(found, hint) for stem, found in pieces.items()}
    return head.strip().lower(), plain | extended


def _split_outside_quotes(value: str) -> list[str]:
    return _SEGMENT.findall(value[:LONGEST_VALUE]) or [""]


_SEGMENT = re.compile(r'(?s)(?:[^;"]|"(?:[^"\\]|\\.|\\$)*+(?:"|$))++')


def _unquoted(content: str) -> str:
    if not content.startswith('"'):
        return content
    return re.sub(r"\\(.)", r"\1", content[1:].removesuffix('"'))


def _extended(found: list[tuple[int, bool, str]], hint: str) -> str:
    """Join RFC 2231 pieces; percent signs count only where a piece says so."""
    charset, data = "", b""
    for _, percent, content in sorted(found):
        rest = content
        if percent and not data and content.count("'") > 1:
            charset, _, rest = content.split("'", 2)
        data += unquote_to_bytes(rest) if percent else rest.encode("latin-1", "replace")
    return one_line(decode(data, charset or hint).text)
