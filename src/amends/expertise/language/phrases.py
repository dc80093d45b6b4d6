"""Phrases of several words, found in a text in one pass."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from amends.expertise.language.words import Word, words

# A phrase does not go on over the end of a sentence or paragraph.
_BREAKS = frozenset(".!?…;\n")
_ANY_ENDING = "*"


class NoWordInPhrase(ValueError):
    """A pattern holds no letter or digit, so it could never be found."""


@dataclass(frozen=True, slots=True)
class Span:
    """A phrase found at ``text[start:end]``, and the pattern that found it."""

    start: int
    end: int
    pattern: str

    def overlaps(self, other: "Span") -> bool:
        """Whether the two share a letter."""
        return self.start < other.end and other.start < self.end


@dataclass(slots=True)
class _Node:
    exact: dict[str, "_Node"] = field(default_factory=dict)
    beginnings: dict[str, "_Node"] = field(default_factory=dict)
    lengths: set[int] = field(default_factory=set)
    pattern: str | None = None

    def after(self, folded: str) -> Iterator["_Node"]:
        if folded in self.exact:
            yield self.exact[folded]
        for length in self.lengths:
            if length <= len(folded) and folded[:length] in self.beginnings:
                yield self.beginnings[folded[:length]]


class Phrases:
    """A set of phrases, built once, that texts are searched for.

    Case, diacritics and what stands between two words of a sentence make no difference. A
    word may end in ``*``: it stands for any ending, none included.
    """

    def __init__(self) -> None:
        self._root = _Node()

    @classmethod
    def load(cls, patterns: Iterable[str]) -> "Phrases":
        """Build the set from patterns such as ``"nadal nie dział*"``.

        Raises NoWordInPhrase for a pattern without a word.
        """
        phrases = cls()
        for pattern in patterns:
            phrases._add(pattern)
        return phrases

    def _add(self, pattern: str) -> None:
        node = self._root
        for word in words(pattern):
            starred = pattern[word.end : word.end + 1] == _ANY_ENDING
            if starred:
                node.lengths.add(len(word.folded))
            branches = node.beginnings if starred else node.exact
            node = branches.setdefault(word.folded, _Node())
        if node is self._root:
            raise NoWordInPhrase(pattern)
        node.pattern = pattern

    def find(self, text: str) -> list[Span]:
        """The phrases in `text` from left to right, the longest at each place, none overlapping.

        The time taken grows with the length of the text and not with the number of phrases.
        """
        read = words(text)
        breaks = _breaks(text, read)
        spans: list[Span] = []
        at = 0
        while at < len(read):
            taken, pattern = self._longest(read, breaks, at)
            if pattern is not None:
                spans.append(Span(read[at].start, read[at + taken - 1].end, pattern))
            at += max(taken, 1)
        return spans

    def _longest(self, read: list[Word], breaks: list[bool], start: int) -> tuple[int, str | None]:
        taken, pattern = 0, None
        nodes = [self._root]
        for at in range(start, len(read)):
            if at > start and breaks[at]:
                break
            nodes = [after for node in nodes for after in node.after(read[at].folded)]
            if not nodes:
                break
            ended = [node.pattern for node in nodes if node.pattern is not None]
            if ended:
                taken, pattern = at - start + 1, ended[0]
        return taken, pattern


def _breaks(text: str, read: list[Word]) -> list[bool]:
    """For each word, whether a sentence or paragraph ends between it and the one before."""
    ends = [0, *(word.end for word in read)]
    return [parts_sentences(text[end : word.start]) for end, word in zip(ends, read, strict=False)]


def parts_sentences(between: str) -> bool:
    """Whether a sentence or paragraph ends in what stands `between` two words."""
    # One new line is where a mail was wrapped; an empty line is a new paragraph.
    return not _BREAKS.isdisjoint(between.replace("\n", " ", 1))
