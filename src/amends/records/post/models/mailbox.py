from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import models, transaction
from django.db.models import F
from django.db.models.functions import Lower

from amends.ground.events.models import Actor, record
from amends.ground.keys import uuid7
from amends.records.house.models import House
from amends.records.people.models import Team
from amends.records.post.addresses import plain, without_tag


class MailboxRefused(Exception):
    """A change of the mailboxes that can't be."""


class AddressKnown(MailboxRefused):
    """There is a mailbox of this address already."""


class AddressOfTheHouse(MailboxRefused):
    """The house answers from this address, so mail to it has to come in."""


def forms_of(addresses: Iterable[str]) -> list[str]:
    """Return the addresses as a mailbox may have them: each as it is, and without its tag."""
    return [form for given in addresses for form in (plain(given), without_tag(given))]


def first_of(mailboxes: "Iterable[Mailbox]", wanted: list[str]) -> "Mailbox | None":
    """Return the mailbox whose address stands first among those wanted."""
    ours = [mailbox for mailbox in mailboxes if mailbox.address in wanted]
    return min(ours, key=lambda mailbox: wanted.index(mailbox.address), default=None)


class MailboxQuerySet(models.QuerySet["Mailbox"]):
    def for_recipients(self, addresses: Iterable[str]) -> "Mailbox | None":
        """Return the mailbox of the first address that is one of ours, with or without a tag."""
        wanted = forms_of(addresses)
        return first_of(self.select_related("team").filter(address__in=wanted), wanted)

    def receive_at(self, address: str) -> "Mailbox":
        """Read mail at the address from now on; what has no team yet is the default team's."""
        known = self.for_recipients([address])
        return known or self.create(
            address=plain(address), name=plain(address), team=Team.objects.default()
        )

    def add(self, *, address: str, name: str, team: Team, by: Actor, at: datetime) -> "Mailbox":
        """Read mail at the address from now on, for the team; AddressKnown if it is read."""
        if self.filter(address=plain(address)).exists():
            raise AddressKnown
        with transaction.atomic():
            mailbox = self.create(address=address, name=name.strip(), team=team)
            told = f"{mailbox.address} · {team.name}"
            record(
                "mailbox_added", thread=House.objects.current().id, by=by, at=at, old="", new=told
            )  # fmt: skip
        return mailbox


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

    def remove(self, *, by: Actor, at: datetime) -> None:
        """Read no mail here any more; AddressOfTheHouse for the one that the house answers from."""
        house = House.objects.current()
        if self.address == plain(house.address):
            raise AddressOfTheHouse
        with transaction.atomic():
            told = f"{self.address} · {self.team.name}"
            record("mailbox_removed", thread=house.id, by=by, at=at, old=told, new="")
            self.delete()
