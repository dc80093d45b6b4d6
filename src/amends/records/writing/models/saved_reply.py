"""Saved replies: what is written again and again, by name, in the customer's language."""

from collections.abc import Mapping
from datetime import datetime
from functools import reduce
from operator import and_

from django.db import IntegrityError, models, transaction
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Lower

from amends.ground.events.models import record
from amends.ground.keys import uuid7
from amends.records.house.knowledge import LANGUAGES
from amends.records.people.models import Person
from amends.records.writing.filling import unknown_fields
from amends.records.writing.refusals import NameTaken, NothingSaid, OnlyALeadShares, UnknownField

_LONGEST_SEARCH = 6


class SavedReplyQuerySet(models.QuerySet["SavedReply"]):
    def seen_by(self, person: Person) -> "SavedReplyQuerySet":
        """Narrow to the shared ones and the person's own."""
        return self.filter(deleted_at=None).filter(Q(owner=None) | Q(owner=person))

    def saying(self, words: str) -> "SavedReplyQuerySet":
        """Narrow to those in whose name, tags or texts all the words stand."""
        clauses = [_about(word) for word in words.replace("\0", "").split()[:_LONGEST_SEARCH]]
        return self.filter(reduce(and_, clauses)) if clauses else self

    def best_first(self, language: str) -> "SavedReplyQuerySet":
        """Order by name, those with a text in the language first."""
        spoken = SavedText.objects.filter(reply=OuterRef("pk"), language=language)
        return self.annotate(speaks=Exists(spoken)).order_by("-speaks", Lower("name"), "id")

    def make(
        self,
        *,
        name: str,
        texts: Mapping[str, str],
        by: Person,
        at: datetime,
        shared: bool = False,
        tags: str = "",
    ) -> "SavedReply":
        """Save a reply: one's own, or for all, which is for leads.

        Raises NothingSaid, UnknownField, NameTaken, OnlyALeadShares.
        """
        reply = SavedReply(owner=by)
        reply._say(name, texts, tags, shared=shared, by=by, at=at)  # noqa: SLF001 -- its own rows
        record("reply_saved", thread=reply.id, by=by, at=at, name=reply.name, shared=shared)
        return reply


class SavedReply(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    name = models.CharField(max_length=80)
    tags = models.CharField(max_length=120, blank=True)
    owner = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.CASCADE, related_name="saved_replies",
        help_text="nobody's own is everybody's",
    )  # fmt: skip
    changed_at = models.DateTimeField()
    deleted_at = models.DateTimeField(null=True, blank=True)

    objects = SavedReplyQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                Lower("name"), "owner", condition=Q(deleted_at=None, owner__isnull=False),
                name="saved_reply_one_name_each",
            ),
            models.UniqueConstraint(
                Lower("name"), condition=Q(deleted_at=None, owner=None),
                name="saved_reply_one_shared_name",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.name

    @property
    def is_shared(self) -> bool:
        return self.owner_id is None

    def may_be_changed_by(self, person: Person) -> bool:
        return person.leads if self.is_shared else self.owner_id == person.pk

    def text_in(self, language: str) -> tuple[str, str]:
        """Return the language and text to use: the wanted one, or the first that there is."""
        texts = {text.language: text.text for text in self.texts.all()}
        spoken = next(code for code in (language, *LANGUAGES) if code in texts)
        return spoken, texts[spoken]

    def change(
        self,
        *,
        name: str,
        texts: Mapping[str, str],
        by: Person,
        at: datetime,
        shared: bool | None = None,
        tags: str | None = None,
    ) -> None:
        """Say it otherwise, share it, or take it back to oneself; raises what make() refuses."""
        self._must_be_theirs(by)
        wanted = self.is_shared if shared is None else shared
        tags = self.tags if tags is None else tags
        self._say(name, texts, tags, shared=wanted, by=by, at=at)
        record("saved_reply_changed", thread=self.id, by=by, at=at, name=self.name, shared=wanted)

    def delete_it(self, *, by: Person, at: datetime) -> None:
        self._must_be_theirs(by)
        self.deleted_at = at
        self.save(update_fields=["deleted_at"])
        record("saved_reply_deleted", thread=self.id, by=by, at=at, name=self.name)

    def bring_back(self, *, by: Person, at: datetime) -> None:
        """Undo the deleting; NameTaken where another has the name meanwhile."""
        self._must_be_theirs(by)
        self.deleted_at = None
        try:
            with transaction.atomic():
                self.save(update_fields=["deleted_at"])
        except IntegrityError as taken:
            raise NameTaken from taken
        record("saved_reply_back", thread=self.id, by=by, at=at, name=self.name)

    def _must_be_theirs(self, by: Person) -> None:
        if not self.may_be_changed_by(by):
            raise OnlyALeadShares

    def _say(
        self, name: str, texts: Mapping[str, str], tags: str, *, shared: bool, by: Person,
        at: datetime,
    ) -> None:  # fmt: skip
        said = {code: text.strip() for code, text in texts.items() if text.strip()}
        if not name.strip() or not said:
            raise NothingSaid
        if any(unknown_fields(text) for text in said.values()):
            raise UnknownField
        if shared and not by.leads:
            raise OnlyALeadShares
        if shared:
            self.owner = None
        elif self.is_shared:
            self.owner = by
        self.name, self.tags, self.changed_at = " ".join(name.split()), tags.strip(), at
        try:
            with transaction.atomic():
                self.save()
                self.texts.exclude(language__in=said).delete()
                for language, text in said.items():
                    self.texts.update_or_create(language=language, defaults={"text": text})
        except IntegrityError as taken:
            raise NameTaken from taken


class SavedText(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    reply = models.ForeignKey(SavedReply, on_delete=models.CASCADE, related_name="texts")
    language = models.CharField(max_length=5)
    text = models.TextField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["reply", "language"], name="saved_text_one_a_language"),
            models.CheckConstraint(
                condition=Q(language__in=LANGUAGES), name="saved_text_in_a_language"
            ),
        ]

    def __str__(self) -> str:
        return self.text[:60]


def _about(word: str) -> Q:
    texts = SavedText.objects.filter(reply=OuterRef("pk"), text__icontains=word)
    return Q(name__icontains=word) | Q(tags__icontains=word) | Q(Exists(texts))
