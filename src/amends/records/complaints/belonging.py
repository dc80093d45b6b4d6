"""Answering where a stranger's mail belongs: to the case that it names, or to none."""

from datetime import datetime

from django.db import transaction

from amends.ground.events.models import record
from amends.records.complaints import refusals
from amends.records.complaints.models import Belonging, Contact
from amends.records.customers.models import Representative
from amends.records.people.models import Person


def join(offer: Belonging, *, by: Person, at: datetime, relation: str = "") -> Contact:
    """Let the contact follow the case that it named; return that case.

    Where another customer wrote it, they may write for the case's customer from now on.
    Raises AlreadyAnswered, and whatever a merge raises.
    """
    contact = offer.contact
    with transaction.atomic():
        case = contact.hold_both(offer.case)
        _must_be_open(offer)
        before, representative = contact.customer, None
        if before.pk != case.customer_id:
            _must_be_theirs_alone(contact)
            representative = _let_write(contact, case, relation, by, at)
        contact.merge_into(case, by=by, at=at)
        answered = {"answered_at": at, "answered_by_name": by.actor_name}
        offers = Belonging.objects.open().filter(contact=contact)
        offers.filter(pk=offer.pk).update(
            joined=True, customer_before=before, representative=representative, **answered
        )
        offers.update(**answered)
    return case


def part(contact: Contact, *, by: Person, at: datetime) -> Contact:
    """Take a merged contact apart, and what a join changed back; return what was its head.

    Raises NotMerged.
    """
    with transaction.atomic():
        head = contact.unmerge(by=by, at=at)
        joined = Belonging.objects.filter(contact=contact, joined=True)
        for offer in joined.select_related("customer_before", "representative"):
            _bring_back(contact, head, offer, by, at)
            Belonging.objects.filter(contact=contact, answered_at=offer.answered_at).update(
                joined=False, answered_at=None, answered_by_name="", customer_before=None,
                representative=None,
            )  # fmt: skip
    return head


def stand_alone(contact: Contact, *, by: Person, at: datetime) -> None:
    """Say that it is a case of its own; of those the person doesn't see nothing is said.

    Raises AlreadyAnswered.
    """
    with transaction.atomic():
        contact.hold()
        seen = Belonging.objects.open().filter(contact=contact).seen_by(by)
        answered = {"answered_at": at, "answered_by_name": by.actor_name}
        if not Belonging.objects.filter(pk__in=[offer.pk for offer in seen]).update(**answered):
            raise refusals.AlreadyAnswered
        record("stands_alone", thread=contact.id, by=by, at=at)


def _must_be_open(offer: Belonging) -> None:
    offer.refresh_from_db(fields=["answered_at"])
    if offer.answered_at:
        raise refusals.AlreadyAnswered


def _must_be_theirs_alone(contact: Contact) -> None:
    if contact.merged.exists():
        raise refusals.OthersFollowIt
    if contact.awaits_sender:
        raise refusals.SenderNotConfirmed


def _let_write(
    contact: Contact, case: Contact, relation: str, by: Person, at: datetime
) -> Representative | None:
    """Return whom the join made a representative; None who has no address, or was one."""
    writer, address, customer = contact.customer, contact.address_of_customer(), case.customer
    name, representative = writer.shown_name or address, None
    if address and not customer.representatives.filter(address=address).exists():
        representative = customer.represent_by(name=name, address=address, relation=relation)
        record("representative_added", thread=case.id, by=by, at=at, name=name)
    contact.customer = customer
    contact.save(update_fields=["customer"])
    record(
        "written_for", thread=contact.id, by=by, at=at, name=customer.shown_name,
        who=name, before=str(writer.id),
    )  # fmt: skip
    return representative


def _bring_back(
    contact: Contact, head: Contact, offer: Belonging, by: Person, at: datetime
) -> None:
    if offer.representative:
        name = offer.representative.name
        offer.representative.delete()
        record("representative_removed", thread=head.id, by=by, at=at, name=name)
    before = offer.customer_before
    if before and before.pk != contact.customer_id:
        contact.customer = before
        contact.save(update_fields=["customer"])
        contact.plan(at=at)
        record("customer_again", thread=contact.id, by=by, at=at, name=before.shown_name)
