"""Mails bent out of shape: cut, doubled, spliced, and filled with what readers stumble over."""

import random
from collections.abc import Callable, Iterator, Sequence

_NASTY = (
    b"\x00", b"\xff\xfe", b"\r", b"\n\n", b"\r\n.\r\n", b"=?utf-8?q?=0D=0ABcc:_a@b.c?=",
    b"=?koi8-r?b?", b"?=", b"=?x-unknown?b?////?=", b"Content-Type: multipart/mixed; boundary=",
    b"Content-Type: text/html; charset=utf-7\n\n", b"Content-Transfer-Encoding: base64\n",
    b"--b--\n", b"begin 644 a\n", b"<" * 200, b">" * 500 + b"\n", b"\xed\xa0\x80", b"\xe2\x80\xae",
    b"<!--" * 50, b"&#x110000;", b"From: <" + b"a" * 400 + b"@x>\n", b"Date: 99 Foo 0000\n",
    b"References: " + b"<a@b> " * 60 + b"\n", b"Auto-Submitted: no\n", b"On Mon, wrote:\n> ",
    b"(" * 300, b'"' * 301, b"Message-ID:\n", b"filename*0*=utf-8''%ff; filename*1=../../x\n",
)  # fmt: skip
_MOST_CHANGES, _LONGEST = 6, 200_000


def mutations(seeds: Sequence[bytes], many: int, seed: int = 1) -> Iterator[bytes]:
    """Bend mails at random; the same ones for the same seed.

    Args:
        seeds: mails to begin with.
        many: how many to give.
        seed: of the draw.
    """
    draw = random.Random(seed)
    for _mail in range(many):
        content = draw.choice(seeds)
        for _change in range(draw.randint(1, _MOST_CHANGES)):
            content = _changed(content, seeds, draw)[:_LONGEST]
        yield content


def _changed(content: bytes, seeds: Sequence[bytes], draw: random.Random) -> bytes:
    here, there = sorted(draw.randrange(len(content) + 1) for _end in range(2))
    before, middle, after = content[:here], content[here:there], content[there:]
    nasty, other = draw.choice(_NASTY), draw.choice(seeds)
    ways: tuple[Callable[[], bytes], ...] = (
        lambda: before + after,
        lambda: before + middle[:2_000] * draw.randint(2, 20) + after,
        lambda: before + nasty + middle + after,
        lambda: before + other[draw.randrange(len(other) + 1) :],
        lambda: before + draw.randbytes(draw.randint(1, 40)) + after,
        lambda: _lines_shuffled(content, draw),
        lambda: content.replace(draw.choice((b"\n", b":", b"=", b"utf-8")), nasty, 3),
        lambda: nasty + content,
    )
    return draw.choice(ways)()


def _lines_shuffled(content: bytes, draw: random.Random) -> bytes:
    lines = content.split(b"\n")
    start = draw.randrange(len(lines))
    some = lines[start : start + 12]
    draw.shuffle(some)
    return b"\n".join([*lines[:start], *some, *lines[start + 12 :]])
