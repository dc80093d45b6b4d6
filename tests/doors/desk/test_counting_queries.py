"""The number of queries of a page is the same in a full house as in an empty one."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from amends.ground.jobs.running import run_due
from amends.records.answering.answer import Answer, Promised, PutRight, send_answer
from amends.records.complaints.intake import Told, take_in_told
from amends.records.complaints.models import Note

# Measured: 11, 12, 12 and 37; session and person are two of each.
MOST = {"my_day": 12, "cases": 12, "search": 12, "case": 38}


def story(cast, number, at):
    told = Told(
        text=f"The charger {number} broke.", channel="form", name=f"Olga {number}", language="en",
        address="olga@customer.example" if number % 3 == 0 else f"olga{number}@customer.example",
    )  # fmt: skip
    contact = take_in_told(told, at=at)
    if number % 2:
        contact.take(by=cast.ana, at=at)
        contact.complaint.understand(by=cast.ana, at=at, severity=3)
    return contact


def fill(cast, contact, at, *, times):
    """Talk, promise and note as much as in a long case."""
    complaint = contact.complaint
    for number in range(times):
        at += timedelta(seconds=10)
        heard = contact.customer_writes(text=f"Still broken, {number}.", at=at)
        for name in ("a.png", "b.png"):
            heard.attachments.create(name=name, media_type="image/png", size=1, digest="0" * 64)
        answer = Answer(
            text=f"We look at it, {number}.",
            promises=(Promised(f"A look {number}", at + timedelta(days=1)),),
            remedies=(PutRight(f"Part {number}"),),
        )
        send_answer(contact, answer, by=(cast.ana, cast.marek)[number % 2], at=at)
        Note.objects.write(contact, by=cast.ewa, text=f"Note {number}", at=at)
        complaint.add_point(f"Point {number}", by=cast.ana, at=at)


@pytest.fixture
def count(ana):
    def count(where, **data):
        ana.get(where, data)
        with CaptureQueriesContext(connection) as seen:
            assert ana.get(where, data).status_code == 200
        return len(seen)

    return count


def test_it_asks_the_database_as_often_in_a_full_house(cast, count, now, clock):
    contact = story(cast, 1, now)
    fill(cast, contact, now, times=1)
    clock.forward(hours=1)
    run_due(clock())
    pages = {
        "my_day": (reverse("desk:my_day"), {}),
        "cases": (reverse("desk:cases"), {}),
        "search": (reverse("desk:cases"), {"q": "chargers"}),
        "case": (reverse("desk:case", args=[contact.reference]), {}),
    }
    few = {name: count(where, **data) for name, (where, data) in pages.items()}
    for number in range(2, 30):
        story(cast, number, now + timedelta(minutes=number))
    fill(cast, contact, now + timedelta(minutes=40), times=10)
    while run_due(clock()):
        pass
    many = {name: count(where, **data) for name, (where, data) in pages.items()}
    assert many == few
    assert all(many[name] <= most for name, most in MOST.items()), many
