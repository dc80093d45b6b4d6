"""Opening a contact: a free reference, and the hands that it is for."""

from datetime import datetime

from django.db import IntegrityError, transaction

from amends.ground.keys import reference
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
    house = House.objects.current()
    fields = {
        "customer": customer, "channel": channel, "language": language, "received_at": at,
        "subject": subject[:300], "mailbox": mailbox, "team": holder.team,
        "person": holder.person, "last_message_at": at, "next_at": at, "state": State.OPEN,
        "proposal": Kind.NOTHING if automatic else "", "proposal_reason": automatic,
        "forwarded_by": forwarded_by,
    }  # fmt: skip
    for attempt in range(_TRIES_FOR_A_REFERENCE):
        # Five letters last a small house for ever; a full one grows by a letter.
        drawn = reference(house.prefix, letters=5 + attempt // 4)
        try:
            with transaction.atomic():
                return Contact.objects.create(reference=drawn, **fields)
        except IntegrityError:
            if not Contact.objects.filter(reference=drawn).exists():
                raise
    raise RuntimeError("no reference is free")
