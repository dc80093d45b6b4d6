"""Which thread a mail goes on with: only one whose customer, or representative, wrote it."""

import re

from amends.records.complaints.knowledge import Letter
from amends.records.complaints.models import Contact, Message
from amends.records.complaints.passing_on import is_ours
from amends.records.complaints.vocabulary import Direction
from amends.records.post.message_ids import keys_in
from amends.records.post.models import Outgoing

_REFERENCE = re.compile(r"\b[A-Z]{1,4}-[2-9A-HJKMNP-TV-Z]{5,8}\b")


def thread_of(letter: Letter) -> Contact | None:
    """Return the contact that the letter answers, or None if it begins a new one.

    By the Message-IDs that it names, else by a reference in its subject; either way only when
    the sender is a party, so that nobody gets into a stranger's case by guessing or by Cc.
    What is merged leads to its head.
    """
    named = [*letter.in_reply_to, *reversed(letter.references)]
    by_message = (
        Message.objects.filter(message_id__in=[name for name in named if name])
        .select_related(
            "contact__customer",
            "contact__team",
            "contact__person",
            "contact__merged_into__customer",
        )
        .order_by("-at", "-id")
    )
    candidates = [message.contact for message in by_message[:20]]
    candidates += Contact.objects.filter(
        reference__in=_REFERENCE.findall(letter.subject.upper())
    ).select_related("customer", "team", "person", "merged_into__customer")
    theirs = (contact.head() for contact in candidates if _is_from_a_party(letter, contact))
    return next(theirs, None)


def came_from_us(letter: Letter) -> Outgoing | None:
    """Return the mail of ours that the letter is, led back to us by somebody's forwarding.

    By our signature, and only with an address of ours as the sender and the same words: who
    merely knows a Message-ID of ours can't have a mail of theirs dropped by it.
    """
    keys = keys_in([letter.message_id])
    if not keys or not is_ours(letter.sender.email):
        return None
    mail = Outgoing.objects.filter(pk__in=keys).first()
    return mail if mail and letter.text.split() == mail.body.split() else None


def _is_from_a_party(letter: Letter, contact: Contact) -> bool:
    """Tell whether a party wrote it; an address that began the thread for a party is theirs."""
    sender = letter.sender.email.strip().lower()
    if contact.is_party(sender):
        return True
    if letter.reply_to is None or not contact.is_party(letter.reply_to.email):
        return False
    return contact.messages.filter(direction=Direction.IN, from_address=sender).exists()
