"""Builds the letter-group tables of expertise/language: python score/build_profiles.py

From installed packages only: the translations of Django (BSD-3-Clause) and allauth (MIT) give
running text, simplemma's word lists (MIT) the breadth of inflected forms. What is kept are
frequencies of letter groups; no word or sentence can be read back from them.
"""

import gettext
import math
import re
from collections import Counter
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

from simplemma.strategies.dictionaries.dictionary_factory import DEFAULT_DICTIONARY_FACTORY

from amends.expertise.language import identify
from amends.expertise.language.words import fold, spelling, words

TARGET = Path(identify.__file__).with_name("profiles.txt")
OTHERS = ("fr", "es", "it", "pt", "nl", "ro", "lt", "sv", "fi", "tr")
LATIN = ("en", "pl", "sk", "cs", "de", "sl", "hr", "hu", *OTHERS)
CYRILLIC = ("ru", "uk", "be", "bg", "sr", "mk")
KEPT = {"latin": 6500, "ascii": 5500, "cyrillic": 9000}
LISTS = {"hr": "hbs", "sr": None, "be": None}
LISTED_WORDS = 20_000
WEIGHT_OF_LISTS = 1.0
UNSEEN = 0.5
RAREST = 2
CLOSE = (
    *(("sk", "cs"), ("sk", "sl"), ("hr", "sl"), ("en", "fr")),
    *(("ru", "uk"), ("ru", "be"), ("ru", "bg"), ("uk", "be"), ("bg", "mk")),
)
WEIGHT_OF_CLOSE = 1.5
ROOM_FOR_UNSEEN = 1500
_MARKUP = re.compile(r"%\(\w+\)\w|%\w|\{[^}]*\}|<[^>]+>|\S*(?:://|@)\S*|&\w+;|\S*\d\S*")
_CYRILLIC_LETTER = re.compile("[\u0400-\u052f]")


class Shares(NamedTuple):
    """How common each letter group is in a language."""

    seen: dict[str, float]
    unseen: float


def main() -> None:
    """Write the three tables."""
    lines = ["# Made by score/build_profiles.py; see there for the sources."]
    for name, languages in (("latin", LATIN), ("ascii", LATIN), ("cyrillic", CYRILLIC)):
        shares = {code: shares_of_groups(count_groups(code, name)) for code in languages}
        lines += [f"table {name} {' '.join(languages)}", *table(shares, KEPT[name])]
    TARGET.write_text("\n".join(lines) + "\n", "utf-8")


def count_groups(code: str, table_name: str) -> Counter[str]:
    """The letter groups of a language: those of running text, and of its word list."""
    running = group_frequencies(Counter(running_text(code)), table_name)
    listed = group_frequencies(Counter(listed_words(code)), table_name)
    scale = WEIGHT_OF_LISTS * running.total() / max(listed.total(), 1)
    return running + Counter({group: count * scale for group, count in listed.items()})


def group_frequencies(counted: Counter[str], table_name: str) -> Counter[str]:
    """Counts of groups; in the table for any Latin text, diacritics are missing now and then."""
    found: Counter[str] = Counter()
    for word, count in counted.items():
        damped = count**0.8
        for spelt, share in shares(word, table_name):
            for group in identify.groups(spelt):
                found[group] += damped * share
    return found


def shares(word: str, table_name: str) -> list[tuple[str, float]]:
    """The spellings of a word that a table counts, and how often each."""
    if table_name == "cyrillic":
        return [(word, 0.8), (word.replace("ё", "е"), 0.2)]
    return [(fold(word), 1.0)] if table_name == "ascii" else [(word, 0.8), (fold(word), 0.2)]


def running_text(code: str) -> Iterator[str]:
    """The words of all translations of a language, in lower case."""
    for message in sorted(messages(code)):
        for word in words(_MARKUP.sub(" ", message)):
            yield spelling(word.text)


def messages(code: str) -> set[str]:
    """Translated messages; English is what they are translated from."""
    found: set[str] = set()
    for package in ("django", "allauth"):
        (root,) = find_spec(package).submodule_search_locations  # type: ignore[union-attr,misc]
        for path in Path(root).rglob(f"locale/{'pl' if code == 'en' else code}/*/*.mo"):
            with path.open("rb") as opened:
                catalog = gettext.GNUTranslations(opened)._catalog  # type: ignore[attr-defined]  # noqa: SLF001
            for source, translated in catalog.items():
                original = source[0] if isinstance(source, tuple) else source
                found.add((original if code == "en" else translated).split("\x04")[-1])
    return found - {""}


def listed_words(code: str) -> list[str]:
    """An even selection of a language's word list; none for a language without."""
    listed = LISTS.get(code, code)
    if listed is None:
        return []
    of_script = [
        word.lower()
        for word in DEFAULT_DICTIONARY_FACTORY.get_dictionary(listed)
        if word.isalpha() and bool(_CYRILLIC_LETTER.match(word)) == (code in CYRILLIC)
    ]
    return sorted(of_script)[:: max(len(of_script) // LISTED_WORDS, 1)]


def shares_of_groups(counted: Counter[str]) -> Shares:
    """The share of each group among those of its length, and that of an unseen one."""
    of_length: Counter[int] = Counter()
    for group, seen in counted.items():
        of_length[len(group)] += seen
    room = {n: total + UNSEEN * ROOM_FOR_UNSEEN for n, total in of_length.items()}
    seen_often = {group: seen for group, seen in counted.items() if seen >= RAREST}
    return Shares(
        {group: (seen + UNSEEN) / room[len(group)] for group, seen in seen_often.items()},
        UNSEEN / max(room.values()),
    )


def table(shares: dict[str, Shares], kept: int) -> list[str]:
    """The groups that tell most, each with one letter of score per language."""
    scored = {}
    close = [pair for pair in CLOSE if pair[0] in shares]
    for group in {group for share in shares.values() for group in share.seen}:
        parts = {code: share.seen.get(group, share.unseen) for code, share in shares.items()}
        mean = sum(parts.values()) / len(parts)
        gain = sum(part * abs(math.log(part / mean)) for part in parts.values())
        gain += sum(telling(parts[one], parts[other]) for one, other in close)
        said = "".join(letter(math.log(part / mean)) for part in parts.values())
        scored[group] = (gain, said)
    best = sorted(scored, key=lambda group: (-scored[group][0], group))[:kept]
    return [f"{group} {scored[group][1]}" for group in sorted(best)]


def telling(one: float, other: float) -> float:
    """How much a group tells two languages apart."""
    return WEIGHT_OF_CLOSE * (one + other) * abs(math.log(one / other))


def letter(score: float) -> str:
    """A score as one letter, as identify reads it."""
    steps = round((score + identify.FURTHEST) * identify.STEPS_PER_UNIT)
    highest = 2 * identify.FURTHEST * identify.STEPS_PER_UNIT
    return chr(ord(identify.LOWEST_LETTER) + min(max(steps, 0), highest))


if __name__ == "__main__":
    main()
