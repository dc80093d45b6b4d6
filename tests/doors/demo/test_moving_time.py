"""Move time: only forwards, only in the demo, and what falls due then really happens."""

from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from django.test import Client

from amends.ground import clock


@pytest.fixture
def client(demo, company):
    return Client()


def test_it_moves_by_an_hour(client):
    before = clock.now()
    assert client.post("/demo/clock/", {"to": "hour"}).status_code == 302
    assert timedelta(hours=1) <= clock.now() - before < timedelta(hours=1, minutes=1)


def test_it_moves_to_nine_tomorrow_by_the_clock_of_the_house(client):
    zone = ZoneInfo("Europe/Warsaw")
    before = clock.now().astimezone(zone)
    client.post("/demo/clock/", {"to": "morning"})
    after = clock.now().astimezone(zone)
    assert (after.hour, after.minute) == (9, 0)
    assert after.date() == before.date() + timedelta(days=1)


@pytest.mark.parametrize("to", ["", "yesterday", "-1", "hour'--"])
def test_it_takes_no_other_step(client, to):
    before = clock.moved_by()
    assert client.post("/demo/clock/", {"to": to}).status_code == 400
    assert clock.moved_by() == before


@pytest.mark.parametrize(
    ("back", "leads_to"),
    [
        ("/desk/cases/", "/desk/cases/"),
        ("https://evil.example/", "/demo/"),
        ("//evil.example", "/demo/"),
        ("javascript:alert(1)", "/demo/"),
        ("", "/demo/"),
    ],
)
def test_it_leads_back_to_a_page_of_this_house_only(client, back, leads_to):
    answer = client.post("/demo/clock/", {"to": "hour", "next": back})
    assert answer.headers["Location"] == leads_to


def test_it_shows_the_moment_of_the_demo(client):
    client.post("/demo/clock/", {"to": "morning"})
    assert ", 09:0" in client.get("/demo/").content.decode()
