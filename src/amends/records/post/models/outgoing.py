"""Mail of ours on its way: sent once, and again only when nobody can know whether it was sent."""

import logging
import uuid
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.db import models, transaction
from django.db.models import Q
from django_tasks import task

from amends.ground import files
from amends.ground.events.models import PROGRAM, record
from amends.ground.jobs.backoff import next_try
from amends.ground.keys import uuid7
from amends.ground.passing import is_passing
from amends.records.post import addresses, brake, message_ids
from amends.records.post.models.states import (
    AlreadyCancelled,
    LeaseLost,
    OutgoingState,
    TooLate,
)
from amends.records.post.rendering import render

log = logging.getLogger(__name__)

# Longer than the slowest conversation with a server that doors/mail puts up with.
LEASE = timedelta(minutes=10)
# RFC 5321 4.5.4.1 asks for four or five days; an agent has to hear of it sooner.
GIVE_UP_AFTER = timedelta(days=3)
_LONGEST_ANSWER = 1_000


class OutgoingQuerySet(models.QuerySet["Outgoing"]):
    def post(
        self,
        *,
        thread: uuid.UUID,
        to: str,
        from_address: str,
        subject: str,
        body: str,
        at: datetime,
        undo: timedelta = timedelta(0),
        to_name: str = "",
        from_name: str = "",
        reply_to: str = "",
        in_reply_to: str = "",
        references: Iterable[str] = (),
        automatic: bool = False,
        language: str = "",
        attached: Iterable[files.KeptFile] = (),
    ) -> "Outgoing":
        """Put the mail into the queue; it can be taken back while `undo` lasts.

        What the program writes is held, for a person to look at, where it writes too much.
        """
        key, sender, recipient = uuid7(), addresses.checked(from_address), addresses.checked(to)
        held = self._held(to=recipient, thread=thread, at=at) if automatic else {}
        return self.create(
            id=key, thread=thread, to_address=recipient,
            to_name=addresses.one_line(to_name)[:200], from_address=sender,
            from_name=addresses.one_line(from_name)[:200],
            reply_to=addresses.checked(reply_to) if reply_to else "",
            subject=addresses.one_line(subject)[:500], body=addresses.encodable(body),
            message_id=message_ids.signed(key, sender.rpartition("@")[2]),
            in_reply_to="".join(message_ids.well_formed([in_reply_to])[:1]),
            references=message_ids.well_formed(references), automatic=automatic,
            language=language, attached=[file.as_data() for file in attached], created_at=at,
            **dict.fromkeys(("not_before", "next_try_at"), at + undo), **held,
        )  # fmt: skip

    def _held(self, *, to: str, thread: uuid.UUID, at: datetime) -> dict[str, Any]:
        why = brake.why_held(self, to=to, thread=thread, at=at)
        return {"state": OutgoingState.HELD, "held_at": at, "held_why": why} if why else {}

    def due(self, at: datetime) -> "OutgoingQuerySet":
        # Also those being sent: their lease has run out, whoever held it is gone.
        open_states = (OutgoingState.QUEUED, OutgoingState.SENDING)
        return self.filter(state__in=open_states, next_try_at__lte=at).order_by("next_try_at", "id")

    def held(self) -> "OutgoingQuerySet":
        return self.filter(state=OutgoingState.HELD).order_by("held_at", "id")

    def on(self, thread: uuid.UUID) -> "OutgoingQuerySet":
        return self.filter(thread=thread).order_by("created_at", "id")

    def named_by(self, ids: Iterable[str]) -> "OutgoingQuerySet":
        """Those that a letter's In-Reply-To and References name, the newest first."""
        return self.filter(message_id__in=list(ids)).order_by("-created_at", "-id")


