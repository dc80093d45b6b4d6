"""The scenes of "Watch a complaint saved", as data: what is said and shown, in each language."""

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

LANGUAGES = ("en", "pl", "ru", "sk")

# What each half shows in a scene: on the desk My day or the case, on the phone mail or the page.
_SHOWS = {
    "arrives": ("my_day", "mail"),
    "decided": ("case", "mail"),
    "answered": ("case", "mail"),
    "promised": ("case", "page"),
    "asked": ("case", "mail"),
    "not_solved": ("my_day", "page"),
    "second_try": ("case", "mail"),
    "solved": ("case", "page"),
    "learned": ("case", "page"),
}
_PHONE_FIRST = {"promised", "asked", "not_solved", "solved"}


@dataclass(frozen=True)
class Scene:
    """One step of the tour: what the strip says, and what is to be seen on either side.

    `say_behind` is said instead where another case stands before this one in My day.
    """

    key: str
    title: str
    say: str
    desk: str
    phone: str
    on_phone: bool
    say_behind: str


@dataclass(frozen=True)
class Script:
    """The tour in one language."""

    language: str
    scenes: tuple[Scene, ...]
    told: dict[str, Any]

    def scene(self, number: int) -> Scene:
        return self.scenes[max(0, min(number, len(self.scenes) - 1))]

    @property
    def customers(self) -> list[dict[str, str]]:
        return list(self.told["customer"])


@cache
def script(language: str) -> Script:
    """Return the tour in the language, in English where it isn't told in that one."""
    spoken = language if language in LANGUAGES else "en"
    file = files("amends.doors.demo") / "company" / "tour" / f"{spoken}.toml"
    told = tomllib.loads(file.read_text(encoding="utf-8"))
    return Script(spoken, tuple(_scene(row) for row in told["scene"]), told)


def _scene(row: dict[str, str]) -> Scene:
    desk, phone = _SHOWS[row["key"]]
    on_phone = row["key"] in _PHONE_FIRST
    return Scene(
        row["key"], row["title"], row["say"], desk, phone, on_phone, row.get("say_behind", "")
    )
