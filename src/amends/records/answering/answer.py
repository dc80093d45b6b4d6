"""One answer: what is said, what is promised, what puts it right, and when we ask about it.

Promise, remedy and check-back are siblings that never import each other, so the act over all of
them stands above them, here; see docs/decisions/0003.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from django.db import transaction

from amends.ground.files import KeptFile
from amends.records.aftercare.models import CheckBack
from amends.records.complaints.links import url_for
from amends.records.complaints.models import Contact, Message, Paraphrase, Point
from amends.records.complaints.paraphrasing import asking_line, understood_in
from amends.records.complaints.refusals import NotAComplaint
from amends.records.house.models import House
from amends.records.people.models import Person
from amends.records.promises.models import Promise
from amends.records.recovery.models import Remedy


@dataclass(frozen=True)
class Promised:
    what: str
    due_at: datetime


@dataclass(frozen=True)
class PutRight:
    what: str
    cost: Decimal | None = None
    currency: str = ""
    gesture: bool = False
    delivered: bool = False
    proof: str = ""


@dataclass(frozen=True)
class Answer:
    text: str
    promises: tuple[Promised, ...] = ()
    remedies: tuple[PutRight, ...] = ()
    check_back_at: datetime | None = None
    points_answered: tuple[str, ...] = field(default=())
    files: tuple[KeptFile, ...] = ()
    asks_understood: bool = False


def send_answer(contact: Contact, answer: Answer, *, by: Person, at: datetime) -> Message:
    """Send the answer and put on record what it says, all of it or nothing.

    Raises what the nouns refuse: NothingWritten, NoAddress, AlreadyClosed, DueInThePast,
    NothingPromised, NothingDecided, AskedBeforeTheAnswer, AskedBefore; NotAComplaint where a
    question's answer promises or puts right.
    """

    def say() -> Message:
        footer = _footer(contact, asks_understood=answer.asks_understood)
        return contact.reply(text=answer.text, by=by, at=at, footer=footer, files=answer.files)

    return give(contact, answer, say, by=by, at=at)


def give(
    contact: Contact, answer: Answer, say: Callable[[], Message], *, by: Person, at: datetime
) -> Message:
    """Say it, by whichever way, and put on record what goes with it, all of it or nothing."""
    complaint = contact.complaint_or_none()
    more = answer.promises or answer.remedies or answer.check_back_at or answer.asks_understood
    if more and complaint is None:
        raise NotAComplaint
    with transaction.atomic():
        remedies = [_decide(contact, fix, by=by, at=at) for fix in answer.remedies]
        message = say()
        for fix, remedy in zip(answer.remedies, remedies, strict=True):
            if fix.delivered:
                # Whoever is told on the phone that it is done is told of what was done by then.
                remedy.deliver(by=by, at=message.at, proof=fix.proof)
        if complaint is None:
            return message
        complaint.mirror(answer.text, by=by, at=at)
        if answer.asks_understood:
            said = understood_in(answer.text, contact)
            Paraphrase.objects.ask(complaint, text=said, message=message, by=by, at=at)
        for promised in answer.promises:
            Promise.objects.give(
                complaint, what=promised.what, due_at=promised.due_at, by=by, at=at,
                message=message,
            )  # fmt: skip
        if answer.check_back_at:
            CheckBack.objects.plan(complaint, due_at=answer.check_back_at, by=by, at=at)
        for point in complaint.points.open().filter(id__in=answer.points_answered).in_order():
            point.answer(by=by, at=at)
    return message


def take_back(message: Message, *, by: Person, at: datetime) -> Answer:
    """Undo the answer while that can be, and what it put on record.

    Returns the answer as it was written, so that nothing has to be written again; what had been
    delivered before stays delivered and is not in it.
    """
    complaint = message.contact.complaint_or_none()
    with transaction.atomic():
        message.take_back(by=by, at=at)
        if complaint is None:
            return Answer(text=message.text, files=message.files())
        answer = _call_off(message, complaint.pk, by=by, at=at)
        complaint.unmirror(message)
    return answer


def _call_off(message: Message, complaint: UUID, *, by: Person, at: datetime) -> Answer:
    promises = list(Promise.objects.open().filter(message=message).order_by("due_at", "id"))
    for promise in promises:
        promise.withdraw(by=by, at=at)
    remedies = list(
        Remedy.objects.filter(
            complaint=complaint, decided_at=message.given_at, delivered_at=None, dropped_at=None
        ).order_by("id")
    )
    for remedy in remedies:
        remedy.drop(by=by, at=at)
    planned = CheckBack.objects.waiting().filter(complaint=complaint, approved_at=message.given_at)
    check_back = planned.first()
    if check_back:
        check_back.cancel(by=by, at=at, wake=True)
    paraphrase = Paraphrase.objects.filter(message=message).first()
    if paraphrase:
        paraphrase.take_back()
    answered = Point.objects.filter(complaint=complaint, answered_at=message.given_at)
    points = list(answered.select_related("complaint").in_order())
    for point in points:
        point.open_again(by=by, at=at)
    return Answer(
        text=message.text,
        promises=tuple(Promised(promise.what, promise.due_at) for promise in promises),
        remedies=tuple(
            PutRight(remedy.what, remedy.cost, remedy.currency, gesture=remedy.gesture)
            for remedy in remedies
        ),
        check_back_at=check_back.due_at if check_back else None,
        points_answered=tuple(str(point.pk) for point in points),
        files=message.files(),
        asks_understood=paraphrase is not None,
    )


def _footer(contact: Contact, *, asks_understood: bool) -> str:
    """Lead from each reply to the page where the customer sees who does what by when."""
    language = contact.language or contact.customer.language
    link = url_for(contact)
    line = House.objects.current().footer(language, link=link)
    return f"{asking_line(contact, f'{link}understood/')}\n{line}" if asks_understood else line


def _decide(contact: Contact, fix: PutRight, *, by: Person, at: datetime) -> Remedy:
    return Remedy.objects.decide(
        contact.complaint, what=fix.what, cost=fix.cost, currency=fix.currency,
        gesture=fix.gesture, by=by, at=at,
    )  # fmt: skip
