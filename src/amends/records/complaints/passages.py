"""A written text as it is read: paragraphs, and points that stand one a line behind a mark."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

_POINT = re.compile(r"\s*[-–•*]\s+(?P<text>\S.*?)\s*")
_EMPTY_LINES = re.compile(r"\n\s*\n")


@dataclass(frozen=True)
class Passage:
    """A paragraph, or points that follow each other; never both."""

    words: str = ""
    points: tuple[str, ...] = ()


def passages_of(text: str) -> list[Passage]:
    """Return the paragraphs and the lists of points of a text, in their order."""
    found: list[Passage] = []
    for block in _EMPTY_LINES.split("\n".join(text.splitlines())):
        lines = [line for line in block.split("\n") if line.strip()]
        for is_point, group in groupby(lines, key=lambda line: bool(_POINT.fullmatch(line))):
            found.append((_points if is_point else _words)(group))
    return found


def points_in(text: str) -> list[str]:
    return [point for passage in passages_of(text) for point in passage.points]


def _points(lines: Iterable[str]) -> Passage:
    return Passage(points=tuple(_POINT.sub(r"\g<text>", line) for line in lines))


def _words(lines: Iterable[str]) -> Passage:
    return Passage(words="\n".join(line.strip() for line in lines))
