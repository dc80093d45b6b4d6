"""How the mail of a mailbox is picked up at its IMAP server, and how that goes.

A worker that stays there holds a lease and renews it; a killed one's falls due again. What was
picked up lies in the folder for it, so nothing has to be remembered of single mails.
"""

import uuid
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db import models, transaction
from django.db.models import Q

from amends.ground.events.models import Actor, record
from amends.ground.jobs.backoff import next_try
from amends.ground.keys import uuid7
from amends.ground.sealing import reseal, seal, unseal
from amends.records.house.models import House
from amends.records.post.addresses import one_line
from amends.records.post.models.grant import Grant
from amends.records.post.models.mailbox import Mailbox, MailboxRefused
from amends.records.post.models.states import LeaseLost

LEASE = timedelta(minutes=2)
_PURPOSE = "mailbox"
_LONGEST_ANSWER = 300


class PasswordMissing(MailboxRefused):
    """A server was named anew, and neither a password nor a permission is there for it."""


class Security(models.TextChoices):
    TLS = "tls"
    STARTTLS = "starttls"
    NONE = "none"


class Trouble(models.TextChoices):
    """What can be in the way of picking mail up; the desk has a sentence for each."""

    UNREACHABLE = "unreachable"
    CERTIFICATE = "certificate"
    SIGN_IN = "sign_in"
    FOLDER = "folder"
    FILING = "filing"
    GRANT = "grant"
    SECRET = "secret"  # noqa: S105 -- a name, not a secret
    KEEPING = "keeping"


@dataclass(frozen=True)
class Server:
    """Where the mail lies and under which name one comes in."""

    host: str
    port: int
    security: str
    user: str
    folder: str
    done_folder: str
    failed_folder: str
    since_date: date

    def is_of(self, grant: Grant) -> bool:
        """Whether the grant is for it; a token is shown to nobody else."""
        there = grant.where
        asked = (self.host, self.port, self.security, self.user)
        return asked == (there.host, there.port, there.security, grant.user)


class PickupQuerySet(models.QuerySet["Pickup"]):
    def due(self, at: datetime) -> "PickupQuerySet":
        # Also those that somebody is at: their lease has run out, whoever held it is gone.
        return self.filter(due_at__lte=at).order_by("due_at", "mailbox_id")

    def arrange(
        self, mailbox: Mailbox, server: Server, *, password: str = "", grant: Grant | None = None,
        by: Actor, at: datetime,
    ) -> "Pickup":  # fmt: skip
        """Pick the mailbox's mail up there from now on, by a password or by a grant.

        Without either, the way in stays as it is.
        """
        with transaction.atomic():
            known = self.select_for_update().filter(mailbox=mailbox).first()
            is_granted = grant is not None and server.is_of(grant)
            if not (password or is_granted) and (known is None or known.is_elsewhere(server)):
                # Whoever may name a server must not get the password of another by naming theirs.
                raise PasswordMissing
            way = {"password_sealed": ""} if is_granted else {}
            if password:
                way = {"password_sealed": seal(password, purpose=_PURPOSE)}
            anew = {"due_at": at, "lease": None, "failures": 0, **_NO_TROUBLE}
            pickup, _is_new = self.update_or_create(
                mailbox=mailbox, defaults={**asdict(server), **way, **anew}
            )
            _note("" if known is None else str(known), str(pickup), by, at)
        return pickup

    def reseal(self, keys: list[str]) -> int:
        """Seal all passwords with the first of the keys; return how many."""
        with transaction.atomic():
            pickups = list(self.select_for_update())
            for pickup in filter(lambda one: one.has_password, pickups):
                sealed = reseal(pickup.password_sealed, purpose=_PURPOSE, keys=keys)
                self.filter(pk=pickup.pk).update(password_sealed=sealed)
        return sum(pickup.has_password for pickup in pickups)


