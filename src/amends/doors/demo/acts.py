"""The acts of the tour: each is played for real, through the verbs, and only if it isn't done.

Whoever watches may act themselves, at the desk or on the phone; `is_done` reads from the records
what has happened, whoever did it.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from amends.doors.demo import letters
from amends.doors.demo.company import person
from amends.doors.demo.plot import fill, said_day
from amends.doors.demo.scenes import Script
from amends.ground import clock
from amends.records.aftercare.models import CheckBack
from amends.records.answering.answer import Answer, Promised, PutRight, send_answer
from amends.records.complaints.models import Contact, Message
from amends.records.complaints.vocabulary import Outcome
from amends.records.house.knowledge import salutation, signoff
from amends.records.house.models import House
from amends.records.people.models import Person
from amends.records.promises.models import Promise
from amends.records.recovery.models import Remedy

_A_MOMENT = timedelta(seconds=2)


class Acts:
    """What one customer and the agent do in the tour, scene by scene."""

    def __init__(self, script: Script, *, name: str, address: str, vocative: str) -> None:
        self._script, self._told = script, script.told
        self._name, self._address, self._vocative = name, address, vocative

    @property
    def contact(self) -> Contact | None:
        """The case as it stands now; None until the mail has been read."""
        found = Contact.objects.filter(customer__addresses__address=self._address)
        return found.select_related("customer", "person", "team").order_by("received_at").first()

    def is_done(self, key: str) -> bool:
        contact = self.contact
        done: dict[str, Callable[[Contact], bool]] = {
            "arrives": lambda _contact: True,
            "decided": lambda contact: contact.is_complaint,
            "answered": lambda contact: self._answers(contact).exists(),
            "promised": lambda contact: _has_left(self._answers(contact)),
            "asked": _was_asked,
            "not_solved": lambda contact: contact.reopenings.filter(not_solved=True).exists(),
            "second_try": lambda contact: self._second_answers(contact).exists(),
            "solved": lambda contact: contact.outcome == Outcome.CONFIRMED,
            "learned": lambda contact: bool(contact.is_complaint and contact.complaint.case_cause),
        }
        return contact is not None and done[key](contact)

    def play(self, key: str) -> None:
        """Play the act of the scene; what the records refuse is refused here too."""
        contact = self.contact
        if key == "arrives":
            self._arrives()
        elif contact is not None:
            getattr(self, f"_{key}")(contact)

    # The scenes

    def _arrives(self) -> None:
        mail = self._told["mail"]
        letters.write(
            name=self._name, address=self._address, to=House.objects.current().address,
            subject=mail["subject"], text=fill(mail["text"], {"name": self._name}),
            at=clock.now(),
        )  # fmt: skip

    def _decided(self, contact: Contact) -> None:
        contact.customer.address_as(form="feminine", vocative=self._vocative)
        now, told = clock.now(), self._told["complaint"]
        contact.decide("complaint", by=self._agent, at=now)
        if contact.person_id is None:
            contact.take(by=self._agent, at=now)
        complaint = contact.complaint
        facts = {"goal": told["goal"], "wish": told["wish"], "fault": "ours", "severity": 3}
        complaint.understand(by=self._agent, at=now, evidence=told["points"][0], **facts)
        for point in told["points"]:
            complaint.add_point(point, by=self._agent, at=now)

    def _answered(self, contact: Contact) -> None:
        now, told = clock.now(), self._told["answer"]
        promise_at = _noon_after(now)
        words = {"day": said_day(promise_at, self._script.language)}
        answer = Answer(
            text=self._letter(told["text"], words),
            promises=(Promised(told["promise"], promise_at),),
            remedies=(self._fix(told),),
            check_back_at=_morning_after(promise_at),
            points_answered=tuple(str(point.pk) for point in contact.complaint.points.open()),
        )
        send_answer(contact, answer, by=self._agent, at=now)

    def _promised(self, contact: Contact) -> None:
        """Let the undo run out, so that what was promised is said."""
        message = self._answers(contact).order_by("at").first()
        if message and message.outgoing:
            _move_to(message.outgoing.not_before + _A_MOMENT)

    def _asked(self, contact: Contact) -> None:
        """Keep what was promised in time, and go on to the morning on which she is asked."""
        complaint = contact.complaint
        for promise in Promise.objects.open().filter(complaint=complaint).order_by("due_at"):
            _move_to(promise.due_at - timedelta(hours=1))
            promise.keep(by=self._agent, at=clock.now())
        owed = Remedy.objects.filter(complaint=complaint, delivered_at=None, dropped_at=None)
        for remedy in owed:
            remedy.deliver(by=self._agent, at=clock.now())
        waiting = CheckBack.objects.waiting().filter(complaint=complaint).first()
        if waiting is None:
            now = clock.now()
            complaint.refresh_from_db()
            waiting = CheckBack.objects.plan(
                complaint, due_at=_morning_after(now), by=self._agent, at=now
            )
        _move_to(waiting.due_at + timedelta(minutes=1))

    def _not_solved(self, contact: Contact) -> None:
        contact.complaint.deny(words=self._told["no"]["words"], at=clock.now())

    def _second_try(self, contact: Contact) -> None:
        now, told = clock.now(), self._told["second_answer"]
        present = PutRight(
            what=told["gesture"], cost=Decimal(told["gesture_cost"]),
            currency=self._told["currency"], gesture=True, delivered=True,
        )  # fmt: skip
        answer = Answer(
            text=self._letter(told["text"], {}),
            remedies=(self._fix({**told, "cost": None}), present),
            check_back_at=_morning_after(now),
        )
        send_answer(contact, answer, by=self._agent, at=now)

    def _solved(self, contact: Contact) -> None:
        message = self._second_answers(contact).order_by("at").first()
        if message and message.outgoing:
            _move_to(message.outgoing.not_before + _A_MOMENT)
        contact.complaint.confirm(words=self._told["yes"]["words"], at=clock.now())

    def _learned(self, contact: Contact) -> None:
        cause = self._told["cause"]["text"]
        contact.complaint.understand(by=self._agent, at=clock.now(), case_cause=cause)

    # What they need

    @property
    def _agent(self) -> Person:
        return person(self._told["agent"])

    def _answers(self, contact: Contact) -> Any:
        return Message.objects.filter(contact=contact, author__isnull=False, taken_back_at=None)

    def _second_answers(self, contact: Contact) -> Any:
        no = contact.reopenings.filter(not_solved=True).order_by("at").first()
        return self._answers(contact).filter(at__gt=no.at) if no else Message.objects.none()

    def _letter(self, text: str, words: dict[str, str]) -> str:
        language = self._script.language
        greeting = salutation(
            language, "feminine", vocative=self._vocative, surname=self._name.split(" ")[-1]
        )
        end = signoff(
            language, person=self._agent.name_for_customers, house=House.objects.current().name
        )
        return fill(text, {**words, "greeting": greeting, "signoff": end}).strip()

    def _fix(self, told: dict[str, Any]) -> PutRight:
        cost = told.get("cost", self._told["cost"])
        return PutRight(
            what=told["remedy"], cost=Decimal(cost) if cost else None,
            currency=self._told["currency"] if cost else "", delivered=True, proof=told["proof"],
        )  # fmt: skip


def _has_left(messages: Any) -> bool:
    return bool(messages.filter(accepted_at__isnull=False).exists())


def _was_asked(contact: Contact) -> bool:
    asked = CheckBack.objects.filter(complaint__contact=contact, asked_at__isnull=False)
    return asked.filter(message__accepted_at__isnull=False).exists()


def _move_to(moment: datetime) -> None:
    """Move the demo's clock on to the moment, unless it is over already."""
    ahead = moment - clock.now()
    if ahead > timedelta(0):
        clock.move(ahead)


def _noon_after(at: datetime) -> datetime:
    return _working(_local(at) + timedelta(days=1), hour=12)


def _morning_after(at: datetime) -> datetime:
    return _working(_local(at) + timedelta(days=1), hour=10)


def _working(at: datetime, *, hour: int) -> datetime:
    """The hour on that day, or on the next day on which the house works."""
    calendar = House.objects.current().calendar()
    while not calendar.works_on(at.date()):
        at += timedelta(days=1)
    return at.replace(hour=hour, minute=0, second=0, microsecond=0)


def _local(at: datetime) -> datetime:
    return at.astimezone(ZoneInfo(House.objects.current().zone))
