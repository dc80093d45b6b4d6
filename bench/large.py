"""A house with many complaints, written into the tables in bulk; one in ten is still open.

Taking 100,000 mails in one by one would measure the intake, which bin/bench does apart. The rows
are what the verbs leave: contact, complaint, points, two messages, events, a word index.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from amends.doors.demo.history import plots
from amends.doors.demo.plot import fill, slots_of
from amends.expertise.priorities import steepness
from amends.ground import search
from amends.ground.events.models import PROGRAM, Happening, record_all
from amends.ground.keys import reference
from amends.ground.rows import insert_all
from amends.records.complaints.models import Complaint, Contact, Message, Point
from amends.records.complaints.vocabulary import Channel, Direction, Kind, Outcome, Purpose, State
from amends.records.customers.models import Customer, EmailAddress
from amends.records.people.models import Person, Team

_AT_ONCE = 1_000
_OPEN = 0.1
_TAKEN = 0.9
_WORDINGS = 400


@dataclass(frozen=True)
class Said:
    subject: str
    text: str
    language: str


def fill_house(number: int, *, now: datetime) -> None:
    """Add so many complaints, the oldest of nine months ago."""
    draw = random.Random()
    wordings = list(_wordings(now))
    people = list(Person.objects.get_queryset().filter(handles=True).order_by("email"))
    team = Team.objects.default()
    for start in range(0, number, _AT_ONCE):
        rows = [
            _case(draw, wordings, people, team, now)
            for _one in range(min(_AT_ONCE, number - start))
        ]
        with transaction.atomic():
            for model in (Customer, EmailAddress, Contact, Complaint, Point, Message):
                insert_all([row for case in rows for row in case[model]])
            record_all((event for case in rows for event in case[Happening]), later=True)
            for case in rows:
                (contact,) = case[Contact]
                words = f"{contact.subject}\n{case[Complaint][0].story}\n{case[Customer][0].name}"
                search.put(contact.id, contact.last_message_at, words, contact.language)


def _wordings(now: datetime) -> Iterator[Said]:
    for plot in plots(now.astimezone(), _WORDINGS):
        told = plot.draw.choice(plot.words.complaints)
        filled = slots_of(plot, plot.arrives_at)
        yield Said(fill(told["subject"], filled), fill(told["text"], filled), plot.language)


def _case(
    draw: random.Random, wordings: list[Said], people: list[Person], team: Team, now: datetime
) -> dict[type[Any], list[Any]]:
    said, number = draw.choice(wordings), draw.getrandbits(60)
    customer = Customer(name=f"{said.subject.split()[0].title()} {number}", language=said.language)
    contact = _lived(_arrived(said, customer, draw, now, team), draw, now)
    contact.person = draw.choice(people) if draw.random() < _TAKEN else None
    complaint = Complaint(
        contact=contact, story=said.text, goal=said.subject[:160], severity=draw.randint(1, 4)
    )
    messages = [
        Message(
            contact=contact, direction=Direction.IN, channel=Channel.MAIL, purpose=Purpose.STORY,
            at=contact.received_at, text=said.text, subject=said.subject,
            from_address=f"bench{number}@mail.example",
        ),
        Message(
            contact=contact, direction=Direction.OUT, channel=Channel.MAIL, purpose=Purpose.REPLY,
            at=contact.last_message_at, text="I am sorry.", author=contact.person or people[0],
        ),
    ]  # fmt: skip
    events = [
        Happening(verb, contact.id, PROGRAM, contact.received_at)
        for verb in ("arrived", "decided", "replied")
    ]
    address = EmailAddress(customer=customer, address=f"bench{number}@mail.example")
    points = [Point(complaint=complaint, text=said.subject[:200], position=0)]
    return {
        Customer: [customer], EmailAddress: [address], Contact: [contact], Complaint: [complaint],
        Point: points, Message: messages, Happening: events,
    }  # fmt: skip


def _arrived(
    said: Said, customer: Customer, draw: random.Random, now: datetime, team: Team
) -> Contact:
    is_open = draw.random() < _OPEN
    return Contact(
        reference=reference("B", letters=8), customer=customer, channel=Channel.MAIL,
        language=said.language, subject=said.subject[:300], kind=Kind.COMPLAINT, team=team,
        received_at=now - timedelta(days=draw.uniform(0, 10 if is_open else 270)),
        state=State.OPEN if is_open else State.CLOSED, answered=True,
        outcome="" if is_open else Outcome.CONFIRMED,
    )  # fmt: skip


def _lived(contact: Contact, draw: random.Random, now: datetime) -> Contact:
    came = contact.received_at
    contact.last_message_at = came + timedelta(hours=draw.uniform(0.5, 8))
    contact.waiting_since = came.timestamp()
    if contact.state == State.CLOSED:
        contact.closed_at = contact.last_message_at + timedelta(days=3)
        contact.last_direction = Direction.OUT
        return contact
    waits = draw.random() < 0.5
    contact.next_at = now + timedelta(hours=draw.uniform(-8, 60))
    contact.next_key = "answer_again" if waits else "follow_up"
    contact.answer_due_at = contact.next_at if waits else None
    contact.last_direction = Direction.IN if waits else Direction.OUT
    contact.steepness = steepness(severity=2, arrived_at=came, due_at=max(contact.next_at, came))
    return contact
