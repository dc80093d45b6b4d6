"""An invitation into the house: by name and address, with a link that works once, for a week."""

import uuid
from datetime import datetime, timedelta

from django.core import signing
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.crypto import get_random_string

from amends.ground.keys import uuid7
from amends.records.joining.refusals import InvitationOver
from amends.records.people.models import Person

_SALT = "amends.invitation"
STANDS_FOR = timedelta(days=7)
ROLES = ("handles", "leads", "assures", "administers")


def new_seed() -> str:
    return get_random_string(12)


class InvitationQuerySet(models.QuerySet["Invitation"]):
    def open(self) -> "InvitationQuerySet":
        """Narrow to those that nobody has used or taken back; some may have expired."""
        return self.filter(used_at=None, taken_back_at=None)

    def standing(self, at: datetime) -> "InvitationQuerySet":
        return self.open().filter(expires_at__gt=at)

    def to(self, address: str) -> "InvitationQuerySet":
        return self.filter(email=address.strip().lower())

    def behind(self, token: str, *, at: datetime) -> "Invitation":
        """Return the invitation whose link it is; InvitationOver where it leads nowhere."""
        try:
            said = signing.loads(token, salt=_SALT)
            key, seed = uuid.UUID(said["i"]), str(said["s"])
        except (signing.BadSignature, KeyError, TypeError, ValueError) as wrong:
            raise InvitationOver from wrong
        found = self.standing(at).filter(pk=key, seed=seed).first()
        if found is None:
            raise InvitationOver
        return found


class Invitation(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    email = models.EmailField()
    name = models.CharField(max_length=120)
    language = models.CharField(max_length=5, default="en", help_text="of the letter")
    languages = models.JSONField(default=list)
    handles = models.BooleanField(default=True)
    leads = models.BooleanField(default=False)
    assures = models.BooleanField(default=False)
    administers = models.BooleanField(default=False)
    invited_by = models.ForeignKey(
        Person, null=True, on_delete=models.SET_NULL, related_name="invitations"
    )
    invited_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    # Sending again draws a new one, so that the link of the earlier letter is worth nothing.
    seed = models.CharField(max_length=12, default=new_seed)
    used_at = models.DateTimeField(null=True)
    taken_back_at = models.DateTimeField(null=True)
    person = models.OneToOneField(
        Person, null=True, on_delete=models.SET_NULL, related_name="came_by"
    )

    objects = InvitationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                Lower("email"),
                condition=Q(used_at=None, taken_back_at=None),
                name="joining_one_open_invitation",
            ),
            models.CheckConstraint(
                condition=Q(used_at=None) | Q(taken_back_at=None),
                name="joining_used_or_taken_back",
            ),
            models.CheckConstraint(
                condition=Q(expires_at__gt=models.F("invited_at")),
                name="joining_stands_for_a_while",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} <{self.email}>"

    @property
    def token(self) -> str:
        return signing.dumps({"i": self.id.hex, "s": self.seed}, salt=_SALT)

    def renew(self, *, at: datetime) -> None:
        """Let it stand for another week, under a new link; InvitationOver if it is no more."""
        self._change(seed=new_seed(), expires_at=at + STANDS_FOR)

    def take_back(self, *, at: datetime) -> None:
        self._change(taken_back_at=at)

    def use(self, *, at: datetime) -> None:
        """Use it, once: of two who come at the same moment one is told that it is over."""
        open_still = Invitation.objects.standing(at).filter(pk=self.pk, seed=self.seed)
        if not open_still.update(used_at=at):
            raise InvitationOver
        self.used_at = at

    def _change(self, **values: object) -> None:
        if not Invitation.objects.open().filter(pk=self.pk).update(**values):
            raise InvitationOver
        for name, value in values.items():
            setattr(self, name, value)
