"""What somebody is called in a greeting, read from the name as it came in with a mail."""

import re
import tomllib
from functools import cache
from importlib.resources import files

_WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")
_MOST_WORDS = 4


def called(name: str, manner: str) -> str:
    """Return the full name or the first, by the manner; nothing where it is no person's name.

    A sender may be called "info", "ACME 24" or an address: a neutral greeting is right for them.
    """
    words = name.split()
    if not 1 <= len(words) <= _MOST_WORDS or not all(map(_is_a_name, words)):
        return ""
    if manner == "first_name":
        return words[0]
    return " ".join(words) if manner == "formal" and len(words) > 1 else ""


def _is_a_name(word: str) -> bool:
    written = _WORD.fullmatch(word) and word[0].isupper() and not word.isupper()
    return bool(written) and word.casefold() not in _no_names()


@cache
def _no_names() -> frozenset[str]:
    told = files("amends.expertise.language").joinpath("no_names.toml").read_text("utf-8")
    return frozenset(word for words in tomllib.loads(told).values() for word in words)
