"""Taking in: a letter, or words from the form, become a contact, or go on with one."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from django.db import transaction

from amends.ground import files
from amends.ground.events.models import record
from amends.records.complaints import knowledge, refusals
from amends.records.complaints.acknowledging import acknowledge
from amends.records.complaints.bouncing import Bounce, bounce_in
from amends.records.complaints.following import came_from_us, candidates_for, choose
from amends.records.complaints.knowledge import Letter
from amends.records.complaints.models import Belonging, Contact, Message, Note
from amends.records.complaints.models.belonging import offers_of
from amends.records.complaints.opening import open_contact
from amends.records.complaints.passing_on import PassedOn, is_ours, passed_on
from amends.records.complaints.vocabulary import Channel, Direction, Kind, Purpose
from amends.records.customers.models import AddressTaken, Customer
from amends.records.house.knowledge import LANGUAGES
from amends.records.people.models import Person
from amends.records.post.models import Mailbox, RawMail, Trial


@dataclass(frozen=True)
class Upload:
    """A file that came with the form."""

    name: str
    media_type: str
    content: bytes


@dataclass(frozen=True)
class Taken:
    """What a letter became; an automatic one that begins no thread is a contact as well.

    A report on a mail to our own people is "automatic" and belongs to no contact.
    """

    what: Literal["contact", "reply", "duplicate", "automatic"]
    contact: Contact | None
    message: Message | None
    automatic: bool = False


def take_in(raw: RawMail, letter: Letter, *, at: datetime) -> Taken:
    """Take a letter in, once: the same mail again changes nothing."""
    with transaction.atomic():
        passed = passed_on(letter)
        letter = passed.letter if passed else letter
        known = _seen_before(raw, letter)
        if known:
            return Taken("duplicate", known.contact, known)
        if ours := came_from_us(letter):
            Trial.objects.note_coming(ours, at=raw.received_at)
            message = Message.objects.filter(outgoing=ours).select_related("contact").first()
            return Taken("duplicate", message.contact if message else None, message, automatic=True)
        if not passed and (bounce := bounce_in(letter)):
            return _come_back(raw, letter, bounce, at)
        candidates = candidates_for(letter, raw.envelope_to)
        # On a colleague's word alone nothing is put into a customer's thread.
        thread = None if passed else choose(letter, candidates)
        if thread:
            return _go_on(raw, letter, thread, at)
        contact, message = _begin(raw, letter, at, passed)
        named = [candidate.contact for candidate in candidates]
        Belonging.objects.bulk_create(offers_of(contact, named, at=at))
        return Taken("contact", contact, message, automatic=bool(letter.automatic))


@dataclass(frozen=True)
class Teller:
    """Who told it for the customer, and becomes one who may speak for them."""

    name: str
    relation: str = ""
    address: str = ""
    phone: str = ""


@dataclass(frozen=True)
class Told:
    """What a customer told, on the form or to somebody who wrote it down.

    `language` is the page's and gives way to the words; `speaks` was said by who wrote it down.
    """

    text: str
    channel: str
    name: str = ""
    address: str = ""
    phone: str = ""
    subject: str = ""
    wish: str = ""
    language: str = ""
    speaks: str = ""
    customer: Customer | None = None
    teller: Teller | None = None
    uploads: Sequence[Upload] = ()


def take_in_told(told: Told, *, at: datetime, by: Person | None = None) -> Contact:
    """Take in what was told. On the form it is a complaint by the customer's own word.

    Args:
        told: the words, and who told them.
        at: when.
        by: who wrote it down, at the counter or on the phone; None for the form.

    Raises NothingWritten without words; for a customer whom we know AnotherAddressOnFile or
    AddressOfAnother.
    """
    if not told.text.strip():
        raise refusals.NothingWritten
    with transaction.atomic():
        language = _language_of(told)
        customer = _customer_of(told, language, trust_phone=by is not None)
        contact = open_contact(
            customer, channel=told.channel, subject=told.subject, language=language,
            mailbox=None, at=at,
        )  # fmt: skip
        _write_down(contact, told, at)
        contact.plan(at=at)
        record("arrived", thread=contact.id, by=by or customer, at=at, channel=told.channel)
        if by is None:
            contact.decide(Kind.COMPLAINT, by=customer, at=at)
            if told.wish.strip():
                contact.complaint.understand(by=customer, at=at, wish_words=told.wish.strip()[:300])
            acknowledge(contact, at=at)
        elif contact.person is None and _is_seen_by(by, contact):
            contact.take(by=by, at=at)
    return contact


def _is_seen_by(person: Person, contact: Contact) -> bool:
    # It goes to whoever has the customer's open case, which may be a closed team.
    return Contact.objects.visible_to(person).filter(pk=contact.pk).exists()


def _customer_of(told: Told, language: str, *, trust_phone: bool) -> Customer:
    customer = told.customer
    if customer is None:
        customer = Customer.objects.welcome(
            name=told.name,
            address=told.address,
            phone=told.phone,
            language=language,
            trust_phone=trust_phone,
        )
    else:
        _note_how_to_reach(customer, told)
    if teller := told.teller:
        customer.represent_by(
            name=teller.name,
            address=teller.address,
            phone=teller.phone,
            relation=teller.relation,
        )
    return customer


def _note_how_to_reach(customer: Customer, told: Told) -> None:
    """Note a number; an address only where there is none yet: it opens all their cases."""
    address = told.address.strip().lower()
    on_file = set(customer.addresses.values_list("address", flat=True))
    if address and on_file and address not in on_file:
        raise refusals.AnotherAddressOnFile
    try:
        if address:
            customer.add_address(address)
    except AddressTaken as taken:
        raise refusals.AddressOfAnother from taken
    customer.add_phone(told.phone)


def _language_of(told: Told) -> str:
    """Believe who wrote it down, then the words before the page's language, if we speak it."""
    if told.speaks in LANGUAGES:
        return told.speaks
    heard = knowledge.identify(told.text) or ""
    return heard if heard in LANGUAGES else told.language or heard


