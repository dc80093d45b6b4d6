"""One text for many, as on the day of an outage: written once, filled for each, sent one by one."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import models, transaction
from django.db.models import Count, Q
from django_tasks import task

from amends.ground.keys import uuid7
from amends.records.aftercare.models import CheckBackRefused
from amends.records.answering.answer import Answer, Promised, send_answer, take_back
from amends.records.complaints.models import Contact, Message
from amends.records.complaints.refusals import Refusal, TooLateToTakeBack
from amends.records.people.models import Person
from amends.records.promises.models import PromiseRefused
from amends.records.writing.filling import fill, left_open, values_of
from amends.records.writing.refusals import (
    NoTextInLanguage,
    NothingSaid,
    OutOfSight,
    UnfilledField,
    WritingRefused,
)

_A_STEP = 20


class RoundQuerySet(models.QuerySet["Round"]):
    def begin(
        self,
        contacts: Sequence[Contact],
        texts: Mapping[str, str],
        *,
        by: Person,
        at: datetime,
        promised: Promised | None = None,
        check_back_at: datetime | None = None,
    ) -> "Round":
        """Write down who gets what; the worker sends it, each in a transaction of its own.

        Args:
            contacts: whom to answer, as the person sees them now.
            texts: by language, with fields in braces.
            by: in whose name.
            at: when it was approved; the undo of all runs from then.
            promised: what is promised to each.
            check_back_at: when each is asked whether it is solved.

        Raises NothingSaid without a contact or a text.
        """
        written = {language: text for language, text in texts.items() if text.strip()}
        if not written or not contacts:
            raise NothingSaid
        with transaction.atomic():
            begun = self.create(
                by=by, at=at, texts=written, promise=promised.what[:200] if promised else "",
                promise_due_at=promised.due_at if promised else None, check_back_at=check_back_at,
            )  # fmt: skip
            RoundItem.objects.bulk_create(
                [RoundItem(round=begun, contact=contact) for contact in contacts]
            )
            answer_round.using(run_after=at).enqueue(str(begun.pk))
        return begun


class Round(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="rounds")
    at = models.DateTimeField()
    texts = models.JSONField(help_text="by language, with fields in braces")
    promise = models.CharField(max_length=200, blank=True)
    promise_due_at = models.DateTimeField(null=True, blank=True)
    check_back_at = models.DateTimeField(null=True, blank=True)
    stopped_at = models.DateTimeField(null=True, blank=True)

    objects = RoundQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.by} {self.at:%Y-%m-%d %H:%M}"

    def take_back(self, *, by: Person, at: datetime) -> int:
        """Stop it, and take back what has not left yet; return how many answers that were."""
        with transaction.atomic():
            self.stopped_at = at
            self.save(update_fields=["stopped_at"])
        taken = 0
        for item in self.items.filter(message__taken_back_at=None).exclude(message=None):
            try:
                take_back(item.fresh_message(), by=by, at=at)
            except TooLateToTakeBack:
                continue
            taken += 1
        return taken

    def standing(self) -> dict[str, int]:
        """Return how many were sent, taken back, refused and still wait."""
        return self.items.aggregate(
            sent=Count("pk", filter=Q(message__taken_back_at=None) & ~Q(message=None)),
            taken_back=Count("pk", filter=Q(message__taken_back_at__isnull=False)),
            refused=Count("pk", filter=~Q(refused="")),
            waiting=Count("pk", filter=Q(done_at=None)),
        )

    def answer_for(self, contact: Contact) -> Answer:
        """Return the answer that this contact gets; UnfilledField or NoTextInLanguage if none."""
        language = language_of(contact)
        if language not in self.texts:
            raise NoTextInLanguage
        text = fill(self.texts[language], values_of(contact, language, by=self.by))
        if left_open(text):
            raise UnfilledField
        complaint = contact.complaint_or_none()
        promised = complaint and self.promise and self.promise_due_at
        return Answer(
            text=text,
            promises=(Promised(self.promise, self.promise_due_at),) if promised else (),  # type: ignore[arg-type]
            check_back_at=self.check_back_at if complaint else None,
        )


class RoundItem(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="items")
    contact = models.ForeignKey(Contact, on_delete=models.CASCADE, related_name="+")
    done_at = models.DateTimeField(null=True, blank=True)
    message = models.OneToOneField(
        Message, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    refused = models.CharField(max_length=40, blank=True, help_text="the refusal's name")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["round", "contact"], name="round_each_once"),
            models.CheckConstraint(
                condition=Q(message=None) | Q(done_at__isnull=False, refused=""),
                name="round_item_sent_or_refused",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.contact_id} {self.refused}"

    def send(self) -> None:
        """Send it, once: a second worker, or the same after a crash, finds it done."""
        sent = self.round
        with transaction.atomic():
            mine = RoundItem.objects.filter(pk=self.pk, done_at=None)
            if not mine.update(done_at=sent.at):
                return
            result = self._try(sent)
            RoundItem.objects.filter(pk=self.pk).update(**result)

    def fresh_message(self) -> Message:
        assert self.message_id  # noqa: S101 -- only what was sent is taken back
        return Message.objects.select_related(
            "outgoing", "contact__customer", "contact__team", "contact__person"
        ).get(pk=self.message_id)

    def _try(self, sent: Round) -> dict[str, Any]:
        seen = Contact.objects.visible_to(sent.by).select_related(
            "customer", "team", "person", "mailbox", "complaint"
        )
        contact = seen.filter(pk=self.contact_id).first()
        try:
            if contact is None:
                raise OutOfSight
            answer = sent.answer_for(contact)
            with transaction.atomic():
                return {"message": send_answer(contact, answer, by=sent.by, at=sent.at)}
        except (Refusal, WritingRefused, PromiseRefused, CheckBackRefused) as refusal:
            return {"refused": type(refusal).__name__}


def language_of(contact: Contact) -> str:
    return contact.language or contact.customer.language


@task()
def answer_round(key: str) -> None:
    """Send some of it, then go on; what was stopped meanwhile is let be."""
    waiting = RoundItem.objects.filter(round_id=key, round__stopped_at=None, done_at=None)
    step = list(waiting.select_related("round__by").order_by("id")[:_A_STEP])
    for item in step:
        item.send()
    if step and waiting.exists():
        answer_round.using(run_after=step[0].round.at).enqueue(key)
