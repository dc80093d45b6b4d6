"""What is known already of a bag of mail, asked of the database once for all of it."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Exists, Min, OuterRef, Q

from amends.records.complaints.following import named_by, references_of
from amends.records.complaints.knowledge import Letter
from amends.records.complaints.models import (
    Closing,
    Contact,
    Merge,
    Message,
    Reopening,
    Verdict,
)
from amends.records.complaints.vocabulary import CheckBackStage, Direction, Kind, State
from amends.records.customers.models import EmailAddress
from amends.records.house.models import House
from amends.records.people.models import Person, Team
from amends.records.post.addresses import without_tag
from amends.records.post.models import Mailbox, RawMail
from amends.records.post.models.mailbox import first_of, forms_of

# A letter that names more than these is looked at alone.
MOST_NAMED = 40


@dataclass(frozen=True)
class Said:
    """What tells a mail from another under the same Message-ID of the same sender."""

    text: str
    digests: frozenset[str]


class Facts:
    """Asked when made; what the bag itself adds is noted by whoever takes it in."""

    def __init__(self, mails: Sequence[tuple[RawMail, Letter]]) -> None:
        letters = [letter for _raw, letter in mails]
        digests = {raw.digest for raw, _letter in mails}
        self.house = House.objects.current()
        self.calendar = self.house.calendar()
        self.mailboxes = list(Mailbox.objects.select_related("team"))
        self.teams = list(Team.objects.answering())
        self.default_team = Team.objects.default()
        self.known_bytes = set(
            RawMail.objects.filter(digest__in=digests).values_list("digest", flat=True)
        )
        addresses = {address for letter in letters for address in addresses_of(letter)}
        self.colleagues = self._colleagues(addresses)
        on_file = list(
            EmailAddress.objects.filter(address__in=addresses)
            .select_related("customer")
            .prefetch_related("customer__addresses", "customer__representatives")
        )
        self.customers = {known.address: known.customer for known in on_file}
        self.failing = {known.address for known in on_file if known.failing_at}
        self.has_open_case = self._with_an_open_case()
        self.said = self._said_under({letter.message_id for letter in letters} - {""})
        self._ask_for_threads(mails)

    def mailbox_for(self, addresses: Iterable[str]) -> Mailbox | None:
        return first_of(self.mailboxes, forms_of(addresses))

    def is_ours(self, address: str) -> bool:
        ours = without_tag(self.house.address)
        return without_tag(address) == ours or self.mailbox_for([address]) is not None

    def _colleagues(self, addresses: set[str]) -> set[str]:
        people = Person.objects.get_queryset().filter(is_active=True)
        return {email.lower() for email in people.values_list("email", flat=True)} & addresses

    def _with_an_open_case(self) -> set[UUID]:
        of_theirs = Contact.objects.filter(
            customer__in=[customer.pk for customer in self.customers.values()]
        )
        held = Q(person__isnull=False) | Q(kind=Kind.COMPLAINT)
        found = of_theirs.exclude(state=State.CLOSED).filter(held)
        return set(found.values_list("customer", flat=True))

    def _said_under(self, message_ids: set[str]) -> dict[tuple[str, str], list[Said]]:
        said: dict[tuple[str, str], list[Said]] = defaultdict(list)
        same = Message.objects.filter(direction=Direction.IN, message_id__in=message_ids)
        for message in same.prefetch_related("attachments"):
            digests = frozenset(file.digest for file in message.attachments.all())
            said[message.message_id, message.from_address].append(Said(message.text, digests))
        return said

    def _ask_for_threads(self, mails: Sequence[tuple[RawMail, Letter]]) -> None:
        """Find the threads that the letters name, and lock them; the newest message is rank 0."""
        named = {name for _raw, letter in mails for name in named_by(letter)[:MOST_NAMED]}
        references = {
            name for raw, letter in mails for name in references_of(letter, raw.envelope_to)
        }
        rows = (
            Message.objects.filter(message_id__in=named)
            .order_by("-at", "-id").values_list("message_id", "contact")
        )  # fmt: skip
        self.threads: dict[str, list[tuple[int, UUID]]] = defaultdict(list)
        for rank, (message_id, key) in enumerate(rows):
            self.threads[message_id].append((rank, key))
        wanted = Q(pk__in={key for found in self.threads.values() for _rank, key in found})
        contacts = (
            Contact.objects.select_for_update(of=("self",))
            .filter(wanted | Q(reference__in=references))
            .order_by("pk")
            .select_related("customer", "team", "person", "merged_into__customer")
            .prefetch_related("customer__addresses", "customer__representatives")
        )
        self.contacts = {contact.pk: contact for contact in contacts}
        self.by_reference = {contact.reference: contact for contact in self.contacts.values()}
        self._moved = _moved_by_a_person(self.contacts)
        self._waits_since = _first_unanswered(self.contacts)

    def waits_since(self, contact: Contact) -> datetime | None:
        """Since when a customer waits where nobody has done anything yet; None elsewhere.

        There a further word changes nothing but the date of the last one.
        """
        untouched = (
            contact.state == State.OPEN
            and contact.kind == Kind.UNDECIDED
            and not (contact.answered or contact.said_no or contact.next_set_at)
            and contact.check_back == CheckBackStage.NONE
            and contact.merged_into_id is None
            and contact.pk not in self._moved
        )
        return self._waits_since.get(contact.pk) if untouched else None


def addresses_of(letter: Letter) -> set[str]:
    senders = [sender for sender in (letter.sender, letter.reply_to) if sender]
    return {sender.email.strip().lower() for sender in senders} - {""}


def _moved_by_a_person(contacts: dict[UUID, Contact]) -> set[UUID]:
    here = {"contact": OuterRef("pk")}
    touched = (
        Q(Exists(Verdict.objects.filter(**here)))
        | Q(Exists(Reopening.objects.filter(**here)))
        | Q(Exists(Closing.objects.filter(**here)))
        | Q(Exists(Merge.objects.filter(**here)))
        | Q(Exists(Merge.objects.filter(head=OuterRef("pk"))))
    )
    found = Contact.objects.filter(touched, pk__in=list(contacts))
    return set(found.values_list("pk", flat=True))


def _first_unanswered(contacts: dict[UUID, Contact]) -> dict[UUID, datetime]:
    heard = Message.objects.filter(contact__in=list(contacts), direction=Direction.IN, automatic="")
    return dict(heard.values_list("contact").annotate(first=Min("at")).order_by())
