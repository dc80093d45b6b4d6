from collections.abc import Iterable
from typing import Any

from django.db import models
from django.db.models import F
from django.db.models.functions import Lower

from amends.ground.keys import uuid7
from amends.records.people.models import Team
from amends.records.post.addresses import plain, without_tag


class MailboxQuerySet(models.QuerySet["Mailbox"]):
    def for_recipients(self, addresses: Iterable[str]) -> "Mailbox | None":
        """Return the mailbox of the first address that is one of ours, with or without a tag."""
        wanted = [form for given in addresses for form in (plain(given), without_tag(given))]
        ours = self.select_related("team").filter(address__in=wanted)
        return min(ours, key=lambda mailbox: wanted.index(mailbox.address), default=None)

    def receive_at(self, address: str) -> "Mailbox":
        """Read mail at the address from now on; what has no team yet is the default team's."""
        known = self.for_recipients([address])
        return known or self.create(
            address=plain(address), name=plain(address), team=Team.objects.default()
        )


class Mailbox(models.Model):
    """An address that customers write to, and the team that answers there."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    address = models.CharField(max_length=320, unique=True)
    name = models.CharField(max_length=200)
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="mailboxes")
    language = models.CharField(max_length=8, blank=True)

    objects = MailboxQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(address=Lower(F("address"))),
                name="post_mailbox_address_is_lower_case",
            )
        ]

    def __str__(self) -> str:
        return self.address

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.address = plain(self.address)
        super().save(*args, **kwargs)
