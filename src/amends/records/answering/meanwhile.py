"""What was said while somebody wrote an answer: they read it before theirs goes out."""

import uuid

from django.db.models import Q

from amends.records.complaints.models import Contact, Message
from amends.records.complaints.models.counting import ANSWER
from amends.records.complaints.refusals import Refusal
from amends.records.complaints.vocabulary import Direction
from amends.records.people.models import Person


class SaidMeanwhile(Refusal):
    """The customer wrote, or a colleague answered, after what the writer has seen."""


def said_since(contact: Contact, seen: uuid.UUID, *, by: Person) -> list[Message]:
    """Return what the customer and colleagues have said after that message, by their keys.

    Keys follow the order of taking in; the moments of mails may lie in the past.
    """
    heard = Q(direction=Direction.IN, automatic="")
    new = contact.messages.filter(heard | (ANSWER & ~Q(author=by)), pk__gt=seen)
    return list(new.select_related("author").order_by("at", "id"))


def must_have_read(contact: Contact, seen: uuid.UUID | None, *, by: Person) -> None:
    """Raise SaidMeanwhile where there is something unread; for who names nothing, never.

    In the transaction of the answer, with the contact held: nothing slips in between.
    """
    contact.hold()
    if seen is not None and said_since(contact, seen, by=by):
        raise SaidMeanwhile
