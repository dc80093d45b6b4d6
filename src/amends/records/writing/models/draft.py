"""What somebody has typed and not sent: theirs alone, whoever else may see the case."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.db import models, transaction
from django.db.models import Q

from amends.ground.files import KeptFile
from amends.ground.keys import uuid7
from amends.records.complaints.models import Contact, Message, Note
from amends.records.complaints.models.counting import GIVEN_AT
from amends.records.people.models import Person


class DraftQuerySet(models.QuerySet["Draft"]):
    def of(self, person: Person) -> "DraftQuerySet":
        return self.filter(person=person)

    def keep(
        self,
        contact: Contact,
        what: str,
        fields: Mapping[str, Any],
        *,
        by: Person,
        at: datetime,
        since: datetime | None = None,
        files: Iterable[KeptFile] = (),
    ) -> "Draft | None":
        """Keep what was typed, in the place of what was kept before.

        A save that was on its way while the same words were sent comes too late and keeps
        nothing: `since` is when the page that it comes from was made.
        """
        if since and _said_since(contact, what, by, since):
            return None
        with transaction.atomic():
            draft, _new = self.update_or_create(
                person=by, contact=contact, what=what, defaults={"fields": dict(fields), "at": at}
            )
            draft.add(files)
        return draft


class Draft(models.Model):
    class What(models.TextChoices):
        REPLY = "reply"
        NOTE = "note"
        CALL = "call"
        LETTER = "letter"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="drafts")
    contact = models.ForeignKey(Contact, on_delete=models.CASCADE, related_name="+")
    what = models.CharField(max_length=6, choices=What)
    fields = models.JSONField(default=dict)
    at = models.DateTimeField()

    objects = DraftQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "contact", "what"], name="draft_one_each"),
            models.CheckConstraint(
                condition=Q(what__in=["reply", "note", "call", "letter"]),
                name="draft_of_what_one_types",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.what} {self.at:%Y-%m-%d %H:%M}"

    def add(self, files: Iterable[KeptFile]) -> None:
        """Put files beside the words; they go along until somebody says otherwise."""
        added = [
            self.files.create(
                name=file.name, media_type=file.media_type, size=file.size, digest=file.digest
            )
            for file in files
        ]
        if added:
            self.fields["kept"] = [*self.fields.get("kept", []), *(str(one.pk) for one in added)]
            self.save(update_fields=["fields"])


class DraftFile(models.Model):
    """A file that shall go with the reply once it is sent."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    draft = models.ForeignKey(Draft, on_delete=models.CASCADE, related_name="files")
    name = models.CharField(max_length=200)
    media_type = models.CharField(max_length=100)
    size = models.PositiveBigIntegerField()
    digest = models.CharField(max_length=64)

    def __str__(self) -> str:
        return self.name

    def kept(self) -> KeptFile:
        return KeptFile(self.name, self.media_type, self.size, self.digest)


def _said_since(contact: Contact, what: str, by: Person, since: datetime) -> bool:
    if what == Draft.What.NOTE:
        return Note.objects.filter(contact=contact, author=by, at__gte=since).exists()
    said = Message.objects.filter(contact=contact, author=by, taken_back_at=None)
    return said.alias(given=GIVEN_AT).filter(given__gte=since).exists()
