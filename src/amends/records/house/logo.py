"""A logo is a picture by its bytes, whatever its name says, and small enough for every page."""

import struct
from collections.abc import Callable

MOST_BYTES = 512 * 1024
MOST_PIXELS = 4_000
_STARTS_OF_FRAMES = {*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC}
_WITHOUT_LENGTH = {0x01, *range(0xD0, 0xD8)}


class NotALogo(Exception):
    """The bytes are no picture that a browser shows, or the picture is too large."""


def type_of(content: bytes) -> str:
    """Return the picture's media type by its content; NotALogo if it isn't one.

    Drawings (SVG) are refused: they can hold scripts.
    """
    if len(content) > MOST_BYTES:
        raise NotALogo
    for media_type, size_in in _READERS.items():
        try:
            size = size_in(content)
        except (struct.error, IndexError):
            size = None
        if size:
            if not all(1 <= side <= MOST_PIXELS for side in size):
                raise NotALogo
            return media_type
    raise NotALogo


def _png(content: bytes) -> tuple[int, int] | None:
    if not content.startswith(b"\x89PNG\r\n\x1a\n") or content[12:16] != b"IHDR":
        return None
    if b"IEND" not in content[-16:]:
        return None
    width, height = struct.unpack(">II", content[16:24])
    return width, height


def _jpeg(content: bytes) -> tuple[int, int] | None:
    if not content.startswith(b"\xff\xd8\xff"):
        return None
    place = 2
    while content[place] == 0xFF:  # noqa: PLR2004 -- every segment begins so
        marker = content[place + 1]
        if marker in _WITHOUT_LENGTH:
            place += 2
            continue
        (length,) = struct.unpack(">H", content[place + 2 : place + 4])
        if marker in _STARTS_OF_FRAMES:
            height, width = struct.unpack(">HH", content[place + 5 : place + 9])
            return width, height
        place += 2 + length
    return None


def _webp(content: bytes) -> tuple[int, int] | None:
    if content[:4] != b"RIFF" or content[8:12] != b"WEBP":
        return None
    kind = content[12:16]
    if kind == b"VP8X":
        width = int.from_bytes(content[24:27], "little") + 1
        height = int.from_bytes(content[27:30], "little") + 1
        return width, height
    if kind == b"VP8L":
        bits = int.from_bytes(content[21:25], "little")
        return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    if kind == b"VP8 ":
        width, height = struct.unpack("<HH", content[26:30])
        return width & 0x3FFF, height & 0x3FFF
    return None


_READERS: dict[str, Callable[[bytes], tuple[int, int] | None]] = {
    "image/png": _png,
    "image/jpeg": _jpeg,
    "image/webp": _webp,
}
