"""Taking down what is told on the phone, at the counter or by letter, in one transaction."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from amends.records.complaints import refusals
from amends.records.complaints.acknowledging import acknowledge
from amends.records.complaints.intake import Told, take_in_told
from amends.records.complaints.models import Contact
from amends.records.complaints.vocabulary import Channel, Kind
from amends.records.people.models import Person


@dataclass(frozen=True)
class TakenDown:
    """What was told, and what whoever listened made of it."""

    told: Told
    kind: str = Kind.COMPLAINT
    points: tuple[str, ...] = ()
    solved_how: str = ""
    acknowledge: bool = False
    cannot_describe: bool = False


def take_down(heard: TakenDown, *, by: Person, at: datetime) -> Contact:
    """Open the case on what was told; solved on the spot it is closed at once.

    Raises NothingWritten; NotInPerson for what was solved on the spot in a letter; what taking
    in refuses.
    """
    told = heard.told
    if heard.solved_how.strip() and told.channel not in {Channel.PHONE, Channel.COUNTER}:
        raise refusals.NotInPerson
    with transaction.atomic():
        contact = take_in_told(told, by=by, at=at)
        contact.decide(heard.kind, by=by, at=at)
        if contact.is_complaint:
            _understand(contact, heard, by=by, at=at)
        if heard.solved_how.strip():
            _solve(contact, heard, by=by, at=at)
        elif heard.acknowledge:
            acknowledge(contact, at=at)
    return contact


def _understand(contact: Contact, heard: TakenDown, *, by: Person, at: datetime) -> None:
    if wish := heard.told.wish.strip():
        contact.complaint.understand(by=by, at=at, wish_words=wish[:300])
    if heard.cannot_describe:
        contact.complaint.understand(by=by, at=at, cannot_describe=True)
    for point in heard.points:
        contact.complaint.add_point(point, by=by, at=at)


def _solve(contact: Contact, heard: TakenDown, *, by: Person, at: datetime) -> None:
    if contact.is_complaint:
        contact.complaint.close_on_the_spot(by=by, at=at, how=heard.solved_how)
        return
    teller = heard.told.teller
    contact.call(
        text=heard.solved_how, reached=teller.name if teller else contact.customer.shown_name,
        said_at=at, by=by, at=at, channel=heard.told.channel,
    )  # fmt: skip
