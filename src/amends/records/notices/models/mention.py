"""Who is named in a note with an @: kept with the words that named them."""

import uuid

from django.db import models

from amends.ground.keys import uuid7
from amends.records.complaints.models import Contact, Note
from amends.records.people.models import Person


class MentionQuerySet(models.QuerySet["Mention"]):
    def in_notes_of(self, contact: Contact) -> dict[uuid.UUID, list[str]]:
        """Return for each note the words that name somebody."""
        named: dict[uuid.UUID, list[str]] = {}
        rows = self.filter(note__contact=contact).order_by("id").values_list("note_id", "words")
        for note, words in rows:
            named.setdefault(note, []).append(words)
        return named


class Mention(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    note = models.ForeignKey(Note, on_delete=models.CASCADE, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    words = models.CharField(max_length=130, help_text="as they stand in the note")

    objects = MentionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["note", "person"], name="mention_once_a_note"),
        ]

    def __str__(self) -> str:
        return self.words