def _write_down(contact: Contact, told: Told, at: datetime) -> None:
    who = told.teller or told
    message = contact.messages.create(
        direction=Direction.IN, channel=told.channel, purpose=Purpose.STORY, at=at,
        text=told.text.strip(), from_name=who.name.strip()[:200],
        from_address=who.address.strip().lower(),
    )  # fmt: skip
    for upload in told.uploads:
        _attach(message, upload.name, upload.media_type, upload.content)


def _come_back(raw: RawMail, letter: Letter, bounce: Bounce, at: datetime) -> Taken:
    """A report stands in the thread of the mail that it is about, not in one of its own."""
    bounce.take_back(at=at)
    thread = bounce.thread()
    if thread is None:
        return Taken("automatic", None, None, automatic=True)
    return _go_on(raw, letter, thread, at)


def _go_on(raw: RawMail, letter: Letter, thread: Contact, at: datetime) -> Taken:
    message = thread.hear(at=at, **said_in(raw, letter))
    _keep_attachments(message, letter)
    return Taken("reply", thread, message, automatic=bool(letter.automatic))


def _begin(
    raw: RawMail, letter: Letter, at: datetime, passed: PassedOn | None
) -> tuple[Contact, Message]:
    sender = letter.reply_to or letter.sender
    address, name = (sender.email, sender.name) if sender else ("", "")
    language = knowledge.identify(f"{letter.subject}\n{letter.reply}") or ""
    customer = Customer.objects.welcome(name=name, address=address, language=language)
    if not letter.automatic:
        customer.address_works(address)
    mailbox = Mailbox.objects.for_recipients(
        [*raw.envelope_to, *(to.email for to in (*letter.to, *letter.cc))]
    )
    contact = open_contact(
        customer, channel=Channel.MAIL, subject=letter.subject, language=language,
        mailbox=mailbox, at=at, automatic=letter.automatic or "",
        forwarded_by=passed.by if passed else None,
    )  # fmt: skip
    said = said_in(raw, letter)
    # Somebody has to look even at an automatic mail, so here it counts as a word.
    message = contact.messages.create(
        direction=Direction.IN, purpose=Purpose.STORY, at=at, **{**said, "automatic": ""}
    )
    _keep_attachments(message, letter)
    contact.plan(at=at)
    by = passed.by if passed else customer
    record("arrived", thread=contact.id, by=by, at=at, channel=Channel.MAIL)
    if passed and passed.above:
        Note.objects.write(contact, by=passed.by, text=passed.above, at=at)
    if may_acknowledge(letter) and not is_ours(address):
        acknowledge(contact, at=at)
    return contact, message


def may_acknowledge(letter: Letter) -> bool:
    """Tell whether a person wrote it, as far as it can be known; machines answer each other."""
    return not letter.automatic and letter.dmarc != "fail"


def said_in(raw: RawMail, letter: Letter) -> dict[str, Any]:
    """Return the fields of the message that the letter becomes."""
    sender = letter.sender
    return {
        "text": letter.reply_without_signature or letter.reply or letter.text,
        "signature": letter.signature,
        "quoted": letter.quoted,
        "html": letter.html,
        "channel": Channel.MAIL,
        "subject": letter.subject[:300],
        "from_name": (sender.name if sender else "")[:200],
        "from_address": (sender.email if sender else "")[:254].lower(),
        "to_address": ", ".join(to.email for to in letter.to)[:254],
        "message_id": letter.message_id[:500],
        "automatic": letter.automatic or "",
        "raw": raw,
    }


def _seen_before(raw: RawMail, letter: Letter) -> Message | None:
    """Find the same mail: the same bytes, or what the same sender said under one Message-ID."""
    same = Message.objects.filter(direction=Direction.IN).select_related("contact")
    by_bytes = same.filter(raw__digest=raw.digest).first()
    if by_bytes or not letter.message_id:
        return by_bytes
    said = said_in(raw, letter)
    # Some programs give all their mails one Message-ID, so the same words belong to it too.
    same = same.filter(**{name: said[name] for name in ("message_id", "from_address", "text")})
    came = {hashlib.sha256(part.content).hexdigest() for part in letter.attachments}
    for message in same.prefetch_related("attachments"):
        if came == {attachment.digest for attachment in message.attachments.all()}:
            return message
    return None


def _keep_attachments(message: Message, letter: Letter) -> None:
    for part in letter.attachments:
        _attach(message, part.name, part.media_type, part.content)


def _attach(message: Message, name: str, media_type: str, content: bytes) -> None:
    message.attachments.create(
        name=name[:200],
        media_type=media_type[:100],
        size=len(content),
        digest=files.keep(content),
    )