class Pickup(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    mailbox = models.OneToOneField(Mailbox, on_delete=models.CASCADE, related_name="pickup")
    host = models.CharField(max_length=255)
    port = models.PositiveIntegerField()
    security = models.CharField(max_length=10, choices=Security.choices)
    user = models.CharField(max_length=320)
    password_sealed = models.TextField(blank=True, help_text="none where a grant opens it")
    folder = models.CharField(max_length=200)
    done_folder = models.CharField(max_length=200)
    failed_folder = models.CharField(max_length=200)
    since_date = models.DateField(help_text="what came before it stays where it is")
    due_at = models.DateTimeField(help_text="when it is due; while one is there, the lease's end")
    lease = models.UUIDField(null=True)
    failures = models.PositiveSmallIntegerField(default=0)
    looked_at = models.DateTimeField(null=True, help_text="the last look that went well")
    trouble = models.CharField(max_length=20, choices=Trouble.choices, blank=True)
    trouble_answer = models.CharField(max_length=_LONGEST_ANSWER, blank=True)
    trouble_since_at = models.DateTimeField(null=True)
    set_aside = models.PositiveIntegerField(default=0, help_text="mails in the folder for failed")

    objects = PickupQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["due_at"], name="post_pickup_due")]
        constraints = [
            models.CheckConstraint(
                condition=Q(security__in=Security.values), name="post_pickup_security_is_known"
            ),
            models.CheckConstraint(
                condition=Q(trouble="", trouble_since_at__isnull=True)
                | Q(trouble__in=Trouble.values, trouble_since_at__isnull=False),
                name="post_pickup_trouble_has_a_beginning",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.mailbox.address} · {self.user} · {self.host}"

    @property
    def has_password(self) -> bool:
        return bool(self.password_sealed)

    def password(self) -> str:
        """Return the password; CannotUnseal if the key that sealed it is lost."""
        return unseal(self.password_sealed, purpose=_PURPOSE)

    def is_elsewhere(self, server: Server) -> bool:
        mine = (self.host, self.port, self.security, self.user)
        return mine != (server.host, server.port, server.security, server.user)

    def drop(self, *, by: Actor, at: datetime) -> None:
        """Pick up nothing there any more; what lies there stays."""
        with transaction.atomic():
            _note(str(self), "", by, at)
            self.delete()

    def claim(self, at: datetime) -> bool:
        """Go there for the length of a lease; False if another worker was faster."""
        token = uuid.uuid4()
        free = Pickup.objects.due(at).filter(pk=self.pk, due_at=self.due_at, lease=self.lease)
        if not free.update(lease=token, due_at=at + LEASE):
            return False
        self.lease, self.due_at = token, at + LEASE
        return True

    def hold(self, at: datetime) -> None:
        """Stay for another lease; LeaseLost if somebody else is there or it was set anew."""
        self._while_leased(due_at=at + LEASE)

    def look(self, at: datetime) -> None:
        """Note that all that lay there has been picked up."""
        self._while_leased(due_at=at + LEASE, looked_at=at, failures=0, **_NO_TROUBLE)

    def set_one_aside(self) -> None:
        self._while_leased(set_aside=self.set_aside + 1)

    def let_go(self, at: datetime) -> None:
        """Leave, so that any worker may come."""
        self._while_leased(lease=None, due_at=at)

    def fail(self, at: datetime, trouble: str, answer: str = "") -> None:
        """Come again later, and say what was in the way and since when."""
        same = self.trouble == trouble
        self._while_leased(
            lease=None,
            due_at=next_try(at, self.failures),
            failures=min(self.failures + 1, 1000),
            trouble=trouble,
            trouble_answer=one_line(answer)[:_LONGEST_ANSWER],
            trouble_since_at=self.trouble_since_at if same else at,
        )

    def _while_leased(self, **values: Any) -> None:
        mine = Pickup.objects.filter(pk=self.pk, lease=self.lease)
        if self.lease is None or not mine.update(**values):
            raise LeaseLost(str(self))
        for name, value in values.items():
            setattr(self, name, value)


_NO_TROUBLE: dict[str, Any] = {"trouble": "", "trouble_answer": "", "trouble_since_at": None}


def _note(old: str, new: str, by: Actor, at: datetime) -> None:
    record("pickup_set", thread=House.objects.current().id, by=by, at=at, old=old, new=new)
