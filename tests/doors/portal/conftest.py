"""The customer's browser, at one frozen moment of a working day, and links to her page."""

import uuid
from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.core import signing
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from amends.records.answering.answer import Answer, send_answer
from amends.records.complaints.links import token_for
from amends.records.post.models import Outgoing


@pytest.fixture(autouse=True)
def brakes_off():
    """Forget what earlier tests counted."""
    cache.clear()


class Clock:
    def __init__(self, now):
        self.now = now

    def __call__(self):
        return self.now

    def seconds(self):
        return self.now.timestamp()

    def forward(self, **span):
        self.now += timedelta(**span)
        return self.now


@pytest.fixture
def clock(monkeypatch, now):
    """The clock of the doors and of the links' signatures."""
    clock = Clock(now + timedelta(minutes=30))
    monkeypatch.setattr(timezone, "now", clock)
    stopped = SimpleNamespace(time=clock.seconds)
    monkeypatch.setattr(signing, "time", stopped)
    return clock


@pytest.fixture
def browser(cast, clock):
    return Client()


@pytest.fixture
def link(clock):
    """The address of a page behind a fresh link of a contact: `link(contact, "answer")`."""

    def link(contact, name="status", token=None):
        return reverse(f"portal:{name}", args=[token or token_for(contact)])

    return link


@pytest.fixture
def deliver(clock):
    """Let the customer's mail server accept what is on its way."""

    def deliver():
        clock.forward(minutes=1)
        for mail in Outgoing.objects.filter(state="queued"):
            token = mail.claim(clock())
            assert token
            mail.accept(token, clock(), "250 accepted")

    return deliver


@pytest.fixture
def answered(cast, complaint, clock, deliver):
    send_answer(complaint.contact, Answer(text="The 200 are back."), by=cast.ana, at=clock())
    deliver()
    complaint.contact.refresh_from_db()
    return complaint.contact


@pytest.fixture
def rows():
    """Count the rows of every table of the house."""

    def rows():
        found = {model._meta.label: model._default_manager.count() for model in apps.get_models()}
        assert len(found) > 20
        return found

    return rows


@pytest.fixture
def nobody():
    """A link that was never made."""
    return signing.TimestampSigner(salt="amends.status").sign(uuid.UUID(int=1).hex)
