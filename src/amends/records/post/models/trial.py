"""A test mail there and back: sent to a mailbox of ours, and seen when it comes in again."""

from datetime import datetime, timedelta

from django.db import models

from amends.ground.keys import uuid7
from amends.records.post.models.mailbox import Mailbox
from amends.records.post.models.outgoing import Outgoing


class TrialQuerySet(models.QuerySet["Trial"]):
    def begin(self, mailbox: Mailbox, mail: Outgoing, *, at: datetime) -> "Trial":
        """Wait for the mail from now on; of a mailbox only the last try counts."""
        anew = {"mail": mail, "begun_at": at, "came_at": None}
        trial, _is_new = self.update_or_create(mailbox=mailbox, defaults=anew)
        return trial

    def of(self, mail: Outgoing) -> "TrialQuerySet":
        return self.filter(mail=mail)

    def note_coming(self, mail: Outgoing, *, at: datetime) -> None:
        """Note that it came in again; the first time counts."""
        self.of(mail).filter(came_at=None).update(came_at=at)


class Trial(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    mailbox = models.OneToOneField(Mailbox, on_delete=models.CASCADE, related_name="trial")
    mail = models.ForeignKey(Outgoing, null=True, on_delete=models.SET_NULL, related_name="+")
    begun_at = models.DateTimeField()
    came_at = models.DateTimeField(null=True)

    objects = TrialQuerySet.as_manager()

    def __str__(self) -> str:
        return f"trial of {self.mailbox_id}"

    def took(self) -> timedelta | None:
        """Return how long the mail was on its way, once it has come."""
        return self.came_at - self.begun_at if self.came_at else None
