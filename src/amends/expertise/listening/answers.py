"""Reads what comes with a yes: mere thanks, or words that may take it back."""

import tomllib
from functools import cache
from importlib.resources import files

from amends.expertise.language.phrases import Phrases
from amends.expertise.language.words import LANGUAGES, words

from . import _written, denies

# A name and a greeting may stand beside the thanks; a sentence of news may not.
_MOST_OTHER_WORDS = 4


def only_thanks(text: str) -> bool:
    """Tell whether the text thanks and says nothing else that a person would have to read.

    Args:
        text: what the customer wrote, without quoted history and signature, in any of the four
            languages. Empty text is no thanks.

    What it can't do: it knows phrases, no sense; when in doubt it says no, and a person reads it.
    """
    if "?" in text or denies(text) or _doubts_in(text):
        return False
    covered: set[int] = set()
    for phrases in _thanks().values():
        for span in phrases.find(text):
            covered.update(range(span.start, span.end))
    if not covered:
        return False
    others = [word for word in words(text) if word.start not in covered]
    return len(others) <= _MOST_OTHER_WORDS


def may_say_no(text: str) -> bool:
    """Tell whether words that came with a yes have to be read by a person before it counts.

    Args:
        text: what was written beside the yes, in any of the four languages; empty says no more
            than the yes.

    Errs on one side on purpose: every negation and every "but" counts, whatever it negates.
    """
    if not text.strip() or only_thanks(text):
        return False
    return bool(denies(text)) or _doubts_in(text)


def _doubts_in(text: str) -> bool:
    return any(doubts.find(text) for doubts in _doubts().values())


@cache
def _doubts() -> dict[str, Phrases]:
    source = files(__package__) / "data" / "doubts.toml"
    written = tomllib.loads(source.read_text("utf-8"))
    return {language: Phrases.load(written[language]) for language in LANGUAGES}


@cache
def _thanks() -> dict[str, Phrases]:
    return {language: Phrases.load(_written(language)["thanks_only"]) for language in LANGUAGES}
