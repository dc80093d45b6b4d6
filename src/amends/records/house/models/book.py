"""A playbook as the house has it: its own words over the program's, or one that it has added."""

from django.db import models
from django.db.models import Q

from amends.ground.keys import uuid7
from amends.records.house import knowledge


class HouseBook(models.Model):
    """What the house has set about a playbook; of one that it never touched there is no row."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    key = models.CharField(max_length=40, unique=True)
    base = models.CharField(max_length=40, blank=True, help_text="of an added one: the shipped")
    words = models.JSONField(default=dict, blank=True, help_text="by language, then by key")
    is_usual = models.BooleanField(default=False, help_text="a complaint has it unless it is told")
    retired_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["is_usual"], condition=Q(is_usual=True), name="house_book_one_is_usual"
            ),
            models.CheckConstraint(
                condition=Q(is_usual=False) | Q(retired_at=None),
                name="house_book_usual_is_not_retired",
            ),
        ]

    def __str__(self) -> str:
        return self.key

    @property
    def is_known(self) -> bool:
        """Tell whether it is one that is shipped, or one that the house has added to them."""
        return (self.base or self.key) in knowledge.BOOKS

    def title(self, language: str) -> str:
        """Return how the house calls it; an added one has no name but those that the house gave."""
        spoken = (language, *(knowledge.LANGUAGES if self.base else ()))
        named = (self.words.get(code, {}).get("title", "") for code in spoken)
        return next((title for title in named if title), "")

    def original_words(self, language: str) -> dict[str, str]:
        """Return what the program says, by key; an added one has no name of the program's."""
        words = knowledge.playbook(language, self.base or self.key).words
        return {**words, "title": ""} if self.base else words

    def own_words(self, typed: dict[str, str], language: str) -> dict[str, str]:
        """Return what of the typed is the house's own; the name of an added one is never lost."""
        original = self.original_words(language)
        own = {name: text for name, text in typed.items() if text and text != original[name]}
        if not self.base:
            return own
        before = self.words.get(language, {}).get("title", "")
        title = own.pop("title", "") or before
        if title and (before or title != self.title(language)):
            own["title"] = title
        return own