class Outgoing(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    thread = models.UUIDField(db_index=True, help_text="the contact that the mail belongs to")
    to_address = models.CharField(max_length=addresses.LONGEST)
    to_name = models.CharField(max_length=200, blank=True)
    from_address = models.CharField(max_length=addresses.LONGEST)
    from_name = models.CharField(max_length=200, blank=True)
    reply_to = models.CharField(max_length=addresses.LONGEST, blank=True)
    subject = models.CharField(max_length=500, blank=True)
    body = models.TextField()
    message_id = models.CharField(max_length=400, unique=True)
    in_reply_to = models.CharField(max_length=1000, blank=True)
    references = models.JSONField(default=list)
    automatic = models.BooleanField(default=False)
    language = models.CharField(max_length=8, blank=True)
    attached = models.JSONField(default=list, help_text="files, by their digests")
    created_at = models.DateTimeField()
    not_before = models.DateTimeField()
    state = models.CharField(
        max_length=10, choices=OutgoingState.choices, default=OutgoingState.QUEUED
    )
    attempts = models.PositiveSmallIntegerField(default=0)
    lease = models.UUIDField(null=True)
    next_try_at = models.DateTimeField(help_text="while it is being sent, when the lease ends")
    mime_digest = models.CharField(max_length=64, blank=True)
    handed_over_at = models.DateTimeField(
        null=True, help_text="set before the bytes go out, gone when the server answered them"
    )
    repeated = models.BooleanField(default=False)
    server_answer = models.TextField(blank=True)
    accepted_at = models.DateTimeField(null=True)
    refused_at = models.DateTimeField(null=True)
    cancelled_at = models.DateTimeField(null=True)
    held_at = models.DateTimeField(null=True, help_text="stays when it is let go")
    held_why = models.CharField(max_length=10, blank=True)

    objects = OutgoingQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["state", "next_try_at"], name="post_outgoing_due"),
            models.Index(fields=["created_at"], name="post_outgoing_lately"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=OutgoingState.values), name="post_outgoing_state_is_known"
            ),
            *(
                models.CheckConstraint(
                    condition=Q(state=state, **{f"{field}__isnull": False})
                    | (~Q(state=state) & Q(**{f"{field}__isnull": True})),
                    name=f"post_outgoing_{state}_means_{field}",
                )
                for state, field in (
                    ("accepted", "accepted_at"),
                    ("refused", "refused_at"),
                    ("cancelled", "cancelled_at"),
                    ("sending", "lease"),
                )
            ),
            models.CheckConstraint(
                condition=~Q(state=OutgoingState.HELD) | Q(held_at__isnull=False, attempts=0),
                name="post_outgoing_held_means_untried",
            ),
            models.CheckConstraint(
                condition=Q(handed_over_at__isnull=True) | ~Q(mime_digest=""),
                name="post_outgoing_keeps_what_it_hands_over",
            ),
            models.CheckConstraint(
                condition=Q(not_before__gte=models.F("created_at")),
                name="post_outgoing_not_before_it_is_written",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.state} {self.message_id}"

    def cancel(self, *, at: datetime) -> None:
        """Take the mail back, while nobody has tried to send it; the caller says who wished it."""
        untried = Outgoing.objects.filter(pk=self.pk, state=OutgoingState.QUEUED, attempts=0)
        values = {"state": OutgoingState.CANCELLED, "cancelled_at": at}
        if not untried.update(**values):
            self.refresh_from_db(fields=["state"])
            raise AlreadyCancelled if self.state == OutgoingState.CANCELLED else TooLate
        self._now_has(values)

    def claim(self, at: datetime) -> uuid.UUID | None:
        """Take the mail for the length of a lease; None if another worker was faster."""
        token = uuid.uuid4()
        values = {
            "state": OutgoingState.SENDING,
            "next_try_at": at + LEASE,
            "lease": token,
            "attempts": self.attempts + 1,
        }
        free = Outgoing.objects.due(at).filter(pk=self.pk, attempts=self.attempts)
        if not free.update(**values):
            return None
        self._now_has(values)
        return token

    def mime(self) -> bytes:
        """Return the bytes to send: those that were handed over once, whatever else has changed."""
        return files.read(self.mime_digest) if self.mime_digest else render(self)

    def hand_over(self, token: uuid.UUID, at: datetime, mime: bytes) -> None:
        """Say that the bytes go out now. A mail found like this later may have arrived."""
        self._while_leased(
            token,
            mime_digest=self.mime_digest or files.keep(mime),
            repeated=self.repeated or self.handed_over_at is not None,
            handed_over_at=at,
        )

    def accept(self, token: uuid.UUID, at: datetime, answer: str) -> None:
        self._end("mail_accepted", token, at, answer, OutgoingState.ACCEPTED, accepted_at=at)

    def refuse(self, token: uuid.UUID, at: datetime, answer: str) -> None:
        self._end("mail_refused", token, at, answer, OutgoingState.REFUSED, refused_at=at)

    def come_back(self, *, at: datetime, said: str) -> bool:
        """Take back that it was sent: a server reports that it didn't arrive. False the next time.

        A report on a mail of which we missed the answer says that it left: it is not sent again.
        """
        left = Outgoing.objects.filter(pk=self.pk, attempts__gt=0)
        left = left.exclude(state__in=(OutgoingState.REFUSED, OutgoingState.CANCELLED))
        values: dict[str, Any] = {
            "state": OutgoingState.REFUSED,
            "lease": None,
            "handed_over_at": None,
            "server_answer": addresses.one_line(said)[:_LONGEST_ANSWER],
            "accepted_at": None,
            "refused_at": at,
        }
        with transaction.atomic():
            if not left.update(**values):
                return False
            self._now_has(values)
            self.tell("mail_refused", at)
        return True

    def postpone(
        self, token: uuid.UUID, at: datetime, answer: str, *, declined: bool = False
    ) -> None:
        """Try again later, or give up after days. Declined: the server didn't take the bytes."""
        if at - self.not_before > GIVE_UP_AFTER:
            self.refuse(token, at, answer)
            return
        self._while_leased(
            token,
            state=OutgoingState.QUEUED,
            lease=None,
            next_try_at=next_try(at, self.attempts),
            server_answer=answer[:_LONGEST_ANSWER],
            handed_over_at=None if declined else self.handed_over_at,
        )

    def _end(
        self, verb: str, token: uuid.UUID, at: datetime, answer: str, state: str, **dates: datetime
    ) -> None:
        values = {
            "state": state,
            "lease": None,
            "handed_over_at": None,
            "server_answer": answer[:_LONGEST_ANSWER],
            **dates,
        }
        try:
            with transaction.atomic():
                self._while_leased(token, **values)
                self.tell(verb, at)
        except LeaseLost:
            raise
        except Exception as error:
            if is_passing(error):
                raise
            # What follows from the event is broken. The answer is kept all the same, or the
            # customer would get the mail again and again; the event is written when mended.
            log.exception("nobody could be told of %s: %s", self.pk, verb)
            with transaction.atomic():
                self._while_leased(token, **values)
                tell_later.using(run_after=at).enqueue(str(self.pk), verb, at.isoformat())

    def tell(self, verb: str, at: datetime) -> None:
        told = {"outgoing": str(self.pk), "repeated": self.repeated}
        record(verb, thread=self.thread, by=PROGRAM, at=at, **told)

    def _while_leased(self, token: uuid.UUID, **values: Any) -> None:
        mine = Outgoing.objects.filter(pk=self.pk, state=OutgoingState.SENDING, lease=token)
        if not mine.update(**values):
            raise LeaseLost(str(self))
        self._now_has(values)

    def _now_has(self, values: dict[str, Any]) -> None:
        for name, value in values.items():
            setattr(self, name, value)


@task(once=True)
def tell_later(key: str, verb: str, at: str) -> None:
    Outgoing.objects.get(pk=key).tell(verb, datetime.fromisoformat(at))
