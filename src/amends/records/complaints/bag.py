"""A bag of mail, taken in at once: what intake.py does mail by mail, by few statements for all.

Mails of strangers, and further words where nobody has answered yet, are nearly all there is; they
are decided on facts asked for once and stored together. Whatever else there is, a colleague's
forward, a delivery report, a word on a case that somebody has in hand, goes through take_in.
What follows from a mail, its being found and its acknowledgement, is left to the worker.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from uuid import UUID

from django.db import transaction
from django_tasks import task

from amends.ground.events.models import Event, Happening, follow, record_all
from amends.ground.jobs.backend import enqueue_all
from amends.ground.rows import insert_all, new
from amends.records.complaints.acknowledging import acknowledge
from amends.records.complaints.bag_facts import MOST_NAMED, Facts, Said, addresses_of
from amends.records.complaints.following import named_by, references_of
from amends.records.complaints.intake import may_acknowledge, said_in, take_in
from amends.records.complaints.knowledge import Letter
from amends.records.complaints.models import Attachment, Belonging, Contact, Message
from amends.records.complaints.models.belonging import offers_of
from amends.records.complaints.models.counting import Talk
from amends.records.complaints.models.planning import PLANNED
from amends.records.complaints.opening import contact_for, draw_free
from amends.records.complaints.routing import Holder, holder_for
from amends.records.complaints.vocabulary import Channel, Direction, Purpose
from amends.records.customers.models import Customer, EmailAddress
from amends.records.customers.models.customer import one_name
from amends.records.people.models.team import first_speaking
from amends.records.post.message_ids import keys_in
from amends.records.post.models import RawMail


@dataclass(frozen=True)
class Arrival:
    """A mail whose bytes, and whose attachments, are kept; its row is not stored yet."""

    raw: RawMail
    letter: Letter
    language: str


@dataclass(frozen=True)
class Became:
    """What a mail became; `automatic` says that no person wrote it."""

    what: Literal["contact", "reply", "duplicate", "automatic"]
    automatic: bool = False


def take_in_all(arrivals: Sequence[Arrival], *, at: datetime) -> list[Became]:
    """Take in many mails at once, each as take_in would, in their order.

    But for one thing: a reply that stands before what it answers finds its thread. What is
    there already by its bytes is passed over, and leaves no row.
    """
    with transaction.atomic():
        return _Bag(arrivals, at).taken_in()


@task()
def attend(event_key: str, acknowledges: bool) -> None:  # noqa: FBT001 - a job's argument
    """Let follow what follows from a mail's event, and acknowledge it, if nobody has yet."""
    with transaction.atomic():
        event = Event.objects.get(pk=event_key)
        follow(event)
        contact = Contact.objects.select_related("customer").filter(pk=event.thread).first()
        if acknowledges and contact and not contact.is_acknowledged():
            acknowledge(contact, at=event.at)


