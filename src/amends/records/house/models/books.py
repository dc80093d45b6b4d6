"""Setting the playbooks: their words, the usual one, those that the house adds or retires."""

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, cast

from django.db import transaction

from amends.ground.events.models import Actor, Event, record
from amends.ground.keys import uuid7
from amends.records.house import knowledge

from .book import HouseBook

if TYPE_CHECKING:
    from .house import House

LONGEST_TITLE = 60
# What the rail shows in one line on a phone, what it shows as next, and what stands below it.
LONGEST_NAME = 24
LONGEST_NEXT = 90
LONGEST_HINT = 160


class BookRefused(Exception):
    """A change of the playbooks that can't be."""


class NoSuchBook(BookRefused):
    """There is no playbook with this key, or not in this language."""


class NoSuchWords(BookRefused):
    """The playbook has no words under this key."""


class NoTitle(BookRefused):
    """A playbook without a name could not be chosen."""


class UsualStays(BookRefused):
    """The usual playbook can't be retired, and a retired one can't be the usual."""


class Playbooks:
    """A trait of House."""

    def word_book(
        self, key: str, language: str, words: Mapping[str, str], *, by: Actor, at: datetime
    ) -> bool:
        """Say a playbook in the house's own words; what is empty is said as it was shipped.

        Raises NoSuchBook or NoSuchWords; returns whether anything differs from before.
        """
        house = cast("House", self)
        with transaction.atomic():
            row = _row(key, language)
            if unknown := set(words) - set(row.original_words(language)):
                raise NoSuchWords(", ".join(sorted(unknown)))
            typed = {name: _cut(name, text) for name, text in words.items()}
            old, own = row.words.get(language, {}), row.own_words(typed, language)
            if own == old:
                return False
            row.words = {**row.words, language: own}
            row.save()
            house._has_a_row()
            record("playbook_worded", thread=house.id, by=by, at=at, book=key, base=row.base,
                   language=language, name=row.title(language), old=old, new=own)  # fmt: skip
        return True

    def make_usual(self, key: str, *, by: Actor, at: datetime) -> bool:
        """Give complaints this playbook unless another is chosen; NoSuchBook, UsualStays."""
        house = cast("House", self)
        with transaction.atomic():
            row, before = _row(key), usual_key()
            if row.retired_at:
                raise UsualStays(key)
            if key == before:
                return False
            was = _row(before)
            HouseBook.objects.filter(is_usual=True).update(is_usual=False)
            row.is_usual = True
            row.save()
            names = [one.title(house.language) for one in (was, row)]
            house._has_a_row()
            record("playbook_usual", thread=house.id, by=by, at=at, old=before, new=key,
                   names=names)  # fmt: skip
        return True

    def add_book(
        self, title: str, *, language: str, like: str, by: Actor, at: datetime
    ) -> HouseBook:
        """Add a playbook that begins with the words of another; NoTitle, NoSuchBook."""
        house, title = cast("House", self), _cut("title", title)
        if not title:
            raise NoTitle
        with transaction.atomic():
            model = _row(like, language)
            # The tail of the key is drawn by lot; its head only tells the time.
            row = HouseBook(key=f"own-{uuid7().hex[-16:]}", base=model.base or model.key)
            for code, words in model.words.items():
                row.words[code] = {name: text for name, text in words.items() if name != "title"}
            row.words.setdefault(language, {})["title"] = title
            row.save()
            house._has_a_row()
            record("playbook_added", thread=house.id, by=by, at=at, book=row.key, new=title)
        return row

    def retire_book(self, key: str, *, by: Actor, at: datetime) -> bool:
        """Offer it for no more complaints; those that have it keep it. UsualStays, NoSuchBook."""
        if key == usual_key():
            raise UsualStays(key)
        return self._retire(key, at, verb="playbook_retired", by=by, at=at)

    def take_up_book(self, key: str, *, by: Actor, at: datetime) -> bool:
        """Offer a retired playbook again."""
        return self._retire(key, None, verb="playbook_taken_up", by=by, at=at)

    def undo_book_change(self, event: Event, *, by: Actor, at: datetime) -> None:
        said = event.data
        if event.verb == "playbook_usual":
            self.make_usual(said["old"], by=by, at=at)
        elif event.verb == "playbook_worded":
            self.word_book(said["book"], said["language"], said["old"], by=by, at=at)
        elif event.verb == "playbook_retired":
            self.take_up_book(said["book"], by=by, at=at)
        else:
            self.retire_book(said["book"], by=by, at=at)

    def book_still_so(self, event: Event) -> bool:
        """Tell whether it is as the event set it, and what was before can be set again."""
        said = event.data
        rows = HouseBook.objects.all()
        if event.verb == "playbook_usual":
            gone = rows.filter(key=said["old"]).exclude(retired_at=None).exists()
            return bool(usual_key() == said["new"] and not gone)
        row = rows.filter(key=said["book"]).first()
        if row is None:
            return False
        if event.verb == "playbook_worded":
            return bool(row.words.get(said["language"], {}) == said["new"])
        if event.verb == "playbook_retired":
            return row.retired_at is not None
        return row.retired_at is None and said["book"] != usual_key()

    def _retire(
        self, key: str, moment: datetime | None, *, verb: str, by: Actor, at: datetime
    ) -> bool:
        house = cast("House", self)
        with transaction.atomic():
            row = _row(key)
            if bool(row.retired_at) == bool(moment):
                return False
            row.retired_at = moment
            row.save()
            house._has_a_row()
            name = row.title(house.language)
            record(verb, thread=house.id, by=by, at=at, book=key, name=name)
        return True


def longest(name: str) -> int:
    """Return how long the words under a key may be."""
    if name == "title":
        return LONGEST_TITLE
    if name.startswith("next_"):
        return LONGEST_NEXT
    return LONGEST_NAME if name.endswith("_name") else LONGEST_HINT


def usual_key() -> str:
    row = HouseBook.objects.filter(is_usual=True).first()
    return row.key if row else knowledge.BOOKS[0]


def _row(key: str, language: str = knowledge.LANGUAGES[0]) -> HouseBook:
    """Return the row, held until the end of the transaction; of a shipped one a new one."""
    row = HouseBook.objects.select_for_update().filter(key=key).first() or HouseBook(key=key)
    if not row.is_known or language not in knowledge.LANGUAGES:
        raise NoSuchBook(key)
    return row


def _cut(name: str, text: str) -> str:
    return " ".join(text.split())[: longest(name)].rstrip()
