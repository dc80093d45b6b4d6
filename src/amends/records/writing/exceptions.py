"""Who of many wants an answer of their own: said first, before one text goes to all."""

from collections.abc import Collection, Sequence
from typing import Literal
from uuid import UUID

from amends.records.complaints.models import Contact
from amends.records.complaints.vocabulary import Direction, Kind
from amends.records.customers.models import EmailAddress
from amends.records.post.addresses import can_be_written_to
from amends.records.writing.models import language_of

Reason = Literal[
    "merged",
    "closed",
    "no_address",
    "language",
    "undecided",
    "not_solved",
    "severe",
    "answered",
    "promised",
]
# These can't be answered by this round at all; the others only should not.
NEVER: frozenset[Reason] = frozenset({"merged", "closed", "no_address", "language"})
_SEVERE = 4


def exceptions_among(
    contacts: Sequence[Contact], languages: Collection[str]
) -> dict[Contact, Reason]:
    """Return those that should not get the common text, and the strongest reason for each.

    Args:
        contacts: with customer and complaint fetched.
        languages: in which there is a text.
    """
    reached = _reached_by_mail(contacts)
    found = ((contact, _reason(contact, languages, reached)) for contact in contacts)
    return {contact: reason for contact, reason in found if reason}


def _reached_by_mail(contacts: Sequence[Contact]) -> set[UUID]:
    """Return the customers of whom we have an address, by one query for all."""
    known = EmailAddress.objects.filter(customer__in=[one.customer_id for one in contacts])
    pairs = known.values_list("customer_id", "address")
    return {customer for customer, address in pairs if can_be_written_to(address)}


def _reason(contact: Contact, languages: Collection[str], reached: set[UUID]) -> Reason | None:
    if contact.merged_into_id:
        return "merged"
    if contact.is_closed:
        return "closed"
    # Who has none on file may still be answered through a representative who wrote.
    if contact.customer_id not in reached and not contact.address_of_customer():
        return "no_address"
    if language_of(contact) not in languages:
        return "language"
    return _should_not(contact)


def _should_not(contact: Contact) -> Reason | None:
    if contact.kind == Kind.UNDECIDED:
        return "undecided"
    if contact.said_no or contact.double_deviation:
        return "not_solved"
    if contact.severity_or_default() >= _SEVERE:
        return "severe"
    if contact.answered and contact.last_direction == Direction.OUT:
        return "answered"
    return "promised" if contact.promise_due_at else None
