"""A provider's permission to open a mailbox: asked for by an administrator, renewed by workers."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db import models, transaction

from amends.ground import oauth
from amends.ground.events.models import Actor, record
from amends.ground.keys import uuid7
from amends.ground.sealing import reseal, seal, unseal
from amends.records.house.models import House
from amends.records.post.models.mailbox import Mailbox
from amends.records.post.providers import PROVIDERS, Provider

_PURPOSE = "grant"
# A token that is about to end is no good for a conversation that begins.
_SPARE = timedelta(minutes=2)
_SEALED = ("client_secret_sealed", "refresh_sealed", "access_sealed")


class GrantQuerySet(models.QuerySet["Grant"]):
    def prepare(
        self, mailbox: Mailbox, *, provider: str, tenant: str, user: str, client_id: str,
        client_secret: str, by: Actor, at: datetime,
    ) -> "Grant":  # fmt: skip
        """Note how our program is known to the provider; the permission itself is still to come."""
        said = {"provider": provider, "tenant": tenant, "user": user, "client_id": client_id}
        nothing_yet = {"refresh_sealed": "", "access_sealed": "", "access_until_at": None}
        sealed = seal(client_secret, purpose=_PURPOSE)
        with transaction.atomic():
            grant, _is_new = self.update_or_create(
                mailbox=mailbox, defaults={**said, **nothing_yet, "client_secret_sealed": sealed}
            )
            house = House.objects.current()
            record("grant_prepared", thread=house.id, by=by, at=at, old="", new=str(grant))
        return grant

    def reseal(self, keys: Sequence[str]) -> int:
        """Seal all secrets with the first of the keys; return how many grants."""
        with transaction.atomic():
            grants = list(self.select_for_update())
            for grant in grants:
                sealed = {name: getattr(grant, name) for name in _SEALED if getattr(grant, name)}
                anew = {n: reseal(s, purpose=_PURPOSE, keys=keys) for n, s in sealed.items()}
                self.filter(pk=grant.pk).update(**anew)
        return len(grants)


class Grant(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    mailbox = models.OneToOneField(Mailbox, on_delete=models.CASCADE, related_name="grant")
    provider = models.CharField(max_length=20)
    tenant = models.CharField(max_length=100, help_text="the directory, at Microsoft")
    user = models.CharField(max_length=320)
    client_id = models.CharField(max_length=300)
    client_secret_sealed = models.TextField()
    refresh_sealed = models.TextField(blank=True)
    access_sealed = models.TextField(blank=True)
    access_until_at = models.DateTimeField(null=True)

    objects = GrantQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.user} · {self.where.name}"

    @property
    def is_given(self) -> bool:
        return bool(self.refresh_sealed)

    @property
    def where(self) -> Provider:
        return PROVIDERS[self.provider]

    @property
    def endpoints(self) -> oauth.Endpoints:
        return self.where.endpoints(self.tenant)

    def client(self, redirect: str = "") -> oauth.Client:
        return oauth.Client(self.client_id, self._open("client_secret_sealed"), redirect)

    def give(self, tokens: oauth.Tokens, *, by: Actor, at: datetime) -> None:
        """Take the permission that was given; workers may come from now on."""
        with transaction.atomic():
            self.renew(tokens, at)
            house = House.objects.current()
            record("grant_given", thread=house.id, by=by, at=at, old="", new=str(self))

    def renew(self, tokens: oauth.Tokens, at: datetime) -> None:
        """Keep fresh tokens; where the provider names none to renew with, the known one stays."""
        values: dict[str, Any] = {
            "access_sealed": seal(tokens.access, purpose=_PURPOSE),
            "access_until_at": at + timedelta(seconds=tokens.seconds),
        }
        if tokens.refresh:
            values["refresh_sealed"] = seal(tokens.refresh, purpose=_PURPOSE)
        self._set(values)

    def forget_access(self) -> None:
        """Let the next one who needs a token renew it: this one was refused."""
        self._set({"access_sealed": "", "access_until_at": None})

    def access(self, at: datetime) -> str:
        """Return the token while it holds, else nothing; CannotUnseal if the key is lost."""
        holds = self.access_until_at is not None and self.access_until_at > at + _SPARE
        return self._open("access_sealed") if holds and self.access_sealed else ""

    def refresh(self) -> str:
        return self._open("refresh_sealed")

    def _open(self, name: str) -> str:
        return unseal(getattr(self, name), purpose=_PURPOSE)

    def _set(self, values: dict[str, Any]) -> None:
        # Sealed anew by each preparing: tokens of before never get among those of another client.
        mine = Grant.objects.filter(pk=self.pk, client_secret_sealed=self.client_secret_sealed)
        mine.update(**values)
        for name, value in values.items():
            setattr(self, name, value)
