"""The bytes of a mail as they came, kept before anyone is told that they were taken."""

from collections.abc import Iterable
from datetime import datetime

from django.db import models
from django.db.models import Q

from amends.ground import files
from amends.ground.keys import uuid7
from amends.ground.rows import new
from amends.records.post.addresses import LONGEST, encodable

_LONGEST_ERROR = 2_000


class Source(models.TextChoices):
    LMTP = "lmtp"
    FILE = "file"
    MBOX = "mbox"
    MAILDIR = "maildir"
    IMAP = "imap"
    HOOK = "hook"
    DEMO = "demo"


class RawMailState(models.TextChoices):
    WAITING = "waiting"
    READ = "read"
    UNREADABLE = "unreadable"


def row_of(
    raw: bytes,
    digest: str,
    *,
    source: str,
    at: datetime,
    envelope_from: str = "",
    envelope_to: Iterable[str] = (),
) -> "RawMail":
    """Return the row, not stored yet, of bytes that are kept under the digest."""
    return new(
        RawMail,
        digest=digest,
        size=len(raw),
        source=source,
        envelope_from=encodable(envelope_from)[:LONGEST],
        envelope_to=[encodable(address)[:LONGEST] for address in envelope_to],
        received_at=at,
    )


class RawMailQuerySet(models.QuerySet["RawMail"]):
    def keep(
        self,
        raw: bytes,
        *,
        source: str,
        at: datetime,
        envelope_from: str = "",
        envelope_to: Iterable[str] = (),
    ) -> "RawMail":
        """Keep the bytes, then the row. The bytes of a row are always there; some may have none."""
        digest = files.keep(raw)
        mail = row_of(
            raw, digest, source=source, at=at, envelope_from=envelope_from, envelope_to=envelope_to
        )
        mail.save(force_insert=True)
        return mail

    def waiting(self) -> "RawMailQuerySet":
        return self.filter(state=RawMailState.WAITING).order_by("received_at", "id")

    def received_before(self, at: datetime) -> "RawMailQuerySet":
        return self.filter(received_at__lt=at)


class RawMail(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    digest = models.CharField(max_length=64, db_index=True)
    size = models.PositiveIntegerField()
    source = models.CharField(max_length=10, choices=Source.choices)
    envelope_from = models.CharField(max_length=LONGEST, blank=True)
    envelope_to = models.JSONField(default=list)
    received_at = models.DateTimeField()
    state = models.CharField(
        max_length=10, choices=RawMailState.choices, default=RawMailState.WAITING
    )
    error = models.TextField(blank=True)

    objects = RawMailQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["state", "received_at"], name="post_raw_mail_state")]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=RawMailState.values), name="post_raw_mail_state_is_known"
            ),
            models.CheckConstraint(
                condition=Q(source__in=Source.values), name="post_raw_mail_source_is_known"
            ),
            models.CheckConstraint(
                condition=Q(state="unreadable") & ~Q(error="")
                | ~Q(state="unreadable") & Q(error=""),
                name="post_raw_mail_unreadable_says_why",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.source} {self.digest[:12]}"

    def content(self) -> bytes:
        return files.read(self.digest)

    def take(self, *, unreadable: str = "") -> bool:
        """Mark as read, once: False if another reader was first. In the reader's transaction."""
        before = self.state, self.error
        self.note_reading(unreadable=unreadable)
        values = {"state": self.state, "error": self.error}
        if RawMail.objects.waiting().filter(pk=self.pk).update(**values):
            return True
        self.state, self.error = before
        return False

    def note_reading(self, *, unreadable: str = "") -> None:
        """Set, and leave to be stored, that it was read, or why it could not be."""
        self.state = RawMailState.UNREADABLE if unreadable else RawMailState.READ
        self.error = encodable(unreadable)[:_LONGEST_ERROR]
