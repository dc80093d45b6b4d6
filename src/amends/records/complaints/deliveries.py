"""What a mail server said of our mail, told to the message that it was."""

from amends.ground.events.models import Event
from amends.records.complaints import knowledge
from amends.records.complaints.models import Message


def mail_was_accepted(event: Event) -> None:
    for message in _message_of(event):
        message.was_accepted(at=event.at)


def mail_was_refused(event: Event) -> None:
    """A reply that did not arrive was none: the clock runs on, and its author sees it."""
    for message in _message_of(event):
        message.was_refused(at=event.at)
        if message.outgoing and knowledge.means_nobody(message.outgoing.server_answer):
            message.contact.customer.address_fails(message.to_address, at=event.at)


def mail_was_discarded(event: Event) -> None:
    """A mail that was held and never sent reads like one that was taken back."""
    for message in _message_of(event):
        message.was_discarded(at=event.at)


def _message_of(event: Event) -> list[Message]:
    mine = Message.objects.filter(outgoing=event.data["outgoing"]).select_related("outgoing")
    return list(mine.select_related("contact__customer", "contact__team", "contact__person"))
