"""Which language a text is in, by its letters, its small words and its letter groups."""

import re
import tomllib
from collections import Counter
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from itertools import islice
from operator import itemgetter

from amends.expertise.language.words import LANGUAGES, fold, spellings

NEIGHBOURS = ("cs", "uk", "de", "be", "bg", "sl", "hr", "hu")

LONGEST_GROUP = 5
# Scores are stored as one letter each, in steps of a quarter between -6 and 6.
STEPS_PER_UNIT = 4
FURTHEST = 6
LOWEST_LETTER = "0"

# Tuned on one half of lingua's test data (30 % of it), checked on the other: score/language.py.
_ENOUGH_WORDS = 250
_LONGEST_WORD = 60
_FEWEST_LETTERS = 3
_GROUPS_COUNT = 0.5
_WORD_COUNTS = 3.0
_WORD_WITHOUT_DIACRITICS_COUNTS = 2.0
_FOREIGN_LETTER_COSTS = 4.0
_OWN_LANGUAGE_IS_LIKELIER = 3.0
_SURE_LEAD = 1.25
_FEW_WORDS_ADD = 3.0
_POOREST_FIT = -1.5

_CYRILLIC = re.compile("[\u0400-\u052f]")
_NO_LANGUAGE = re.compile(r"\S*(?:@|://|www\.)\S*|\S*\d\S*")


@dataclass(frozen=True, slots=True)
class _Table:
    """How much each letter group speaks for each of `languages`."""

    languages: tuple[str, ...]
    scores: dict[str, tuple[float, ...]]


@dataclass(frozen=True, slots=True)
class _Evidence:
    letters: frozenset[str]
    words: frozenset[str]
    folded_words: frozenset[str]


def identify(text: str) -> str | None:
    """The language of `text`: en, pl, ru, sk, the code of a neighbour, or None when unsure.

    Addresses, links and whatever holds a digit are left out, and the first 250 words are
    enough. Texts in two languages get the one with more evidence. Diacritics may be missing.

    Source: naive Bayes over letter groups (Cavnar and Trenkle 1994; Dunning 1994) with
    hand-written evidence; the tables are made by score/build_profiles.py.
    """
    spelt = _words_of_one_script(text)
    if sum(map(len, spelt)) < _FEWEST_LETTERS:
        return None
    totals = _totals(_table_for(spelt), Counter(spelt))
    (best, lead), (_, second) = sorted(totals.items(), key=itemgetter(1), reverse=True)[:2]
    sure_lead = _SURE_LEAD + _FEW_WORDS_ADD / len(spelt) ** 2
    if best not in LANGUAGES + NEIGHBOURS or lead - second < sure_lead:
        return None
    return best if lead / len(spelt) > _POOREST_FIT else None


def groups(word: str) -> list[str]:
    """The groups of one to five letters of `word`, whose ends count as letters."""
    bounded = f"_{word}_"
    found = list(word)
    for length in range(2, LONGEST_GROUP + 1):
        found += [bounded[at : at + length] for at in range(len(bounded) - length + 1)]
    return found


def _words_of_one_script(text: str) -> list[str]:
    cleaned = _NO_LANGUAGE.sub(" ", text)
    spelt = [word[:_LONGEST_WORD] for word in islice(spellings(cleaned), _ENOUGH_WORDS)]
    cyrillic = [word for word in spelt if _CYRILLIC.match(word)]
    if 2 * len(cyrillic) > len(spelt):
        return cyrillic
    return [word for word in spelt if not _CYRILLIC.match(word)] if cyrillic else spelt


def _table_for(spelt: list[str]) -> str:
    if _CYRILLIC.match(spelt[0]):
        return "cyrillic"
    return "ascii" if all(word.isascii() for word in spelt) else "latin"


def _totals(name: str, counted: Counter[str]) -> dict[str, float]:
    languages = _tables()[name].languages
    totals = [_OWN_LANGUAGE_IS_LIKELIER * (code in LANGUAGES) for code in languages]
    for word, times in counted.items():
        for at, said in enumerate(_says(name, word)):
            totals[at] += times * said
    return dict(zip(languages, totals, strict=True))


# Half of the words of a letter are words of every letter.
@lru_cache(maxsize=8192)
def _says(name: str, word: str) -> tuple[float, ...]:
    """How much a word speaks for each of the table's languages."""
    table = _tables()[name]
    said = [0.0] * len(table.languages)
    for group in groups(word):
        for at, score in enumerate(table.scores.get(group, ())):
            said[at] += _GROUPS_COUNT * score
    for at, code in enumerate(table.languages):
        if evidence := _evidence().get(code):
            said[at] += _weigh(word, evidence)
    return tuple(said)


def _weigh(word: str, evidence: _Evidence) -> float:
    weight = -_FOREIGN_LETTER_COSTS * len(set(word) - evidence.letters)
    if word in evidence.words:
        return weight + _WORD_COUNTS
    return weight + _WORD_WITHOUT_DIACRITICS_COUNTS * (word in evidence.folded_words)


@cache
def _evidence() -> dict[str, _Evidence]:
    written = tomllib.loads((files(__package__) / "evidence.toml").read_text("utf-8"))
    return {
        code: _Evidence(
            frozenset(said["letters"] + "'"),
            frozenset(said["words"].split()),
            frozenset(fold(said["words"]).split()),
        )
        for code, said in written.items()
    }


@cache
def _tables() -> dict[str, _Table]:
    tables: dict[str, _Table] = {}
    scores: dict[str, tuple[float, ...]] = {}
    for line in (files(__package__) / "profiles.txt").read_text("utf-8").splitlines():
        group, _, said = line.partition(" ")
        if group == "table":
            name, *languages = said.split()
            tables[name] = _Table(tuple(languages), scores := {})
        elif group != "#":
            scores[group] = tuple(map(_score, said))
    return tables


@cache
def _score(letter: str) -> float:
    return (ord(letter) - ord(LOWEST_LETTER)) / STEPS_PER_UNIT - FURTHEST
