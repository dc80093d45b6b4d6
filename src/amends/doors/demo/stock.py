"""What the demo's history is made of: people and words in four languages, as data."""

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from random import Random
from typing import Any

LANGUAGES = ("pl", "sk", "ru", "en")


@dataclass(frozen=True)
class Stock:
    """All that one language has; lists of tables as the files hold them."""

    language: str
    first_names: list[dict[str, str]]
    last_names: list[dict[str, str]]
    complaints: list[dict[str, Any]]
    replies: dict[str, list[dict[str, str]]]
    questions: list[dict[str, str]]
    thanks: list[dict[str, str]]
    bulk: list[dict[str, str]]
    yes_words: list[str]
    no_words: list[str]
    followups: list[str]
    notes: list[str]
    products: list[dict[str, Any]]


@dataclass
class Invented:
    """A customer of the history: name, and how one addresses them."""

    name: str
    gender: str
    vocative: str


@cache
def stock(language: str) -> Stock:
    people = _read(_company() / "people" / f"{language}.toml")
    merged: dict[str, list[Any]] = {}
    folder = _company() / "history"
    for file in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if file.name.split(".")[0].split("-")[0] == language:
            for key, rows in _read(file).items():
                merged.setdefault(key, []).extend(rows)
    replies: dict[str, list[dict[str, str]]] = {}
    for reply in merged["reply"]:
        replies.setdefault(reply["topic"], []).append(reply)
    return Stock(
        language=language,
        first_names=people["first_names"],
        last_names=people["last_names"],
        complaints=merged["complaint"],
        replies=replies,
        questions=merged["question"],
        thanks=merged["thanks"],
        bulk=merged["bulk"],
        yes_words=merged["yes_words"],
        no_words=merged["no_words"],
        followups=merged["followups"],
        notes=merged["notes"],
        products=merged["products"],
    )


def invent_customer(language: str, draw: Random) -> Invented:
    words = stock(language)
    first, last = draw.choice(words.first_names), draw.choice(words.last_names)
    return Invented(
        name=f"{first['name']} {last[first['gender']]}",
        gender=first["gender"],
        vocative=first["vocative"],
    )


def stories() -> list[dict[str, Any]]:
    """Return the hero stories, each with its language and its name."""
    found = []
    for language in LANGUAGES:
        folder = _company() / "stories" / language
        for file in sorted(folder.iterdir(), key=lambda entry: entry.name):
            name = file.name.removesuffix(".toml")
            found.append({**_read(file), "language": language, "slug": f"{language}-{name}"})
    return found


def _company() -> Traversable:
    return files("amends.doors.demo") / "company"


def _read(file: Traversable) -> dict[str, Any]:
    return tomllib.loads(file.read_text(encoding="utf-8"))
