"""What the writing desk takes from expertise, and the example that previews are filled with."""

import tomllib
from functools import cache
from importlib.resources import files

from amends.expertise.correspondence.attachments import safe_name

__all__ = ["example", "safe_name"]


@cache
def example(language: str) -> dict[str, str]:
    """Return an invented customer of that language: name, vocative, surname, goal, promise."""
    source = files("amends.records.writing") / "example.toml"
    people: dict[str, dict[str, str]] = tomllib.loads(source.read_text(encoding="utf-8"))
    return people[language]
