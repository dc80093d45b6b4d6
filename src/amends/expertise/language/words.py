"""Words of a text with exact places, folded and in their dictionary form."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from simplemma import Lemmatizer
from simplemma.strategies import DefaultStrategy

LANGUAGES = ("en", "pl", "ru", "sk")

# A longer run of letters is no word (base64, a pasted key) and would bloat the index.
LONGEST_TOKEN = 64
LONGEST_QUERY = 16
SHORTEST_PREFIX = 3
SHORTEST_STEM = 5

_APOSTROPHES = "'\u2019\u2018\u02bc\u0060\u00b4\u2032"
_INSIDE = "\u0300-\u036f\u00ad\u200b-\u200d\u2060\ufeff"
# Neither pattern ever fails after its first letter, so both stay linear on any input.
_WORD = re.compile(rf"[^\W_](?:[^\W_]|[{_INSIDE}]|[{_APOSTROPHES}](?=[^\W_]))*")
_CHAIN = re.compile(rf"{_WORD.pattern}(?:[-._/@+,\u2010\u2011]{_WORD.pattern})*")
_JOINERS = "-._/@+"
_VOWELS = "aeiouyаеиоуыэюяіїє"
_LETTERS_WITHOUT_PARTS = {
    "ł": "l",
    "đ": "d",
    "ø": "o",
    "ı": "i",
    "æ": "ae",
    "œ": "oe",
    "ð": "d",
    "þ": "th",
    "ё": "е",
    "\u2010": "-",
    "\u2011": "-",
    **dict.fromkeys(_APOSTROPHES, "'"),
}


@dataclass(frozen=True, slots=True)
class Word:
    """A word as it stands in a text: ``text[start:end]``, and the same folded."""

    text: str
    start: int
    end: int
    folded: str


@dataclass(frozen=True, slots=True)
class Alternatives:
    """One term of a query: any of the `lemmas`, or whatever begins with `prefix`."""

    lemmas: tuple[str, ...]
    prefix: str | None


class _Folding(dict[int, str]):
    def __missing__(self, point: int) -> str:
        self[point] = folded = _fold_letter(chr(point))
        return folded


def _fold_letter(letter: str) -> str:
    if letter in _LETTERS_WITHOUT_PARTS:
        return _LETTERS_WITHOUT_PARTS[letter]
    if unicodedata.category(letter) in ("Mn", "Cf"):
        return ""
    # й, ї and ў are letters of their own, which nobody leaves out when typing in a hurry.
    if "\u0400" <= letter <= "\u052f":
        return letter
    parts = unicodedata.normalize("NFKD", letter)
    plain = "".join(part for part in parts if not unicodedata.combining(part)).casefold()
    return "".join(_LETTERS_WITHOUT_PARTS.get(part, part) for part in plain)


_FOLDING = _Folding()


def fold(text: str) -> str:
    """`text` without case, diacritics, soft hyphens and typographic variants.

    Polish ł becomes l and Russian ё becomes е; й stays й. Folding twice changes nothing.
    """
    return unicodedata.normalize("NFC", text).casefold().translate(_FOLDING)


def words(text: str) -> list[Word]:
    """The words and numbers of `text` in order, each with its exact place.

    Hyphens part words; apostrophes and soft hyphens inside a word do not.
    """
    return [
        Word(found.group(), found.start(), found.end(), fold(found.group()))
        for found in _WORD.finditer(text)
    ]


def lemma(word: str, language: str) -> str:
    """The folded dictionary form of `word`.

    For a language without a dictionary here it is the folded word itself. The first word of
    a language loads its dictionary (Polish: 1.4 s), later ones take some microseconds.

    Source: simplemma's word lists and rules, in their low-memory form.
    """
    if language not in LANGUAGES or not word:
        return fold(word)
    return fold(_lemmatizer().lemmatize(spelling(word), language))


@cache
def _lemmatizer() -> Lemmatizer:
    strategy = DefaultStrategy(low_memory=True)
    return Lemmatizer(cache_max_size=16384, lemmatization_strategy=strategy)


def spelling(word: str) -> str:
    """`word` as a dictionary would list it: lower case, with diacritics, nothing invisible."""
    if word.isascii():
        return word.lower().replace("`", "'")
    lowered = unicodedata.normalize("NFC", word).lower()
    shown = (letter for letter in lowered if unicodedata.category(letter) != "Cf")
    return "".join("'" if letter in _APOSTROPHES else letter for letter in shown)


def spellings(text: str) -> Iterator[str]:
    """The spelling of each word of `text`, in order, for who needs neither place nor folding."""
    return (spelling(found.group()) for found in _WORD.finditer(text))


def analyse(text: str, language: str | None) -> list[str]:
    """The tokens under which `text` can be found, each once, in order of appearance.

    For each word its folded dictionary form and its folded self; numbers, order ids, mail
    addresses and references such as AM-7K3F9 whole as well as in parts. Tokens hold letters,
    digits and ``- . _ / @ +`` only, and at most 64 characters.
    """
    tokens: dict[str, None] = {}
    for found in _CHAIN.finditer(text):
        for word in words(found.group()):
            tokens.update(dict.fromkeys(_parts(word.folded)))
            if language:
                tokens.update(dict.fromkeys(_parts(lemma(word.text, language))))
        if whole := _reference(found.group()):
            tokens[whole] = None
    return [token[:LONGEST_TOKEN] for token in tokens]


def _parts(form: str) -> list[str]:
    """A name with an apostrophe is found without it too, and by its longer part."""
    pieces = [piece for piece in re.split(r"[\W_]+", form) if piece]
    whole = "".join(pieces)
    return [whole, *(piece for piece in pieces if 1 < len(piece) < len(whole))] if whole else []


def _reference(chain: str) -> str | None:
    """The whole of an id, amount or address; None for words that merely touch."""
    # A single letter can fold into several, such as (1), and with marks that no token may hold.
    folded = fold(chain).replace(",", ".")
    whole = "".join(letter for letter in folded if letter.isalnum() or letter in _JOINERS)
    if whole.isalnum() or not any(letter.isdigit() or letter == "@" for letter in whole):
        return None
    return whole


def query_terms(text: str, language: str | None = None) -> list[Alternatives]:
    """What a query looks for; every term has to be met, by a lemma or by a beginning.

    Without a `language` the dictionary forms of all four are alternatives. A longer word
    loses its last vowels for the beginning, which also finds forms typed without their
    diacritics, unknown to any dictionary. At most 16 terms are read.
    """
    terms: dict[Alternatives, None] = {}
    for found in _CHAIN.finditer(text):
        if whole := _reference(found.group()):
            terms[Alternatives((whole[:LONGEST_TOKEN],), whole[:LONGEST_TOKEN])] = None
        else:
            found_terms = (_term(word, language) for word in words(found.group()))
            terms.update((term, None) for term in found_terms if term)
        if len(terms) >= LONGEST_QUERY:
            break
    return list(terms)[:LONGEST_QUERY]


def _term(word: Word, language: str | None) -> Alternatives | None:
    languages = (language,) if language else _languages_written_like(word.folded)
    forms = [word.folded, *(lemma(word.text, code) for code in languages)]
    lemmas = dict.fromkeys(part[:LONGEST_TOKEN] for form in forms for part in _parts(form)[:1])
    if not lemmas:
        return None
    surface = next(iter(lemmas))
    stem = surface.rstrip(_VOWELS)
    prefix = stem if len(stem) >= SHORTEST_STEM else surface
    return Alternatives(tuple(lemmas), prefix if len(prefix) >= SHORTEST_PREFIX else None)


def _languages_written_like(folded: str) -> tuple[str, ...]:
    if any("\u0400" <= letter <= "\u052f" for letter in folded):
        return ("ru",)
    return ("en", "pl", "sk") if folded.isascii() and folded.isalpha() else ()
