"""What a customer says between the lines of an answer."""

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from amends.expertise.language.phrases import Phrases
from amends.expertise.language.words import LANGUAGES


def denies(text: str, phrases: Mapping[str, Phrases] | None = None) -> tuple[str, ...]:
    """The words with which `text` says that the matter is not solved, or not wholly.

    `phrases` are those of each language and default to listening/data. All languages are
    looked through, since an answer of two words does not show its own; so the result errs
    towards hearing a no. Phrases stand in order of appearance, as the customer wrote them.

    What it can't do yet: it knows a list of phrases and nothing else. It hears no irony, does
    not see that a phrase is itself denied ("it is no longer the case that…") or quoted, and an
    empty result means only that none of its phrases was there, never that the customer is happy.
    """
    spans = {
        (span.start, span.end)
        for of_language in (phrases or _denials()).values()
        for span in of_language.find(text)
    }
    return tuple(dict.fromkeys(text[start:end] for start, end in sorted(spans)))


@cache
def _denials() -> dict[str, Phrases]:
    return {language: Phrases.load(_written(language)["denies"]) for language in LANGUAGES}


def _written(language: str) -> dict[str, list[str]]:
    """The phrases of listening/data: `denies` and `thanks_only`."""
    return tomllib.loads((files(__package__) / "data" / f"{language}.toml").read_text("utf-8"))
