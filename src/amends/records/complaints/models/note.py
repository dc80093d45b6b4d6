"""What colleagues write to each other: a table of its own, that no way leads out of."""

from datetime import datetime

from django.db import models, transaction

from amends.ground.events.models import record
from amends.ground.keys import uuid7
from amends.records.complaints import refusals
from amends.records.people.models import Person

from .contact import Contact


class NoteQuerySet(models.QuerySet["Note"]):
    def write(self, contact: Contact, *, by: Person, text: str, at: datetime) -> "Note":
        if not text.strip():
            raise refusals.NothingWritten
        with transaction.atomic():
            note = self.create(contact=contact, author=by, text=text.strip(), at=at)
            record("note_written", thread=contact.id, by=by, at=at, note=str(note.id))
        return note


class Note(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    contact = models.ForeignKey(Contact, on_delete=models.CASCADE, related_name="notes")
    author = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    text = models.TextField()
    at = models.DateTimeField()

    objects = NoteQuerySet.as_manager()

    def __str__(self) -> str:
        return self.text[:60]
