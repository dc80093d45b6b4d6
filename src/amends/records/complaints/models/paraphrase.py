"""What we understood, in our words: the customer says yes or corrects it. It is asked once."""

from datetime import datetime
from typing import Self

from django.db import models, transaction
from django.db.models import Q

from amends.ground.events.models import record
from amends.records.complaints import knowledge, refusals
from amends.records.complaints.passages import Passage, passages_of, points_in
from amends.records.people.models import Person
from amends.records.post.models import OutgoingState

from .complaint import Complaint
from .message import Message
from .rows import Row


class ParaphraseQuerySet(models.QuerySet["Paraphrase"]):
    def ask(
        self, complaint: Complaint, *, text: str, message: Message, by: Person, at: datetime
    ) -> "Paraphrase":
        """Ask the customer, with a message, whether that is how it is.

        Raises AskedBefore: one round is enough, more of it would tire who complains.
        """
        with transaction.atomic():
            complaint.contact.hold()
            if self.filter(complaint=complaint).exists():
                raise refusals.AskedBefore
            paraphrase = self.create(
                complaint=complaint, text=text, points=points_in(text), message=message, at=at,
                actor_kind=by.actor_kind, actor_key=by.actor_key, actor_name=by.actor_name,
            )  # fmt: skip
            record("paraphrase_asked", thread=complaint.contact_id, by=by, at=at)
        return paraphrase

    def said(self) -> Self:
        """Leave out what the customer has not been sent yet, as long as its undo runs."""
        return self.exclude(message__outgoing__state=OutgoingState.QUEUED)


class Paraphrase(Row):
    complaint = models.OneToOneField(Complaint, on_delete=models.CASCADE, related_name="paraphrase")
    text = models.TextField(help_text="what we wrote of it, without greeting")
    points = models.JSONField(default=list, help_text="as they were sent")
    message = models.OneToOneField(Message, on_delete=models.CASCADE, related_name="paraphrase")
    answered_at = models.DateTimeField(null=True, blank=True)
    right = models.BooleanField(null=True, blank=True)
    correction = models.TextField(blank=True, help_text="the customer's own words")

    objects = ParaphraseQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(answered_at=None, right=None)
                | Q(answered_at__isnull=False, right__isnull=False),
                name="paraphrase_answered_either_way",
            ),
            models.CheckConstraint(
                condition=Q(right=False) & ~Q(correction="")
                | (Q(right=True) | Q(right=None)) & Q(correction=""),
                name="paraphrase_corrected_in_words",
            ),
        ]

    def __str__(self) -> str:
        return self.sentence

    def agree(self, *, words: str, at: datetime) -> bool:
        """Take the customer's yes; a yes whose words say no is a correction, which a person reads.

        Returns whether it was a yes. Raises AnsweredBefore where there is nothing new in it.
        """
        if knowledge.may_say_no(words):
            self.correct(words=words, at=at)
            return False
        self._answer(words.strip(), right=True, at=at)
        return True

    def correct(self, *, words: str, at: datetime) -> None:
        """Take the customer's correction, a message as any other of theirs.

        Raises NothingWritten; AnsweredBefore where there is nothing new in it.
        """
        if not words.strip():
            raise refusals.NothingWritten
        self._answer(words.strip(), right=False, at=at)

    def take_back(self) -> None:
        """Forget that we asked: the message never left."""
        self.delete()

    @property
    def passages(self) -> list[Passage]:
        return passages_of(self.text)

    @property
    def sentence(self) -> str:
        """Return what heads it: the first of its paragraphs."""
        return next((passage.words for passage in self.passages if passage.words), self.text)

    def _answer(self, words: str, *, right: bool, at: datetime) -> None:
        """Keep the first answer; words that come after it are a message and change none."""
        with transaction.atomic():
            contact = self.complaint.contact
            contact.hold()
            self.refresh_from_db(fields=["answered_at", "right", "correction"])
            if self.answered_at is None:
                self.answered_at, self.right = at, right
                self.correction = "" if right else words
                self.save(update_fields=["answered_at", "right", "correction"])
                verb = "paraphrase_agreed" if right else "paraphrase_corrected"
                record(verb, thread=contact.id, by=contact.customer, at=at)
            elif words in {"", self.correction}:
                raise refusals.AnsweredBefore
            if words:
                contact.customer_writes(text=words, at=at)
            else:
                contact.plan(at=at)
