"""An address at which a provider hands a mailbox's mail over: whoever knows it may."""

from datetime import datetime

from django.core import signing
from django.db import models, transaction

from amends.ground.events.models import Actor, record
from amends.ground.keys import uuid7
from amends.records.house.models import House
from amends.records.post.models.mailbox import Mailbox

_SALT = "amends.hook"


class HookUnknown(Exception):
    """Nothing of ours is behind this token, or not any more."""


class HookQuerySet(models.QuerySet["Hook"]):
    def open(self, mailbox: Mailbox, *, by: Actor, at: datetime) -> "Hook":
        """Take mail over from now on, at an address that nobody knows yet; an older one ends."""
        with transaction.atomic():
            self.filter(mailbox=mailbox).delete()
            hook = self.create(mailbox=mailbox)
            _note("", mailbox.address, by, at)
        return hook

    def behind(self, token: str) -> "Hook":
        try:
            key = signing.Signer(salt=_SALT).unsign(token)
            return self.select_related("mailbox").get(pk=key)
        except (signing.BadSignature, Hook.DoesNotExist) as unknown:
            raise HookUnknown from unknown


class Hook(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    mailbox = models.OneToOneField(Mailbox, on_delete=models.CASCADE, related_name="hook")
    last_came_at = models.DateTimeField(null=True)

    objects = HookQuerySet.as_manager()

    def __str__(self) -> str:
        return f"hook of {self.mailbox.address}"

    @property
    def token(self) -> str:
        # Signed, so that no secret is kept at all; to end it is to forget the row.
        return signing.Signer(salt=_SALT).sign(self.id.hex)

    def close(self, *, by: Actor, at: datetime) -> None:
        with transaction.atomic():
            _note(self.mailbox.address, "", by, at)
            self.delete()

    def note_mail(self, at: datetime) -> None:
        Hook.objects.filter(pk=self.pk).update(last_came_at=at)


def _note(old: str, new: str, by: Actor, at: datetime) -> None:
    record("hook_set", thread=House.objects.current().id, by=by, at=at, old=old, new=new)
