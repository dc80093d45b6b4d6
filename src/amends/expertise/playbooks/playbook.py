"""Playbooks are data: a folder of TOML files, one per language.

All but the first hold only what differs from it.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from typing import Any

STEPS = ("hear", "empathize", "apologize", "resolve", "diagnose")
# In the order in which one is chosen; what another lacks, the first has.
BOOKS = ("heard", "late", "charge", "regulated")


@dataclass(frozen=True)
class Card:
    """A training card in the six sections of R101."""

    description: str
    goals: tuple[str, ...]
    skill: str
    sources: tuple[str, ...]
    apply: tuple[str, ...]
    learned: tuple[str, ...]


@dataclass(frozen=True)
class Step:
    key: str
    name: str
    hint: str
    card: Card


@dataclass(frozen=True)
class Playbook:
    title: str
    steps: tuple[Step, ...]
    next_texts: dict[str, str]

    def step(self, key: str) -> Step:
        """Return the step with the key; KeyError if the playbook has none."""
        found = next((step for step in self.steps if step.key == key), None)
        if found is None:
            raise KeyError(key)
        return found

    @property
    def words(self) -> dict[str, str]:
        """Return all words that a house may change, each with its key."""
        steps: dict[str, str] = {}
        for step in self.steps:
            steps |= {f"{step.key}_name": step.name, f"{step.key}_hint": step.hint}
        following = {f"next_{key}": text for key, text in self.next_texts.items()}
        return {"title": self.title, **steps, **following}

    def reworded(self, words: Mapping[str, str]) -> "Playbook":
        """Return it with other words under some keys; a key that it hasn't changes nothing."""
        new = {**self.words, **words}
        return Playbook(
            title=new["title"],
            steps=tuple(
                replace(step, name=new[f"{step.key}_name"], hint=new[f"{step.key}_hint"])
                for step in self.steps
            ),
            next_texts={key: new[f"next_{key}"] for key in self.next_texts},
        )


@cache
def playbook(language: str, name: str = BOOKS[0]) -> Playbook:
    """Return the playbook in the language (en, pl, ru, sk).

    Args:
        language: the two-letter code; a language that the playbook lacks raises FileNotFoundError.
        name: the folder of the playbook, one of BOOKS.
    """
    data = _read(BOOKS[0], language)
    if name != BOOKS[0]:
        data = _over(data, _read(name, language))
    return Playbook(
        title=data["title"],
        steps=tuple(_step(key, data["step"][key]) for key in STEPS),
        next_texts={key: entry["text"] for key, entry in data["next"].items()},
    )


def _read(name: str, language: str) -> dict[str, Any]:
    source = files("amends.expertise.playbooks") / name / f"{language}.toml"
    return tomllib.loads(source.read_text(encoding="utf-8"))


def _over(below: dict[str, Any], above: dict[str, Any]) -> dict[str, Any]:
    both = {**below, **above}
    for key, inside in above.items():
        if isinstance(inside, dict) and key in below:
            both[key] = _over(below[key], inside)
    return both


def _step(key: str, data: dict[str, object]) -> Step:
    card = data["card"]
    assert isinstance(card, dict)  # noqa: S101 -- the shape of the file, checked by its test
    lists = {part: tuple(card[part]) for part in ("goals", "sources", "apply", "learned")}
    return Step(
        key=key,
        name=str(data["name"]),
        hint=str(data["hint"]),
        card=Card(description=card["description"], skill=card["skill"], **lists),
    )
