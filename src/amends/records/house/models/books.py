"""Setting the playbooks: their words in each language, and which one is the usual."""

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, cast

from django.db import transaction

from amends.ground.events.models import Actor, Event, record
from amends.records.house import knowledge

from .book import HouseBook

if TYPE_CHECKING:
    from .house import House

LONGEST_TITLE = 60
# What the rail shows in one line on a phone, and what fits below it.
LONGEST_NAME = 24
LONGEST_LINE = 160


class NoSuchBook(Exception):
    """There is no playbook with this key."""


class NoSuchWords(Exception):
    """The playbook has no words under this key."""


class Playbooks:
    """A trait of House."""

    def word_book(
        self, key: str, language: str, words: Mapping[str, str], *, by: Actor, at: datetime
    ) -> bool:
        """Say a playbook in the house's own words; what is empty is said as it was shipped.

        Raises NoSuchBook or NoSuchWords; returns whether anything differs from before.
        """
        original = original_words(key, language)
        if unknown := set(words) - set(original):
            raise NoSuchWords(", ".join(sorted(unknown)))
        own = {name: _cut(name, text) for name, text in words.items()}
        own = {name: text for name, text in own.items() if text and text != original[name]}
        house = cast("House", self)
        house._has_a_row()
        with transaction.atomic():
            row, _new = HouseBook.objects.select_for_update().get_or_create(key=key)
            old = row.words.get(language, {})
            if own == old:
                return False
            row.words = {**row.words, language: own}
            row.save(update_fields=["words"])
            record("playbook_worded", thread=house.id, by=by, at=at, book=key,
                   language=language, old=old, new=own)  # fmt: skip
        return True

    def make_usual(self, key: str, *, by: Actor, at: datetime) -> bool:
        """Give complaints this playbook unless another is chosen for them; NoSuchBook."""
        if key not in knowledge.BOOKS:
            raise NoSuchBook(key)
        house = cast("House", self)
        house._has_a_row()
        with transaction.atomic():
            HouseBook.objects.get_or_create(key=key)
            before = usual_key()
            if key == before:
                return False
            HouseBook.objects.filter(is_usual=True).update(is_usual=False)
            HouseBook.objects.filter(key=key).update(is_usual=True)
            record("playbook_usual", thread=house.id, by=by, at=at, old=before, new=key)
        return True

    def undo_book_change(self, event: Event, *, by: Actor, at: datetime) -> None:
        said = event.data
        if event.verb == "playbook_usual":
            self.make_usual(said["old"], by=by, at=at)
        else:
            self.word_book(said["book"], said["language"], said["old"], by=by, at=at)

    def book_still_so(self, event: Event) -> bool:
        said = event.data
        if event.verb == "playbook_usual":
            return bool(usual_key() == said["new"])
        row = HouseBook.objects.filter(key=said["book"]).first()
        return bool(row and row.words.get(said["language"], {}) == said["new"])


def original_words(key: str, language: str) -> dict[str, str]:
    """Return the words that come with the program, by key; NoSuchBook."""
    if key not in knowledge.BOOKS or language not in knowledge.LANGUAGES:
        raise NoSuchBook(key)
    return knowledge.playbook(language, key).words


def longest(name: str) -> int:
    """Return how long the words under a key may be."""
    if name == "title":
        return LONGEST_TITLE
    return LONGEST_NAME if name.endswith("_name") else LONGEST_LINE


def usual_key() -> str:
    row = HouseBook.objects.filter(is_usual=True).first()
    return row.key if row else knowledge.BOOKS[0]


def _cut(name: str, text: str) -> str:
    return " ".join(text.split())[: longest(name)].rstrip()
