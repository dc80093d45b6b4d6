"""Tells mere thanks from thanks that come with more."""

from functools import cache

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
    if "?" in text or denies(text):
        return False
    covered: set[int] = set()
    for phrases in _thanks().values():
        for span in phrases.find(text):
            covered.update(range(span.start, span.end))
    if not covered:
        return False
    others = [word for word in words(text) if word.start not in covered]
    return len(others) <= _MOST_OTHER_WORDS


@cache
def _thanks() -> dict[str, Phrases]:
    return {language: Phrases.load(_written(language)["thanks_only"]) for language in LANGUAGES}
