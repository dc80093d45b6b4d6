"""Erasing a customer by law: who it was and every word go, what is counted stays."""

from collections.abc import Iterable
from datetime import datetime
from functools import reduce
from operator import or_

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from amends.ground import files, search
from amends.ground.events.erasing import erase
from amends.ground.events.models import Event, record
from amends.ground.jobs.models import Job, JobState
from amends.records.complaints.models import Attachment, Complaint, Contact, Message, Note
from amends.records.complaints.vocabulary import State
from amends.records.customers.models import Customer
from amends.records.house.models import House
from amends.records.people.models import Person
from amends.records.post.models import Outgoing, OutgoingState, RawMail
from amends.records.post.models.raw_mail import RawMailState
from amends.records.retention import traces
from amends.records.retention.models import LegalHold
from amends.records.writing.models import Draft, DraftFile


class ErasingRefused(Exception):
    """A customer is not erased; nothing was changed."""


class AlreadyErased(ErasingRefused):
    """There is nothing left to erase."""


class CasesOpen(ErasingRefused):
    """What we still owe the customer can't be done once nobody knows who it is."""


class MailUnderway(ErasingRefused):
    """A mail to the customer has not left yet."""


class OnHold(ErasingRefused):
    """A law, a court or a claim needs what we keep."""


class ForSomebodyElse(ErasingRefused):
    """Who doesn't see each of the cases, or is named in one, doesn't make them disappear."""


def within_reach_of(person: Person) -> QuerySet[Customer]:
    """Return whom the person may ask for: an administrator anybody, a lead whose cases they see."""
    if person.administers:
        return Customer.objects.all()
    seen = Contact.objects.visible_to(person).filter(customer=OuterRef("pk"))
    return Customer.objects.filter(Exists(seen)) if person.leads else Customer.objects.none()


def look_up(typed: str, *, by: Person) -> QuerySet[Customer]:
    """Find customers by an address, a phone, an account number or a reference, each whole."""
    digits = "".join(filter(str.isdigit, typed))
    cases = Contact.objects.all() if by.administers else Contact.objects.visible_to(by)
    named = (
        Q(addresses__address=typed.lower()) | Q(accounts__number=typed)
        | Q(pk__in=cases.filter(reference=typed.upper()).values("customer"))
    )  # fmt: skip
    if digits:
        named |= Q(phones__digits=digits)
    return within_reach_of(by).filter(named).distinct().order_by("name", "id")


def goes_by(customer: Customer) -> set[str]:
    """Return what may be typed to confirm, in small letters."""
    names = {customer.name, customer.company}
    names |= set(customer.addresses.values_list("address", flat=True))
    names |= set(customer.phones.values_list("number", flat=True))
    names |= set(customer.accounts.values_list("number", flat=True))
    # Of whom nothing is known there are the cases.
    names = names - {""} or set(customer.contacts.values_list("reference", flat=True))
    return {" ".join(name.split()).casefold() for name in names}


def must_be_erasable(customer: Customer, *, by: Person) -> None:
    """Raise what stands against erasing the customer, if anything does."""
    contacts = customer.contacts.all()
    if customer.erased_at:
        raise AlreadyErased
    if not _is_for(by, contacts):
        raise ForSomebodyElse
    if LegalHold.objects.standing().on_any_of(customer).exists():
        raise OnHold
    if contacts.exclude(state__in=(State.CLOSED, State.MERGED)).exists():
        raise CasesOpen
    unsent = (OutgoingState.QUEUED, OutgoingState.SENDING)
    if Outgoing.objects.filter(thread__in=contacts.values("pk"), state__in=unsent).exists():
        raise MailUnderway


def what_goes(customer: Customer) -> dict[str, int]:
    """Count what an erasing takes away, for who is about to do it."""
    contacts = customer.contacts.values("pk")
    reach = (customer.addresses, customer.phones, customer.accounts, customer.representatives)
    return {
        "cases": customer.contacts.count(),
        "messages": Message.objects.filter(contact__in=contacts).count(),
        "notes": Note.objects.filter(contact__in=contacts).count(),
        "drafts": Draft.objects.filter(contact__in=contacts).count(),
        "files": Attachment.objects.filter(message__contact__in=contacts).count(),
        "mails": RawMail.objects.filter(_raw_of(customer)).distinct().count(),
        "reach": sum(rows.count() for rows in reach),
    }


