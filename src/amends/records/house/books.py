"""The playbooks of the house, read once a page: the program's, in the house's own words."""

from amends.records.house import knowledge
from amends.records.house.models import HouseBook


class Books:
    """All playbooks as they are now; one query, whatever is asked of them afterwards."""

    def __init__(self) -> None:
        self._rows = {row.key: row for row in HouseBook.objects.order_by("id")}
        self._read: dict[tuple[str, str], knowledge.Playbook] = {}
        self.keys = knowledge.BOOKS

    @property
    def usual(self) -> str:
        """Return the key of the one that a complaint has until another is chosen for it."""
        keys = (row.key for row in self._rows.values() if row.is_usual and row.key in self.keys)
        return next(keys, self.keys[0])

    def book(self, key: str, language: str) -> knowledge.Playbook:
        """Return the playbook in the language; the usual one for none, and for one unknown."""
        known = key if key in self.keys else self.usual
        if (known, language) not in self._read:
            original = knowledge.playbook(language, known)
            self._read[known, language] = original.reworded(self.own_words(known, language))
        return self._read[known, language]

    def own_words(self, key: str, language: str) -> dict[str, str]:
        """Return what the house says in its own words, by key."""
        row = self._rows.get(key)
        return dict(row.words.get(language, {})) if row else {}
