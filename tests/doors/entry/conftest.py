"""A new house and its first browser, at one frozen moment; passkeys are the journeys' matter."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from amends.records.house.models import House
from amends.records.joining.beginning import first_administrator, set_up_code


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
    clock = Clock(now)
    monkeypatch.setattr(timezone, "now", clock)
    return clock


@pytest.fixture(autouse=True)
def brakes_off(settings):
    # The right hasher takes its time, which is its work and not these tests'.
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    cache.clear()


@pytest.fixture
def code(db, clock):
    return set_up_code()


@pytest.fixture
def bogna(db, clock):
    """The first administrator of a house that isn't set up yet."""
    return first_administrator(
        name="Bogna Lis", email="bogna@house.example", password="long enough 1", language="en",
        at=clock(),
    )  # fmt: skip


@pytest.fixture
def browser(bogna):
    client = Client()
    client.force_login(bogna)
    return client


@pytest.fixture
def house():
    return House.objects.current