def erase_customer(customer: Customer, *, by: Person, at: datetime) -> dict[str, int]:
    """Erase the customer whole, in one transaction, and return how much it was.

    Names, addresses, words, files, mails as they came and their places in the search go. How
    many cases there were, of what kind and cause, when, how they ended and what they cost stays.
    Bytes are dropped by the sweeping, a day later, unless somebody else's row names them.

    Raises ErasingRefused.
    """
    with transaction.atomic():
        customer = Customer.objects.select_for_update().get(pk=customer.pk)
        # As each verb of a case does: nobody acts on them while their words go.
        held = list(customer.contacts.select_for_update().order_by("pk"))
        must_be_erasable(customer, by=by)
        counts = what_goes(customer)
        _erase_cases(customer, held, by=by, at=at)
        for model in traces.OF_CUSTOMERS:
            model._default_manager.filter(customer=customer).delete()  # noqa: SLF001
        Customer.objects.filter(pk=customer.pk).update(**traces.NOBODY, erased_at=at)
        house = House.objects.current()
        record("customer_erased", thread=house.id, by=by, at=at, **counts)
    return counts


def _erase_cases(customer: Customer, held: Iterable[Contact], *, by: Person, at: datetime) -> None:
    contacts = Contact.objects.filter(customer=customer)
    keys = [contact.pk for contact in held]
    _let_go_of_bytes(customer, contacts)
    raws = list(RawMail.objects.filter(_raw_of(customer)).values_list("pk", flat=True))
    empty_what_told_colleagues(held)
    for trace in traces.TRACES:
        trace.erase(contacts)
    traces.erase_who_acted(contacts)
    for model, of in traces.OF_CONTACTS:
        model._default_manager.filter(**{f"{of}__in": contacts}).delete()  # noqa: SLF001
    read_elsewhere = Message.objects.filter(raw=OuterRef("pk"))
    RawMail.objects.filter(pk__in=raws).exclude(Exists(read_elsewhere)).delete()
    erase(Event.objects.filter(Q(thread__in=keys) | Q(actor_key=customer.pk)), by=by, at=at)
    over = (JobState.DONE, JobState.DEAD)
    for key in keys:
        Job.objects.filter(state__in=over, args=[str(key)]).delete()
        search.remove(key)


def _is_for(person: Person, contacts: QuerySet[Contact]) -> bool:
    if Complaint.objects.filter(contact__in=contacts, named=person).exists():
        return False
    seen = Contact.objects.visible_to(person)
    return person.administers or (
        person.leads and not contacts.exclude(pk__in=seen.values("pk")).exists()
    )


def _raw_of(customer: Customer) -> Q:
    """Mails as they came: what was read into a case, and what never was, such as a second copy."""
    read = Q(pk__in=Message.objects.filter(contact__customer=customer).values("raw"))
    addresses = customer.addresses.values("address")
    return read | Q(envelope_from__in=addresses) & ~Q(state=RawMailState.WAITING)


def _let_go_of_bytes(customer: Customer, contacts: QuerySet[Contact]) -> None:
    """Leave the bytes another day, for a back-up whose database still has their rows."""
    named = (
        Attachment.objects.filter(message__contact__in=contacts).values_list("digest", flat=True),
        DraftFile.objects.filter(draft__contact__in=contacts).values_list("digest", flat=True),
        RawMail.objects.filter(_raw_of(customer)).values_list("digest", flat=True),
        Outgoing.objects.filter(thread__in=contacts.values("pk")).exclude(mime_digest="")
        .values_list("mime_digest", flat=True),
    )  # fmt: skip
    for digests in named:
        for digest in digests:
            files.touch(digest)


def empty_what_told_colleagues(contacts: Iterable[Contact]) -> None:
    """Empty mails to colleagues that tell of these cases, who wrote and how it begins."""
    told = [Q(body__contains=contact.reference) for contact in contacts]
    if told:
        mails = Outgoing.objects.filter(reduce(or_, told)).exclude(
            state__in=(OutgoingState.QUEUED, OutgoingState.SENDING)
        )
        mails.update(subject=traces.DASH, body=traces.DASH, mime_digest="")
