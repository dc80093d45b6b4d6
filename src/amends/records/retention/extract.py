"""All that is held on one customer, for the customer: rows as data, case by case, and the files.

Colleagues are numbered, not named, wherever they stand as who did something; what was written to
the customer stays as it was written. Only some cases are in memory at a time.
"""

import uuid
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any

from django.db.models import F, Q

from amends.ground import files
from amends.ground.events.models import Event
from amends.records.complaints.models import Attachment, Complaint, Contact, Message
from amends.records.customers.models import Customer
from amends.records.looking.models import Look
from amends.records.people.models import Person
from amends.records.post.models import Outgoing, RawMail
from amends.records.post.models.raw_mail import RawMailState
from amends.records.retention.erasing import AlreadyErased, ErasingRefused
from amends.records.retention.extract_parts import OF_CASES, OF_CUSTOMERS, SEEN, Part

_CASES_AT_ONCE = 50
Row = dict[str, Any]


class NotForThisLead(ErasingRefused):
    """A copy tells all of it, so it is for a lead who may read all of it."""


@dataclass
class Veil:
    """Colleagues by number, in the order in which they come up."""

    known: dict[str, uuid.UUID] = field(default_factory=dict)
    numbers: dict[uuid.UUID, int] = field(default_factory=dict)

    @classmethod
    def over_the_house(cls) -> "Veil":
        known: dict[str, uuid.UUID] = {}
        for key, *called in Person.objects.get_queryset().values_list("pk", "name", "email"):
            known |= dict.fromkeys((str(key), *called), key)
        return cls(known)

    def over(self, told: Any) -> Any:
        """Return what is told with a number wherever a colleague's key, name or address stood."""
        if isinstance(told, dict):
            return {name: self.over(value) for name, value in told.items()}
        if isinstance(told, list | tuple):
            return [self.over(value) for value in told]
        key = self.known.get(str(told)) if isinstance(told, str | uuid.UUID) else None
        return f"colleague {self.numbers.setdefault(key, len(self.numbers) + 1)}" if key else told


@dataclass(frozen=True)
class Held:
    """Bytes as they are kept, and the name that they get in the copy."""

    name: str
    digest: str


@dataclass
class Copy:
    """What is held on a customer; with `inside`, what colleagues wrote among themselves too."""

    customer: Customer
    inside: bool = False
    veil: Veil = field(default_factory=Veil.over_the_house)

    def of_customer(self) -> Row:
        told: Row = {part.name: self._rows(part) for part in OF_CUSTOMERS}
        looks = Look.objects.filter(customer_key=self.customer.pk).order_by("at", "id")
        told["who_looked"] = self.veil.over(
            list(looks.values("what", "at", "last_at", "times", "reference", "person_id"))
        )
        return told

    def cases(self) -> Iterator[Row]:
        """Yield each case with all that hangs on it, the first that came in first."""
        contacts = self.customer.contacts.order_by("received_at", "id")
        keys = contacts.values_list("pk", flat=True).iterator()
        while batch := list(islice(keys, _CASES_AT_ONCE)):
            by_part = {part.name: self._grouped(part, batch) for part in OF_CASES}
            events = self._events(batch)
            for key in batch:
                case = {name: rows[key] for name, rows in by_part.items() if rows[key]}
                yield case | {"events": events[key]}

    def _rows(self, part: Part) -> list[Row]:
        of = {part.of: self.customer.pk}
        rows = part.model._default_manager.filter(**of).order_by("pk")  # noqa: SLF001
        names = part.told(with_inside=self.inside)
        return [self.veil.over(row) for row in rows.values(*names)] if names else []

    def _grouped(self, part: Part, keys: list[uuid.UUID]) -> dict[uuid.UUID, list[Row]]:
        grouped: dict[uuid.UUID, list[Row]] = defaultdict(list)
        names = part.told(with_inside=self.inside)
        if names:
            rows = part.model._default_manager.filter(**{f"{part.of}__in": keys})  # noqa: SLF001
            for row in rows.order_by("pk").values(*names, case_key=F(part.of)).iterator():
                grouped[row.pop("case_key")].append(self.veil.over(row))
        return grouped

    def _events(self, keys: list[uuid.UUID]) -> dict[uuid.UUID, list[Row]]:
        found = Event.objects.filter(thread__in=keys).order_by("at", "id")
        if not self.inside:
            found = found.filter(verb__in=list(SEEN))
        grouped: dict[uuid.UUID, list[Row]] = defaultdict(list)
        for event in found.iterator():
            row = {
                "at": event.at, "verb": event.verb, "actor_kind": event.actor_kind,
                "actor_name": event.actor_name, "data": self._said(event),
            }  # fmt: skip
            grouped[event.thread].append(self.veil.over(row))
        return grouped

    def _said(self, event: Event) -> Row:
        said: Row = event.data
        if self.inside:
            return said
        return {name: said[name] for name in SEEN[event.verb] if name in said}

    def files(self) -> Iterator[Held]:
        """Yield files and mails, those of one mail once, with names that lead out of no folder."""
        cases = self.customer.contacts.values("pk")
        for one in Attachment.objects.filter(message__contact__in=cases).order_by("pk").iterator():
            yield Held(name_of_file(one.pk, one.name), one.digest)
        read = Q(pk__in=Message.objects.filter(contact__in=cases).values("raw"))
        # Those that never became a message, such as a second copy.
        addresses = self.customer.addresses.values("address")
        also = Q(envelope_from__in=addresses) & ~Q(state=RawMailState.WAITING)
        for raw in RawMail.objects.filter(read | also).order_by("pk").iterator():
            yield Held(f"mails/{raw.received_at:%Y-%m-%d}-{raw.pk.hex[-12:]}.eml", raw.digest)
        sent = Outgoing.objects.filter(thread__in=cases).exclude(mime_digest="")
        for mail in sent.order_by("pk").iterator():
            name = f"mails/{mail.created_at:%Y-%m-%d}-{mail.pk.hex[-12:]}.eml"
            yield Held(name, mail.mime_digest)


def name_of_file(key: uuid.UUID, name: str) -> str:
    """Return what an attachment is called in the copy: no two are the same."""
    return f"files/{key.hex[-12:]}-{Path(name.replace(chr(92), '/')).name}"


def chunks(held: Held) -> Iterator[bytes]:
    """Yield the bytes piece by piece; none where the disk has lost them."""
    place = files.path(held.digest)
    if not place.exists():
        return
    with place.open("rb") as kept:
        while piece := kept.read(1 << 18):
            yield piece


def must_be_for(person: Person, customer: Customer) -> None:
    """Raise AlreadyErased, or NotForThisLead to who may not read all that a copy tells."""
    if customer.erased_at:
        raise AlreadyErased
    hidden = customer.contacts.exclude(pk__in=Contact.objects.visible_to(person).values("pk"))
    named = Complaint.objects.filter(contact__customer=customer, named=person)
    if not person.leads or hidden.exists() or named.exists():
        raise NotForThisLead
