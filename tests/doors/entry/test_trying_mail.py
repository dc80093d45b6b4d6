"""The try of mail: the server's words about ours, and a mail that came since one began to wait."""

import pytest
from django.urls import reverse

from amends.records.post.models import Outgoing, RawMail

READY, TRIALS, SEND = reverse("entry:ready"), reverse("entry:trials"), reverse("entry:send")


@pytest.fixture
def addressed(browser, house):
    browser.post(reverse("entry:question", args=[3]), {"address": "help@house.example"})
    return browser


def said(browser):
    return browser.get(TRIALS).content.decode()


def sent(browser):
    browser.post(SEND)
    return Outgoing.objects.get()


def test_it_sends_one_to_the_administrator(addressed, bogna):
    mail = sent(addressed)
    assert (mail.to_address, mail.thread) == ("bogna@house.example", bogna.pk)
    assert "on its way" in said(addressed)


@pytest.mark.parametrize(
    ("verb", "answer", "shown"),
    [
        ("accept", "250 2.0.0 queued as 4711", "the server has taken it"),
        ("refuse", "550 5.7.1 relaying <denied>", "the server refuses it"),
        ("postpone", "ConnectionRefusedError", "we try again"),
    ],
)
def test_it_says_what_the_server_said(addressed, clock, verb, answer, shown):
    mail = sent(addressed)
    getattr(mail, verb)(mail.claim(clock()), clock(), answer)
    page = said(addressed)
    assert shown in page
    assert answer.replace("<", "&lt;").replace(">", "&gt;") in page


def test_it_shows_a_mail_that_came_since(addressed, clock):
    RawMail.objects.keep(
        b"Subject: old\n\n", source="lmtp", at=clock(), envelope_from="old@a.example"
    )
    clock.forward(minutes=1)
    assert "we wait for a mail to help@house.example" in addressed.get(READY).content.decode()
    assert "we wait for a mail" in said(addressed)
    clock.forward(minutes=1)
    RawMail.objects.keep(
        b"Subject: new\n\n", source="lmtp", at=clock(), envelope_from="me@<b>.example"
    )
    page = said(addressed)
    assert "me@&lt;b&gt;.example" in page
    assert "old@a.example" not in page


def test_it_waits_for_nothing_without_an_address(browser):
    page = browser.get(READY).content.decode()
    assert "No address is said yet." in page
    assert "we wait" not in page


def test_it_says_where_mail_is_taken_in_and_where_customers_write(addressed, settings):
    settings.LMTP_PORT, settings.HOUSE_URL = 9_924, "https://desk.house.example"
    page = addressed.get(READY).content.decode()
    assert "9924" in page
    assert 'value="https://desk.house.example/"' in page
    assert '&lt;a href="https://desk.house.example/"&gt;' in page
