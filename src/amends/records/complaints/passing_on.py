"""A colleague passes a customer's mail on: it is the customer's, and waits to be confirmed."""

from dataclasses import dataclass, replace

from amends.records.complaints import knowledge
from amends.records.complaints.knowledge import Letter
from amends.records.house.models import House
from amends.records.people.models import Person
from amends.records.post.addresses import without_tag
from amends.records.post.models import Mailbox


@dataclass(frozen=True)
class PassedOn:
    """The letter as the customer wrote it, who passed it on, and what they wrote above it."""

    letter: Letter
    by: Person
    above: str


def passed_on(letter: Letter) -> PassedOn | None:
    """Read a colleague's forward; None for anybody else's, who may write of others as they like.

    A mail that fails DMARC is nobody's colleague's. What is passed on from ourselves is none.
    """
    colleague = _colleague(letter.sender.email)
    if colleague is None or letter.dmarc == "fail":
        return None
    found = knowledge.forwarded(letter)
    if found is None or is_ours(found.sender.email) or _colleague(found.sender.email):
        return None
    theirs = replace(
        letter, sender=found.sender, reply_to=None, subject=found.subject, text=found.text,
        reply=found.text, reply_without_signature=found.text, signature=found.signature,
        quoted="", html=found.html, attachments=found.attachments, in_reply_to=(), references=(),
        message_id=found.message_id or letter.message_id,
    )  # fmt: skip
    return PassedOn(theirs, colleague, found.above)


def is_ours(address: str) -> bool:
    ours = without_tag(House.objects.current().address)
    return without_tag(address) == ours or Mailbox.objects.for_recipients([address]) is not None


def _colleague(address: str) -> Person | None:
    people = Person.objects.get_queryset().filter(is_active=True)
    return people.filter(email__iexact=address.strip()).first() if address.strip() else None
