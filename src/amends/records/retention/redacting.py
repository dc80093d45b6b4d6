"""Taking words or files of one message out for good, where somebody wrote what must not be kept.

A card number, another customer's bill, a diagnosis. The mail as it came goes too, as all of it
stands there; so do copies of the words in the case.
"""

from collections.abc import Collection, Iterator
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef

from amends.ground import files as kept_files
from amends.ground.events.erasing import erase
from amends.ground.events.models import Event, record
from amends.records.complaints.models import Attachment, Complaint, Contact, Message, Reopening
from amends.records.complaints.vocabulary import Purpose
from amends.records.people.models import Person
from amends.records.post.models import Outgoing, OutgoingState, RawMail
from amends.records.retention.erasing import (
    ErasingRefused,
    MailUnderway,
    OnHold,
    empty_what_told_colleagues,
)
from amends.records.retention.models import LegalHold

BLACKED = "█████"


class NothingToRedact(ErasingRefused):
    """Neither words nor a file were chosen."""


class OnlyALeadRedacts(ErasingRefused):
    """What is gone can't be brought back, so who leads does it."""


class ReasonNotSaid(ErasingRefused):
    """The record says why, in place of what is gone."""


def redact(
    message: Message, *, words: bool, files: Collection[Attachment], why: str, by: Person,
    at: datetime,
) -> None:  # fmt: skip
    """Take the words, the files or both out of a message for good; who, when and why stay.

    Raises NothingToRedact, ReasonNotSaid, OnlyALeadRedacts, OnHold, MailUnderway.
    """
    if not words and not files:
        raise NothingToRedact
    if not why.strip():
        raise ReasonNotSaid
    if not by.leads:
        raise OnlyALeadRedacts
    with transaction.atomic():
        contact = message.contact
        contact.hold()
        if LegalHold.objects.standing().over(contact).exists():
            raise OnHold
        _drop_the_mail(message)
        for one in files:
            _leave_a_day(one.digest)
        Attachment.objects.filter(message=message, pk__in=[one.pk for one in files]).delete()
        if words:
            _black_out(message, by=by, at=at)
        record(
            "redacted", thread=contact.id, by=by, at=at, message=str(message.pk),
            why=why.strip()[:300], words=words, files=len(files),
        )  # fmt: skip


def _drop_the_mail(message: Message) -> None:
    """Drop the mail as it came or left: it has all words and all files in one piece."""
    outgoing, raw = message.outgoing, message.raw
    if outgoing and outgoing.state in {OutgoingState.QUEUED, OutgoingState.SENDING}:
        raise MailUnderway
    if outgoing:
        _leave_a_day(outgoing.mime_digest)
        Outgoing.objects.filter(pk=outgoing.pk).update(mime_digest="", attached=[])
    Message.objects.filter(pk=message.pk).update(raw=None)
    if raw:
        _leave_a_day(raw.digest)
        others = Message.objects.filter(raw=OuterRef("pk"))
        RawMail.objects.filter(pk=raw.pk).exclude(Exists(others)).delete()


def _leave_a_day(digest: str) -> None:
    """Leave the bytes another day, for a back-up whose database still has their rows."""
    if digest:
        kept_files.touch(digest)


def _black_out(message: Message, *, by: Person, at: datetime) -> None:
    contact, text = message.contact, message.text.strip()
    mails = contact.messages.select_related("raw", "outgoing")
    # An acknowledgement repeats how the customer's message begins.
    by_itself = mails.filter(purpose=Purpose.ACKNOWLEDGEMENT)
    for one in (message, *by_itself):
        _drop_the_mail(one)
        gone = {"text": BLACKED, "signature": "", "quoted": "", "html": ""}
        Message.objects.filter(pk=one.pk).update(**gone)
        if one.outgoing:
            Outgoing.objects.filter(pk=one.outgoing.pk).update(body=BLACKED)
    if text:
        for one in mails.filter(quoted__contains=text.splitlines()[0]):
            _drop_the_mail(one)
            Message.objects.filter(pk=one.pk).update(quoted="", html="")
        _black_out_copies(contact, text, by=by, at=at)
    empty_what_told_colleagues([contact])


def _black_out_copies(contact: Contact, text: str, *, by: Person, at: datetime) -> None:
    """Black out the same words in the story, its goal, a "not solved" and events."""
    Complaint.objects.filter(contact=contact, story__contains=text).update(story=BLACKED)
    goal = Complaint.objects.filter(contact=contact).values_list("goal", flat=True).first()
    if goal and goal.rstrip("…").strip() in text:
        Complaint.objects.filter(contact=contact).update(goal=BLACKED)
    Reopening.objects.filter(contact=contact, words__contains=text).update(words=BLACKED)
    events = Event.objects.filter(thread=contact.id)
    telling = [event.pk for event in events if any(text in said for said in _strings(event.data))]
    if telling:
        erase(events.filter(pk__in=telling), by=by, at=at)


def _strings(data: Any) -> Iterator[str]:
    if isinstance(data, str):
        yield data
    elif isinstance(data, dict | list):
        for value in data.values() if isinstance(data, dict) else data:
            yield from _strings(value)
