"""An answer by phone or by letter: what was said, and what was promised with it."""

from dataclasses import dataclass
from datetime import date, datetime

from amends.records.answering.answer import Answer, give
from amends.records.complaints.models import Contact, Message
from amends.records.people.models import Person


@dataclass(frozen=True)
class Call:
    reached: str
    said_at: datetime


@dataclass(frozen=True)
class Letter:
    dispatched_date: date
    to: str = ""
    tracking: str = ""


def log_call(contact: Contact, answer: Answer, call: Call, *, by: Person, at: datetime) -> Message:
    """Put a call on record that has reached somebody; it answers as a mail does.

    Raises what `Contact.call` and the nouns refuse; NotAComplaint where a question's answer
    promises or puts right.
    """

    def say() -> Message:
        return contact.call(
            text=answer.text, reached=call.reached, said_at=call.said_at, by=by, at=at
        )

    return give(contact, answer, say, by=by, at=at)


def log_letter(
    contact: Contact, answer: Answer, letter: Letter, *, by: Person, at: datetime
) -> Message:
    """Put a letter on record that is posted; it answers as a mail does."""

    def say() -> Message:
        return contact.post_letter(
            text=answer.text, dispatched_date=letter.dispatched_date, to=letter.to,
            tracking=letter.tracking, by=by, at=at,
        )  # fmt: skip

    return give(contact, answer, say, by=by, at=at)
