"""A contact as data, for other programs: what was said, read anew from the bytes that came."""

from typing import Any

from amends.expertise.correspondence import Letter, forwarded, read_letter
from amends.records.complaints.models import Contact, Message
from amends.records.complaints.vocabulary import Direction
from amends.records.post.models import RawMailState

Data = dict[str, Any]


def as_data(contact: Contact) -> Data:
    """Return the contact with its customer and all that was said, the oldest first.

    Args:
        contact: one whose customer's addresses, messages, their attachments and bytes are fetched,
            or a query is made for each.
    """
    messages = sorted(contact.messages.all(), key=lambda message: (message.at, message.pk))
    addresses = sorted(contact.customer.addresses.all(), key=lambda address: address.pk)
    return {
        "reference": contact.reference,
        "kind": contact.kind,
        "language": contact.language,
        "story": _story(contact, messages),
        "customer": {
            "name": contact.customer.name,
            "addresses": [address.address for address in addresses],
        },
        "messages": [_message(message) for message in messages],
    }


def _story(contact: Contact, messages: list[Message]) -> str:
    complaint = contact.complaint_or_none()
    if complaint:
        return complaint.story
    heard = (message.text for message in messages if message.direction == Direction.IN)
    return next(heard, "")


def _message(message: Message) -> Data:
    letter = _letter(message)
    return {
        "message_id": message.message_id,
        "from": {"name": message.from_name, "address": message.from_address},
        "subject": message.subject,
        "date": (letter.date or message.at).isoformat(),
        "text": letter.text,
        "reply": letter.reply,
        "reply_without_signature": letter.reply_without_signature,
        "quoted": letter.quoted,
        "attachments": [
            {
                "name": file.name,
                "type": file.media_type,
                "size": file.size,
                "sha256": file.digest,
            }
            for file in sorted(message.attachments.all(), key=lambda file: file.pk)
        ],
    }


def _letter(message: Message) -> Letter:
    """Read the mail again; what came otherwise, or can't be read, is as it was written down."""
    raw = message.raw
    if raw is None or raw.state == RawMailState.UNREADABLE:
        return _as_written_down(message)
    try:
        letter = read_letter(raw.content())
    except FileNotFoundError:
        return _as_written_down(message)
    if letter.sender.email.lower() == message.from_address:
        return letter
    # A colleague passed it on: the customer's part of it is the message.
    passed = forwarded(letter)
    if passed is None:
        return letter
    return Letter(text=passed.text, reply=passed.text, reply_without_signature=passed.text)


def _as_written_down(message: Message) -> Letter:
    signed = "\n".join(part for part in (message.text, message.signature) if part)
    return Letter(
        text="\n".join(part for part in (signed, message.quoted) if part),
        reply=signed,
        reply_without_signature=message.text,
        signature=message.signature,
        quoted=message.quoted,
    )
