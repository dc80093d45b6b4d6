"""An address at which a provider hands a mailbox's mail over: whoever knows it may."""

from collections.abc import Sequence
from datetime import datetime

from django.core import signing
from django.db import models, transaction

from amends.ground.events.models import Actor, record
from amends.ground.keys import uuid7
from amends.ground.sealing import reseal, seal, unseal
from amends.records.house.models import House
from amends.records.post.models.mailbox import Mailbox

_SALT = "amends.hook"
_PURPOSE = "hook"


class HookUnknown(Exception):
    """Nothing of ours is behind this token, or not any more."""


class Signer(models.TextChoices):
    """Providers that sign what they hand over, each in its way."""

    MAILGUN = "mailgun", "Mailgun"
    SENDGRID = "sendgrid", "SendGrid"


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

    def reseal(self, keys: Sequence[str]) -> int:
        """Seal all keys with the first of the house's keys; return how many."""
        with transaction.atomic():
            hooks = [hook for hook in self.select_for_update() if hook.key_sealed]
            for hook in hooks:
                sealed = reseal(hook.key_sealed, purpose=_PURPOSE, keys=keys)
                self.filter(pk=hook.pk).update(key_sealed=sealed)
        return len(hooks)


class Hook(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    mailbox = models.OneToOneField(Mailbox, on_delete=models.CASCADE, related_name="hook")
    last_came_at = models.DateTimeField(null=True)
    signer = models.CharField(max_length=10, choices=Signer.choices, blank=True)
    key_sealed = models.TextField(blank=True, help_text="what its signatures are checked with")
    last_refused_at = models.DateTimeField(null=True, help_text="for its signature")

    objects = HookQuerySet.as_manager()

    def __str__(self) -> str:
        return f"hook of {self.mailbox.address}"

    @property
    def token(self) -> str:
        # Signed, so that no secret is kept at all; to end it is to forget the row.
        return signing.Signer(salt=_SALT).sign(self.id.hex)

    def believe_only(self, signer: str, key: str, *, by: Actor, at: datetime) -> None:
        """Take only what this provider has signed; without a signer whoever knows the address."""
        sealed = seal(key, purpose=_PURPOSE) if signer else ""
        with transaction.atomic():
            old = self.signer
            self.signer, self.key_sealed, self.last_refused_at = signer, sealed, None
            self.save(update_fields=["signer", "key_sealed", "last_refused_at"])
            before, now = (f"{self.mailbox.address} {name}".strip() for name in (old, signer))
            _note(before, now, by, at)

    def key(self) -> str:
        """Return the key; CannotUnseal if the house's key is lost."""
        return unseal(self.key_sealed, purpose=_PURPOSE)

    def note_refusal(self, at: datetime) -> None:
        Hook.objects.filter(pk=self.pk).update(last_refused_at=at)

    def close(self, *, by: Actor, at: datetime) -> None:
        with transaction.atomic():
            _note(self.mailbox.address, "", by, at)
            self.delete()

    def note_mail(self, at: datetime) -> None:
        Hook.objects.filter(pk=self.pk).update(last_came_at=at)


def _note(old: str, new: str, by: Actor, at: datetime) -> None:
    record("hook_set", thread=House.objects.current().id, by=by, at=at, old=old, new=new)
