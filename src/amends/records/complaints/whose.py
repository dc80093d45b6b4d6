"""Whose it is: the sender of what a colleague passed on, and who writes for somebody else."""

from datetime import datetime

from django.db import transaction

from amends.ground.events.models import record
from amends.records.complaints import refusals
from amends.records.complaints.acknowledging import acknowledge
from amends.records.complaints.models import Contact
from amends.records.complaints.passing_on import is_ours
from amends.records.complaints.vocabulary import Direction
from amends.records.customers.models import Customer, Representative
from amends.records.people.models import Person


def confirm_sender(
    contact: Contact, *, by: Person, at: datetime, name: str = "", address: str = ""
) -> None:
    """Say whose it is that a colleague passed on; then the acknowledgement goes.

    Args:
        contact: what was passed on.
        by: who says so.
        at: when.
        name: of the real sender, where the mail was read wrongly.
        address: likewise; without it the sender is who it seems to be.

    Raises AlreadyConfirmed, AddressOfOurs, or NoAddress where neither mail nor person knows one.
    """
    with transaction.atomic():
        contact.hold()
        if not contact.awaits_sender:
            raise refusals.AlreadyConfirmed
        if address:
            _is_somebody_elses(contact, name=name, address=address)
        if not contact.customer.addresses.exists():
            raise refusals.NoAddress
        contact.sender_confirmed_at = at
        contact.plan(at=at)
        record(
            "sender_confirmed", thread=contact.id, by=by, at=at, name=contact.customer.shown_name
        )
        acknowledge(contact, at=at)


def write_for(
    contact: Contact,
    *,
    name: str,
    by: Person,
    at: datetime,
    address: str = "",
    phone: str = "",
    relation: str = "",
) -> None:
    """Say that the sender writes for another customer, whose representative they are from now on.

    Answers go on to the one who wrote. Raises SameCustomer, NameMissing, AddressOfOurs,
    SenderNotConfirmed, or FollowsAnother and OthersFollowIt: merged cases have one customer.
    """
    with transaction.atomic():
        contact.hold()
        contact.must_lead()
        if contact.merged.exists():
            raise refusals.OthersFollowIt
        if contact.awaits_sender:
            raise refusals.SenderNotConfirmed
        if not name.strip():
            raise refusals.NameMissing
        sender = contact.customer
        wrote_from = contact.address_of_customer()
        customer = _customer(contact, name=name, address=address, phone=phone)
        if customer == sender:
            raise refusals.SameCustomer
        if wrote_from:
            customer.represent_by(name=sender.shown_name, address=wrote_from, relation=relation)
        contact.customer = customer
        contact.save(update_fields=["customer"])
        contact.plan(at=at)
        record(
            "written_for", thread=contact.id, by=by, at=at, name=customer.shown_name,
            who=sender.shown_name, before=str(sender.id),
        )  # fmt: skip


def add_representative(
    contact: Contact, *, name: str, address: str, relation: str, by: Person, at: datetime
) -> Representative:
    """Let somebody write for the customer of the case, on record there."""
    if not name.strip():
        raise refusals.NameMissing
    if is_ours(address):
        raise refusals.AddressOfOurs
    with transaction.atomic():
        representative = contact.customer.represent_by(
            name=name, address=address, relation=relation
        )
        record("representative_added", thread=contact.id, by=by, at=at, name=representative.name)
    return representative


def remove_representative(
    contact: Contact, representative: Representative, *, by: Person, at: datetime
) -> None:
    """Take the right to write for the customer away; what they wrote stays."""
    with transaction.atomic():
        name = representative.name
        representative.delete()
        record("representative_removed", thread=contact.id, by=by, at=at, name=name)


def _is_somebody_elses(contact: Contact, *, name: str, address: str) -> None:
    guessed = contact.messages.filter(direction=Direction.IN).order_by("at", "id").first()
    customer = _customer(contact, name=name, address=address)
    contact.customer = customer
    contact.save(update_fields=["customer"])
    if guessed:
        guessed.from_name = name.strip()[:200] or customer.shown_name
        guessed.from_address = address.strip().lower()
        guessed.save(update_fields=["from_name", "from_address"])


def _customer(contact: Contact, *, name: str, address: str, phone: str = "") -> Customer:
    if address and is_ours(address):
        raise refusals.AddressOfOurs
    return Customer.objects.welcome(
        name=name, address=address, phone=phone, language=contact.language, trust_phone=True
    )
