"""What a reply to a complaint holds; the coach proper, which finds what hurts, comes later."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from amends.expertise.language.phrases import Phrases, Span, parts_sentences
from amends.expertise.language.words import LANGUAGES

Written = Mapping[str, Mapping[str, Sequence[str]]]


def elements_in(text: str, language: str, written: Written | None = None) -> frozenset[str]:
    """Which elements of a good reply `text` holds: "apology", "empathy", both or neither.

    `written` gives the phrases of each element and those that only look like one (`not`, such
    as "sorry if"); it defaults to coach/elements for `language`, and a language without a file
    has no elements to find. Such a look-alike takes back the phrase that it touches, else the
    nearest one in its sentence: "sorry, if you like" is none, and the next sentence can be one.

    What it can't do yet: it knows a list of phrases and nothing else. It can't tell a warm
    sentence in other words from none, nor an apology for the right thing from one for another,
    does not read tone, and takes a phrase that quotes the customer for the agent's own.
    """
    known = _elements(language) if written is None else _load(written)
    return frozenset(name for name, element in known.items() if element.stands_in(text))


@dataclass(frozen=True, slots=True)
class _Element:
    phrases: Phrases
    without: Phrases

    def stands_in(self, text: str) -> bool:
        found = self.phrases.find(text)
        void = {span for refusal in self.without.find(text) for span in _void(text, found, refusal)}
        return any(span not in void for span in found)


def _void(text: str, found: list[Span], refusal: Span) -> list[Span]:
    """What a refusal takes back: what it touches, else what stands nearest in its sentence."""
    touched = [span for span in found if span.overlaps(refusal)]
    before = [span for span in found if _share_sentence(text, span, refusal)]
    after = [span for span in found if _share_sentence(text, refusal, span)]
    return touched or before[-1:] or after[:1]


def _share_sentence(text: str, one: Span, later: Span) -> bool:
    return one.end <= later.start and not parts_sentences(text[one.end : later.start])


@cache
def _elements(language: str) -> dict[str, _Element]:
    if language not in LANGUAGES:
        return {}
    path = files(__package__) / "elements" / f"{language}.toml"
    return _load(tomllib.loads(path.read_text("utf-8")))


def _load(written: Written) -> dict[str, _Element]:
    return {
        name: _Element(Phrases.load(said["phrases"]), Phrases.load(said.get("not", ())))
        for name, said in written.items()
    }
