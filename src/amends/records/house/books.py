"""The playbooks of the house, read once a page: the program's and its own, in its own words."""

from amends.records.house import knowledge
from amends.records.house.models import HouseBook


class Books:
    """All playbooks as they are now; one query, whatever is asked of them afterwards."""

    def __init__(self) -> None:
        rows = {row.key: row for row in HouseBook.objects.order_by("id") if row.is_known}
        shipped = {key: rows.get(key) or HouseBook(key=key) for key in knowledge.BOOKS}
        self._rows = {**shipped, **rows}
        self._read: dict[tuple[str, str], knowledge.Playbook] = {}

    @property
    def keys(self) -> tuple[str, ...]:
        """Return all of them, those that are shipped first."""
        return tuple(self._rows)

    @property
    def usual(self) -> str:
        """Return the key of the one that a complaint has until another is chosen for it."""
        return next((key for key, row in self._rows.items() if row.is_usual), knowledge.BOOKS[0])

    def offered(self, keeping: str = "") -> tuple[str, ...]:
        """Return those that can be chosen: none that is retired, save the one that is kept."""
        return tuple(key for key in self._rows if key == keeping or not self.is_retired(key))

    def is_retired(self, key: str) -> bool:
        return self._rows[key].retired_at is not None

    def is_added(self, key: str) -> bool:
        return bool(self._rows[key].base)

    def book(self, key: str, language: str) -> knowledge.Playbook:
        """Return the playbook in the language; the usual one for none, and for one unknown."""
        known = key if key in self._rows else self.usual
        if (known, language) not in self._read:
            row = self._rows[known]
            words = self.own_words(known, language)
            if row.base:
                words["title"] = row.title(language) or known
            original = knowledge.playbook(language, row.base or known)
            self._read[known, language] = original.reworded(words)
        return self._read[known, language]

    def own_words(self, key: str, language: str) -> dict[str, str]:
        """Return what the house says in its own words, by key."""
        return dict(self._rows[key].words.get(language, {}))

    def original_words(self, key: str, language: str) -> dict[str, str]:
        """Return what it would say without them."""
        return self._rows[key].original_words(language)
