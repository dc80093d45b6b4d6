"""What letters are framed with, in every language that has a file in `languages/`."""

from __future__ import annotations

import functools
import re
import tomllib
from dataclasses import dataclass
from importlib import resources

BLOCK_LABELS = ("from", "sent", "to", "cc", "subject")


@dataclass(frozen=True, slots=True)
class Words:
    """All languages together: a Slovak may answer from an English telephone.

    `labels` gives the kinds a header label can stand for, since one word may be "date" in one
    language and something else in another.
    """

    opens: re.Pattern[str]
    opens_inside: re.Pattern[str]
    wrote: re.Pattern[str]
    wrote_last: re.Pattern[str]
    mine: re.Pattern[str]
    labels: dict[str, frozenset[str]]
    original: frozenset[str]
    forwarded: frozenset[str]
    above: re.Pattern[str]
    passed_on: frozenset[str]
    closing: re.Pattern[str]
    thanks: frozenset[str]
    device: re.Pattern[str]
    notice: re.Pattern[str]
    about: re.Pattern[str]
    postscript: re.Pattern[str]


@functools.cache
def words() -> Words:
    """Read the word files once."""
    rows = _rows()
    labels: dict[str, set[str]] = {}
    for kind in BLOCK_LABELS:
        for label in rows[kind]:
            labels.setdefault(label, set()).add(kind)
    return Words(
        opens=re.compile(rf"\W{{0,8}}{_any(rows['opens'])}(?!\w)"),
        opens_inside=re.compile(
            rf"(?:[-–—]{{1,10}}\s?|(?<!\w)){_any(rows['opens'])}\s(?=[^\d]{{0,12}}\d)"
        ),
        wrote=re.compile(rf"(?<!\w){_any(rows['wrote'])}(?!\w)"),
        wrote_last=re.compile(rf"(?<!\w){_any(rows['wrote'])}$"),
        mine=re.compile(rf"(?<!\w){_any(rows['mine'])}(?!\w)"),
        labels={label: frozenset(kinds) for label, kinds in labels.items()},
        original=frozenset(rows["original"]),
        forwarded=frozenset(rows["forwarded"]),
        above=re.compile(rf"(?<!\w){_any(rows['above'])}(?!\w)"),
        passed_on=frozenset(rows["passed_on"]),
        closing=re.compile(rf"\W{{0,3}}{_any(rows['closing'])}(?!\w)"),
        thanks=frozenset(rows["thanks"]),
        device=re.compile(rf"\W{{0,3}}{_any(rows['device'])}(?!\w)"),
        notice=re.compile(rf"\W{{0,8}}{_any(rows['notice'])}(?!\w)"),
        about=re.compile(rf"(?<!\w){_any(rows['about'])}"),
        postscript=re.compile(rf"{_any(rows['postscript'])}(?!\w)"),
    )


def _rows() -> dict[str, list[str]]:
    """Every list, the languages joined, the longest phrases first so that they win."""
    rows: dict[str, set[str]] = {}
    folder = resources.files(__package__).joinpath("languages")
    for file in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if file.name.endswith(".toml"):
            for name, phrases in tomllib.loads(file.read_text(encoding="utf-8")).items():
                rows.setdefault(name, set()).update(map(str.casefold, phrases))
    return {name: sorted(found, key=lambda p: (-len(p), p)) for name, found in rows.items()}


def _any(phrases: list[str]) -> str:
    return "(?:" + "|".join(re.escape(phrase) for phrase in phrases) + ")"
