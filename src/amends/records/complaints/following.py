"""Which thread a mail goes on with: only one whose customer, or representative, wrote it."""

import re
import uuid
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q

from amends.records.complaints.knowledge import Letter
from amends.records.complaints.models import Contact, Message
from amends.records.complaints.passing_on import is_ours
from amends.records.complaints.vocabulary import Direction
from amends.records.post.message_ids import keys_in
from amends.records.post.models import Outgoing, Trial
from amends.records.post.reply_addresses import references_in

_REFERENCE = re.compile(r"\b[A-Z]{1,4}-[2-9A-HJKMNP-TV-Z]{5,8}\b")
_MOST_MESSAGES = 20


@dataclass(frozen=True)
class Candidate:
    """A thread that a mail names, with all that the choice needs.

    `parties` are the addresses of the customer and of who represents them; `writers` those that
    a message in it came from.
    """

    contact: Contact
    parties: frozenset[str]
    writers: frozenset[str] = frozenset()


def choose(letter: Letter, candidates: Iterable[Candidate]) -> Contact | None:
    """Return the first whose party wrote the letter; what is merged leads to its head.

    So nobody gets into a stranger's case by guessing, by a leaked address, or by Cc. An address
    that began the thread for a party, who is named in Reply-To, is theirs. Asks no database.
    """
    sender = letter.sender.email.strip().lower()
    answers_to = letter.reply_to.email.strip().lower() if letter.reply_to else ""
    for candidate in candidates:
        stands_for_one = answers_to in candidate.parties and sender in candidate.writers
        if sender and (sender in candidate.parties or stands_for_one):
            return candidate.contact.head()
    return None


def candidates_for(letter: Letter, recipients: Iterable[str] = ()) -> list[Candidate]:
    """Return the threads that the letter names, in the order in which they are believed.

    By Message-IDs of mails in them, then by a reply address that we signed, then by a reference
    in the subject.
    """
    named = named_by(letter)
    messages = Message.objects.filter(message_id__in=named).order_by("-at", "-id")
    keys = list(messages.values_list("contact", flat=True)[:_MOST_MESSAGES]) if named else []
    references = references_of(letter, recipients)
    if not keys and not references:
        return []
    named_so = Contact.objects.filter(Q(pk__in=keys) | Q(reference__in=references))
    found = named_so.select_related("customer", "team", "person", "merged_into__customer")
    contacts = list(found.prefetch_related("customer__addresses", "customer__representatives"))
    order = {key: place for place, key in reversed([*enumerate([*keys, *references])])}
    contacts.sort(key=lambda one: min(order.get(one.pk, 99), order.get(one.reference, 99)))
    writers = _writers_in(contacts) if letter.reply_to else {}
    return [
        Candidate(contact, _parties_of(contact), frozenset(writers.get(contact.pk, ())))
        for contact in contacts
    ]


def named_by(letter: Letter) -> list[str]:
    """Return the Message-IDs that the letter says it answers."""
    return [name for name in (*letter.in_reply_to, *letter.references) if name]


def references_of(letter: Letter, recipients: Iterable[str]) -> list[str]:
    """Return the references in addresses that we signed, then those in the subject."""
    written_to = [*recipients, *(to.email for to in (*letter.to, *letter.cc))]
    return [*references_in(written_to), *_REFERENCE.findall(letter.subject.upper())]


def came_from_us(letter: Letter) -> Outgoing | None:
    """Return the mail of ours that the letter is, led back to us by somebody's forwarding.

    By our signature, and only with an address of ours as the sender and the same words: who
    merely knows a Message-ID of ours can't have a mail of theirs dropped by it. A test mail may
    have been changed on its way, by a notice below it.
    """
    keys = keys_in([letter.message_id])
    if not keys or not is_ours(letter.sender.email):
        return None
    mail = Outgoing.objects.filter(pk__in=keys).first()
    if mail is None or letter.text.split() == mail.body.split():
        return mail
    return mail if Trial.objects.of(mail).exists() else None


def _parties_of(contact: Contact) -> frozenset[str]:
    customer = contact.customer
    own = [known.address for known in customer.addresses.all()]
    others = [known.address for known in customer.representatives.all() if known.address]
    return frozenset([*own, *others])


def _writers_in(contacts: Iterable[Contact]) -> dict[uuid.UUID, set[str]]:
    heard = Message.objects.filter(contact__in=list(contacts), direction=Direction.IN)
    writers: dict[uuid.UUID, set[str]] = {}
    for contact, address in heard.values_list("contact", "from_address").distinct().order_by():
        writers.setdefault(contact, set()).add(address)
    return writers
