"""A flood is braked by the hour and by where it comes from; whoever is braked loses no words."""

import pytest
from django.test import Client
from django.urls import reverse

from amends.doors.portal import answer, telling, writing
from amends.records.complaints.models import Contact


@pytest.fixture(autouse=True)
def few(monkeypatch):
    monkeypatch.setattr(telling, "_STORIES_AN_HOUR", 2)
    monkeypatch.setattr(writing, "_MESSAGES_AN_HOUR", 2)
    monkeypatch.setattr(answer, "_ANSWERS_AN_HOUR", 2)


def test_it_brakes_stories(browser):
    typed = {"text": "My whole story.", "address": "olga@customer.example"}
    statuses = [browser.post(reverse("portal:tell"), typed).status_code for _ in range(3)]
    assert statuses == [302, 302, 422]
    shown = browser.post(reverse("portal:tell"), typed).content.decode()
    assert "That was a lot for one hour." in shown
    assert "My whole story." in shown
    assert Contact.objects.count() == 2


def test_it_brakes_messages_and_answers(browser, link, answered):
    for name, typed in (
        ("message", {"text": "My words."}),
        ("answer", {"solved": "no", "words": "My words."}),
    ):
        statuses = [browser.post(link(answered, name), typed).status_code for _ in range(3)]
        assert statuses == [302, 302, 422], name
        shown = browser.post(link(answered, name), typed).content.decode()
        assert "That was a lot for one hour." in shown
        assert "My words." in shown


def test_it_brakes_messages_by_an_old_link(browser, link, answered, clock):
    where = link(answered, "message")
    clock.forward(days=70)
    statuses = [browser.post(where, {"text": "My words."}).status_code for _ in range(3)]
    assert statuses == [200, 200, 422]
    assert (
        "That was a lot for one hour."
        in browser.post(where, {"text": "My words."}).content.decode()
    )


def test_it_believes_nobody_who_says_where_they_come_from(browser, settings):
    typed = {"text": "My whole story.", "phone": "600100200"}
    post = [
        Client(headers={"x-forwarded-for": f"10.0.0.{number}"}).post(reverse("portal:tell"), typed)
        for number in range(3)
    ]
    assert [answer.status_code for answer in post] == [302, 302, 422]
    settings.BEHIND_PROXY = True
    post = [
        Client(headers={"x-forwarded-for": f"10.0.0.{number}, 172.16.0.9"}).post(
            reverse("portal:tell"), typed
        )
        for number in range(3)
    ]
    assert [answer.status_code for answer in post] == [302, 302, 422]


def test_it_brakes_nobody_for_another(browser, settings):
    settings.BEHIND_PROXY = True
    typed = {"text": "My whole story.", "phone": "600100200"}
    for number in range(4):
        client = Client(headers={"x-forwarded-for": f"172.16.0.{number}"})
        assert client.post(reverse("portal:tell"), typed).status_code == 302
