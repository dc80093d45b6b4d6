"""Opening a contact: a free reference, and the hands that it is for."""

from datetime import datetime

from django.db import IntegrityError, transaction

from amends.ground.keys import reference
from amends.ground.rows import new
from amends.records.complaints.models import Contact
from amends.records.complaints.routing import Holder, holder_for
from amends.records.complaints.vocabulary import Kind, State
from amends.records.customers.models import Customer
from amends.records.house.models import House
from amends.records.people.models import Person
from amends.records.post.models import Mailbox

_TRIES_FOR_A_REFERENCE = 12


def open_contact(
    customer: Customer,
    *,
    channel: str,
    subject: str,
    language: str,
    mailbox: Mailbox | None,
    at: datetime,
    automatic: str = "",
    holder: Holder | None = None,
    forwarded_by: Person | None = None,
) -> Contact:
    """Open a contact under a reference that is free, in the hands that it is for."""
    holder = holder or holder_for(customer, mailbox=mailbox, language=language, at=at)
    contact = contact_for(
        customer, channel=channel, subject=subject, language=language, mailbox=mailbox, at=at,
        automatic=automatic, holder=holder, forwarded_by=forwarded_by,
    )  # fmt: skip
    prefix = House.objects.current().prefix
    for attempt in range(_TRIES_FOR_A_REFERENCE):
        contact.reference = drawn = draw(prefix, attempt)
        try:
            with transaction.atomic():
                contact.save(force_insert=True)
                return contact
        except IntegrityError:
            if not Contact.objects.filter(reference=drawn).exists():
                raise
    raise RuntimeError("no reference is free")


def contact_for(
    customer: Customer,
    *,
    channel: str,
    subject: str,
    language: str,
    mailbox: Mailbox | None,
    at: datetime,
    holder: Holder,
    automatic: str = "",
    forwarded_by: Person | None = None,
) -> Contact:
    """Return the contact to be opened, without its reference, not stored yet."""
    return new(
        Contact, customer=customer, channel=channel, language=language, received_at=at,
        subject=subject[:300], mailbox=mailbox, team=holder.team, person=holder.person,
        last_message_at=at, next_at=at, state=State.OPEN,
        proposal=Kind.NOTHING if automatic else "", proposal_reason=automatic,
        forwarded_by=forwarded_by,
    )  # fmt: skip


def draw_free(prefix: str, many: int) -> list[str]:
    """Draw many references at once, each free and all different."""
    free: list[str] = []
    for attempt in range(_TRIES_FOR_A_REFERENCE):
        drawn = {draw(prefix, attempt) for _ in range(many - len(free))} - set(free)
        taken = Contact.objects.filter(reference__in=drawn).values_list("reference", flat=True)
        free += drawn - set(taken)
        if len(free) == many:
            return free
    raise RuntimeError("no reference is free")


def draw(prefix: str, attempt: int) -> str:
    # Five letters last a small house for ever; a full one grows by a letter.
    return reference(prefix, letters=5 + attempt // 4)
