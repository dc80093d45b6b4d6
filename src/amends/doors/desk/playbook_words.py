"""What was changed about the playbooks, as sentences."""

from collections.abc import Callable
from typing import Any

from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from amends.records.house import knowledge

_LONGEST = 90
EVENTS_OF_BOOKS = {
    "playbook_worded": gettext_lazy("Words of a playbook changed"),
    "playbook_usual": gettext_lazy("Another playbook is the usual one"),
    "playbook_added": gettext_lazy("Playbook added"),
    "playbook_retired": gettext_lazy("Playbook retired"),
    "playbook_taken_up": gettext_lazy("Playbook taken up again"),
}


def beginning(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= _LONGEST else f"{words[:_LONGEST]}…"


def _worded(said: dict[str, Any]) -> tuple[str, str, str]:
    about = f"{_name(said['book'], said['name'])} · {said['language']}"
    old, new = said["old"], said["new"]
    original = knowledge.playbook(said["language"], said["base"] or said["book"]).words
    changed = [name for name in original if old.get(name) != new.get(name)]
    told = (
        beginning("; ".join(words.get(name, original[name]) for name in changed))
        for words in (old, new)
    )
    return about, *told  # type: ignore[return-value]


def _usual(said: dict[str, Any]) -> tuple[str, str, str]:
    old, new = said["names"]
    return _("The usual playbook"), _name(said["old"], old), _name(said["new"], new)


def _name(key: str, said: str) -> str:
    """Return the name that the house gave it then, else the program's in the reader's language."""
    if said or key not in knowledge.BOOKS:
        return said
    return knowledge.playbook(get_language() or knowledge.LANGUAGES[0], key).title


ROWS_OF_BOOKS: dict[str, Callable[[dict[str, Any]], tuple[str, str, str]]] = {
    "playbook_worded": _worded,
    "playbook_usual": _usual,
    "playbook_added": lambda said: (_("Playbook added"), "", said["new"]),
    "playbook_retired": lambda said: (_("Playbook retired"), _name(said["book"], said["name"]), ""),
    "playbook_taken_up": lambda said: (
        _("Playbook taken up again"), "", _name(said["book"], said["name"]),
    ),
}  # fmt: skip
