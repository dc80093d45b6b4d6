"""Which thread a mail goes on with: only one whose customer, or representative, wrote it."""

import re

from amends.records.complaints.knowledge import Letter
from amends.records.complaints.models import Contact, Message
from amends.records.complaints.vocabulary import Direction

_REFERENCE = re.compile(r"\b[A-Z]{1,4}-[2-9A-HJKMNP-TV-Z]{5,8}\b")


def thread_of(letter: Letter) -> Contact | None:
    """Return the contact that the letter answers, or None if it begins a new one.

    By the Message-IDs that it names, else by a reference in its subject; either way only when
    the sender is a party, so that nobody gets into a stranger's case by guessing or by Cc.
    What is merged leads to its head.
    """
    by_message = (
        Message.objects.filter(message_id__in=named_by(letter))
        .select_related(
            "contact__customer",
            "contact__team",
            "contact__person",
            "contact__merged_into__customer",
        )
        .order_by("-at", "-id")
    )
    candidates = [message.contact for message in by_message[:20]]
    candidates += Contact.objects.filter(reference__in=references_in(letter)).select_related(
        "customer", "team", "person", "merged_into__customer"
    )
    theirs = (contact.head() for contact in candidates if _is_from_a_party(letter, contact))
    return next(theirs, None)


def named_by(letter: Letter) -> list[str]:
    """Return the Message-IDs that the letter says it answers, the nearest first."""
    return [name for name in (*letter.in_reply_to, *reversed(letter.references)) if name]


def references_in(letter: Letter) -> list[str]:
    return _REFERENCE.findall(letter.subject.upper())


def _is_from_a_party(letter: Letter, contact: Contact) -> bool:
    """Tell whether a party wrote it; an address that began the thread for a party is theirs."""
    sender = letter.sender.email.strip().lower()
    if contact.is_party(sender):
        return True
    if letter.reply_to is None or not contact.is_party(letter.reply_to.email):
        return False
    return contact.messages.filter(direction=Direction.IN, from_address=sender).exists()