class _Bag:
    def __init__(self, arrivals: Sequence[Arrival], at: datetime) -> None:
        self.arrivals, self.at = arrivals, at
        self.facts = Facts([(arrival.raw, arrival.letter) for arrival in arrivals])
        self.became: dict[int, Became] = {}
        self.raws: list[RawMail] = []
        self.customers: list[Customer] = []
        self.addresses: list[EmailAddress] = []
        # A party is known by its addresses, here before they are stored.
        self.new_addresses: dict[UUID, str] = {}
        self.contacts: list[Contact] = []
        self.belongings: list[Belonging] = []
        self.heard_again: dict[UUID, Contact] = {}
        self.messages: list[Message] = []
        self.attachments: list[Attachment] = []
        self.happenings: list[tuple[Happening, bool]] = []
        self.alone: list[int] = []
        self.names_alone: set[str] = set()
        # What this bag begins: threads by Message-ID, and since when their customers wait.
        self.begun: dict[str, list[tuple[int, Contact]]] = defaultdict(list)
        self.waits_since: dict[UUID, datetime] = {}

    def taken_in(self) -> list[Became]:
        fresh = [number for number in range(len(self.arrivals)) if not self._is_known(number)]
        names = {self.arrivals[number].letter.message_id for number in fresh} - {""}
        # What answers a mail of this bag waits until that has begun its thread.
        later = [number for number in fresh if not self._take(number, waits_for=names)]
        for number in later:
            self._take(number, waits_for=set())
        self._store()
        for number in sorted(self.alone):
            arrival = self.arrivals[number]
            taken = take_in(arrival.raw, arrival.letter, at=self.at)
            self.became[number] = Became(taken.what, automatic=taken.automatic)
        return [self.became[number] for number in range(len(self.arrivals))]

    def _is_known(self, number: int) -> bool:
        """Pass over what is there; the same mail twice in one bag comes in once."""
        arrival = self.arrivals[number]
        if arrival.raw.digest in self.facts.known_bytes:
            self.became[number] = Became("duplicate")
            return True
        self.facts.known_bytes.add(arrival.raw.digest)
        self.raws.append(arrival.raw)
        if self._goes_alone(arrival):
            self._leave_alone(number)
            return True
        letter = arrival.letter
        said = Said(
            said_in(arrival.raw, letter)["text"],
            frozenset(part.sha256 for part in letter.attachments),
        )
        under = self.facts.said[letter.message_id, letter.sender.email[:254].lower()]
        if letter.message_id and said in under:
            self.became[number] = Became("duplicate")
            return True
        under.append(said)
        return False

    def _leave_alone(self, number: int) -> None:
        """Leave it for take_in, and with it what answers it."""
        self.alone.append(number)
        self.names_alone |= {self.arrivals[number].letter.message_id} - {""}

    def _goes_alone(self, arrival: Arrival) -> bool:
        letter, facts = arrival.letter, self.facts
        answers = bool(named_by(letter) or references_of(letter, arrival.raw.envelope_to))
        return (
            letter.automatic == "bounce"
            or bool(keys_in([letter.message_id]))  # a mail of ours that was led back
            or bool(addresses_of(letter) & (facts.colleagues | facts.failing))
            or len(named_by(letter)) > MOST_NAMED
            # Whose such a mail is takes a look at who else wrote in the thread.
            or bool(letter.reply_to and answers)
        )

    def _take(self, number: int, *, waits_for: set[str]) -> bool:
        """Take one in, or leave it for later: False."""
        arrival = self.arrivals[number]
        letter = arrival.letter
        named = named_by(letter)
        if self.names_alone & set(named):
            self._leave_alone(number)
            return True
        sender = letter.sender.email.strip().lower()
        begun, known = self._begun_by(named), self._stored_threads(arrival, named)
        thread = next((one for one in begun if self._is_party(sender, one)), None)
        if thread is None and waits_for & set(named):
            return False
        stored = None if thread else next((one for one in known if one.is_party(sender)), None)
        if thread is None and stored is None:
            contact = self._begin(number, arrival)
            self.belongings += offers_of(contact, [*begun, *known], at=self.at)
            return True
        if stored is not None:
            since = self.waits_since.get(stored.pk) or self.facts.waits_since(stored)
            if since is None:
                self._leave_alone(number)
                return True
            self.waits_since[stored.pk] = since
            thread = stored
        if thread is not None:
            self._hear(number, arrival, thread)
        return True

    def _begun_by(self, named: list[str]) -> list[Contact]:
        """Return what this bag has begun under these names, the newest first."""
        found = [said for name in named for said in self.begun.get(name, ())]
        found.sort(key=lambda said: said[0], reverse=True)
        return [contact for _at, contact in found]

    def _stored_threads(self, arrival: Arrival, named: list[str]) -> list[Contact]:
        facts = self.facts
        ranked = sorted(said for name in named for said in facts.threads.get(name, ()))
        found = [facts.contacts[key] for _rank, key in ranked]
        references = references_of(arrival.letter, arrival.raw.envelope_to)
        found += [facts.by_reference[name] for name in references if name in facts.by_reference]
        return found

    def _begin(self, number: int, arrival: Arrival) -> Contact:
        letter, facts = arrival.letter, self.facts
        sender = letter.reply_to or letter.sender
        address = sender.email.strip().lower()
        customer = self._customer(sender.name, address, arrival.language)
        mailbox = facts.mailbox_for(
            [*arrival.raw.envelope_to, *(to.email for to in (*letter.to, *letter.cc))]
        )
        if customer.pk in facts.has_open_case:
            holder = holder_for(customer, mailbox=mailbox, language=arrival.language, at=self.at)
        elif mailbox and not mailbox.team.is_default:
            holder = Holder(mailbox.team, None)
        else:
            team = first_speaking(facts.teams, arrival.language) or facts.default_team
            holder = Holder(team, None)
        contact = contact_for(
            customer, channel=Channel.MAIL, subject=letter.subject, language=arrival.language,
            mailbox=mailbox, at=self.at, automatic=letter.automatic or "", holder=holder,
        )  # fmt: skip
        contact.derive(self._talk(self.at), facts.house, at=self.at, calendar=facts.calendar)
        self.contacts.append(contact)
        self._say(contact, arrival, automatic="")
        self.waits_since[contact.pk] = self.at
        acknowledges = may_acknowledge(letter) and not facts.is_ours(sender.email)
        told = Happening("arrived", contact.pk, customer, self.at, {"channel": Channel.MAIL})
        self.happenings.append((told, acknowledges))
        self.became[number] = Became("contact", automatic=bool(letter.automatic))
        return contact

    def _customer(self, name: str, address: str, language: str) -> Customer:
        known = self.facts.customers.get(address) if address else None
        if known:
            return known
        customer = new(Customer, name=one_name(name), language=language)
        self.customers.append(customer)
        self.new_addresses[customer.pk] = address
        if address:
            self.addresses.append(new(EmailAddress, customer=customer, address=address))
            self.facts.customers[address] = customer
        return customer

    def _is_party(self, sender: str, contact: Contact) -> bool:
        if contact.customer_id in self.new_addresses:
            return bool(sender) and sender == self.new_addresses[contact.customer_id]
        return contact.is_party(sender)

    def _hear(self, number: int, arrival: Arrival, contact: Contact) -> None:
        letter = arrival.letter
        automatic = letter.automatic or ""
        self._say(contact, arrival, automatic=automatic)
        if not automatic:
            contact.derive(
                self._talk(self.waits_since[contact.pk]), self.facts.house,
                at=self.at, calendar=self.facts.calendar,
            )  # fmt: skip
            if contact.pk in self.facts.contacts:
                self.heard_again[contact.pk] = contact
        verb = "heard" if automatic else "customer_wrote"
        self.happenings.append((Happening(verb, contact.pk, contact.customer, self.at), False))
        self.became[number] = Became("reply", automatic=bool(automatic))

    def _talk(self, since: datetime) -> Talk:
        return Talk(
            last_answer_at=None, last_word_at=self.at, unanswered_since=since, said_no_at=None
        )

    def _say(self, contact: Contact, arrival: Arrival, *, automatic: str) -> None:
        said = said_in(arrival.raw, arrival.letter) | {"automatic": automatic}
        message = new(
            Message,
            contact=contact,
            direction=Direction.IN,
            purpose=Purpose.STORY,
            at=self.at,
            **said,
        )
        self.messages.append(message)
        if message.message_id:
            self.begun[message.message_id].append((len(self.messages), contact))
        self.attachments += [
            new(
                Attachment, message=message, name=part.name[:200], media_type=part.media_type[:100],
                size=len(part.content), digest=part.sha256,
            )
            for part in arrival.letter.attachments
        ]  # fmt: skip

    def _store(self) -> None:
        free = draw_free(self.facts.house.prefix, len(self.contacts))
        for contact, drawn in zip(self.contacts, free, strict=True):
            contact.reference = drawn
        for rows in (
            self.raws, self.customers, self.addresses, self.contacts, self.belongings,
            self.messages, self.attachments,
        ):  # fmt: skip
            insert_all(rows)
        for contact in self.heard_again.values():
            contact.save(update_fields=PLANNED)
        events = record_all((happening for happening, _ack in self.happenings), later=True)
        wanted = [acknowledges for _happening, acknowledges in self.happenings]
        calls = [(str(e.pk), ack) for e, ack in zip(events, wanted, strict=True)]
        enqueue_all(attend, calls, at=self.at)
