"""Playbooks are data: a folder of TOML files, one per language."""

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

STEPS = ("hear", "empathize", "apologize", "resolve", "diagnose")


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


@cache
def playbook(language: str, name: str = "heard") -> Playbook:
    """Return the playbook in the language (en, pl, ru, sk).

    Args:
        language: the two-letter code; a language that the playbook lacks raises FileNotFoundError.
        name: the folder of the playbook.
    """
    source = files("amends.expertise.playbooks") / name / f"{language}.toml"
    data = tomllib.loads(source.read_text(encoding="utf-8"))
    return Playbook(
        title=data["title"],
        steps=tuple(_step(key, data["step"][key]) for key in STEPS),
        next_texts={key: entry["text"] for key, entry in data["next"].items()},
    )


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
