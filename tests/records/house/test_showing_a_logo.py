"""A logo is a picture by its bytes; anything else is refused, whatever it calls itself."""

import struct
import zlib

import pytest

from amends.ground import files
from amends.records.house.logo import MOST_BYTES, NotALogo, type_of
from amends.records.house.models import House


def png(width=2, height=2):
    def chunk(kind, data):
        return (
            struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        )

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", b"") + chunk(b"IEND", b"")


def jpeg(width=2, height=2):
    frame = struct.pack(">BHHB", 8, height, width, 3) + b"\x01\x11\x00" * 3
    return (
        b"\xff\xd8\xff\xe0" + struct.pack(">H", 4) + b"JF"
        + b"\xff\xc0" + struct.pack(">H", len(frame) + 2) + frame + b"\xff\xd9"
    )  # fmt: skip


def webp(width=2, height=2):
    sides = (width - 1).to_bytes(3, "little") + (height - 1).to_bytes(3, "little")
    return b"RIFF\x1e\0\0\0WEBPVP8X\x0a\0\0\0\0\0\0\0" + sides


PICTURES = {"image/png": png, "image/jpeg": jpeg, "image/webp": webp}


@pytest.mark.parametrize(("media_type", "draw"), PICTURES.items())
def test_it_knows_a_picture_by_its_bytes(media_type, draw):
    assert type_of(draw(120, 40)) == media_type


@pytest.mark.parametrize("draw", PICTURES.values())
@pytest.mark.parametrize("size", [(4_001, 10), (10, 4_001)])
def test_it_refuses_one_with_too_many_pixels(draw, size):
    with pytest.raises(NotALogo):
        type_of(draw(*size))


@pytest.mark.parametrize(
    "content",
    [
        b"", b"GIF89a", b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>", b"MZ", b"%PDF-1",
        b"<html>", b"\x89PNG\r\n\x1a\n", png()[:20], png()[:-12] + b"<script>alert(1)</script>",
        b"\xff\xd8\xff", b"\xff\xd8\xff\xe0\x00\x00" * 3, b"\xff\xd8\xff\xe0\xff\xff", b"RIFF", b"RIFF0000WEBPVP8 ",
        png(0, 5), b"\0" * 100,
    ],
)  # fmt: skip
def test_it_refuses_what_is_none(content):
    with pytest.raises(NotALogo):
        type_of(content)


def test_it_refuses_one_that_is_too_heavy():
    with pytest.raises(NotALogo):
        type_of(png() + b"\0" * MOST_BYTES)


def test_it_is_kept_by_its_digest_and_taken_down(db):
    house = House.objects.keep()
    house.show_logo(png())
    assert files.read(house.logo_digest) == png()
    house.take_logo_down()
    assert House.objects.current().logo_digest == ""
