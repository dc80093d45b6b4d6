"""The desk as each of the cast sees it, at one frozen moment of a working day."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from amends.records.answering.answer import Answer, send_answer
from amends.records.complaints.models import Complaint


class Clock:
    def __init__(self, now):
        self.now = now

    def __call__(self):
        return self.now

    def forward(self, **span):
        self.now += timedelta(**span)
        return self.now


@pytest.fixture
def clock(monkeypatch, now):
    """The clock of the doors; half an hour after the customer wrote."""
    clock = Clock(now + timedelta(minutes=30))
    monkeypatch.setattr(timezone, "now", clock)
    return clock


@pytest.fixture
def seat(cast, clock):
    """Somebody's browser: `seat("ana")`, or `seat(None)` for one who hasn't signed in."""

    def seat(who, **more):
        client = Client(**more)
        if who:
            client.force_login(getattr(cast, who))
        return client

    return seat


@pytest.fixture
def ana(seat):
    return seat("ana")


@pytest.fixture
def to():
    """The address of a verb or page of a contact: `to("reply", contact)`."""

    def to(name, contact, *keys):
        return reverse(f"desk:{name}", args=[contact.reference, *keys])

    return to


@pytest.fixture
def again():
    """The complaint as it is in the database now, with everything fresh."""

    def again(complaint):
        return Complaint.objects.select_related("contact__customer").get(pk=complaint.pk)

    return again


@pytest.fixture
def answered(cast, complaint, clock):
    """Ana has answered; her undo has run out, and Olga may write again."""
    message = send_answer(complaint.contact, Answer(text="We are sorry."), by=cast.ana, at=clock())
    clock.forward(minutes=10)
    return message


@pytest.fixture
def ewa(seat):
    return seat("ewa")


@pytest.fixture
def said(ewa):
    """The form of House style as the page shows it, to be posted with a change."""
    form = ewa.get(reverse("desk:house")).context["form"]
    return {name: value for name, value in form.initial.items() if value is not False}
