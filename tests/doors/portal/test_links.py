"""A link opens one contact, for a time. What is no link, or of another, opens nothing."""

import pytest
from django.core import signing

from amends.records.complaints.intake import Told, take_in_told
from amends.records.complaints.links import token_for
from amends.records.complaints.models import Message
from amends.records.post.models import Outgoing

STORY = "I was billed 200"


def test_it_shows_how_it_stands(browser, link, complaint):
    page = browser.get(link(complaint.contact)).content.decode()
    assert complaint.contact.reference in page
    assert STORY in page


@pytest.mark.parametrize(
    "bend",
    [
        lambda token: token[:-1],
        lambda token: token[: len(token) // 2],
        lambda token: token[1:],
        lambda token: token.swapcase(),
        lambda token: token.replace(":", "%00"),
        lambda token: "x" * 5_000,
        lambda token: "0" * 32 + token[32:],
        lambda token: signing.TimestampSigner(salt="amends.other").sign(token.split(":")[0]),
        lambda token: signing.TimestampSigner(key="guess", salt="amends.status").sign(
            token.split(":")[0]
        ),
    ],
)
def test_it_opens_nothing_by_a_link_that_was_bent(browser, link, complaint, bend):
    token = bend(token_for(complaint.contact))
    for name in ("status", "message", "answer"):
        where = link(complaint.contact, name, token)
        answer = (
            browser.get(where)
            if name == "status"
            else browser.post(where, {"text": "x", "solved": "yes"})
        )
        assert answer.status_code == 404, name
        assert STORY not in answer.content.decode()
        assert complaint.contact.reference not in answer.content.decode()
    assert complaint.contact.messages.count() == 1


def test_it_opens_nothing_by_a_link_to_what_was_never_there(browser, link, complaint, nobody):
    assert browser.get(link(complaint.contact, token=nobody)).status_code == 404


def test_it_opens_one_contact_and_no_other(browser, link, complaint, now):
    other = take_in_told(
        Told(
            text="Another story.",
            channel="form",
            name="Olga Nowak",
            address="olga@customer.example",
        ),
        at=now,
    )
    page = browser.get(link(other)).content.decode()
    assert "Another story." in page
    assert STORY not in page
    browser.post(link(other, "message"), {"text": "For the other one."})
    assert not complaint.contact.messages.filter(text="For the other one.").exists()


@pytest.fixture
def old(complaint, clock):
    token = token_for(complaint.contact)
    clock.forward(days=61)
    return token


def test_it_shows_nothing_by_an_old_link(browser, link, complaint, old):
    page = browser.get(link(complaint.contact, token=old))
    assert page.status_code == 410
    shown = page.content.decode().replace(old, "")
    for word in (STORY, complaint.contact.reference, "Olga", "olga@customer.example", "Ana"):
        assert word not in shown
    assert page["Cache-Control"] == "no-store"


def test_it_takes_a_message_by_an_old_link_and_sends_a_fresh_one_to_the_address_on_file(
    browser, link, complaint, old
):
    shown = browser.post(link(complaint.contact, "message", old), {"text": "Are you there?"})
    assert shown.status_code == 200
    assert Message.objects.get(text="Are you there?").contact == complaint.contact
    mail = Outgoing.objects.get()
    assert mail.to_address == "olga@customer.example"
    assert "/status/" in mail.body
    assert token_for(complaint.contact) not in shown.content.decode()
    assert STORY not in shown.content.decode()


def test_it_keeps_the_words_of_an_old_page(browser, link, complaint, old):
    for name, field in (("answer", "words"), ("message", "text")):
        typed = {"solved": "no", field: "Still <broken>." if name == "answer" else "x" * 20_001}
        shown = browser.post(link(complaint.contact, name, old), typed)
        assert shown.status_code in {410, 422}
        assert typed[field].replace("<", "&lt;").replace(">", "&gt;") in shown.content.decode()


def test_it_lasts_as_long_as_the_house_says(browser, link, cast, complaint, clock):
    cast.house.link_days = 1
    cast.house.save()
    token = token_for(complaint.contact)
    clock.forward(hours=23)
    assert browser.get(link(complaint.contact, token=token)).status_code == 200
    clock.forward(hours=2)
    assert browser.get(link(complaint.contact, token=token)).status_code == 410


def test_it_sends_no_more_fresh_links_than_a_few_a_day(browser, link, complaint, old):
    for number in range(8):
        browser.post(link(complaint.contact, "message", old), {"text": f"Hello {number}"})
    assert Outgoing.objects.count() <= 3
    assert complaint.contact.messages.filter(direction="in", text__startswith="Hello").count() == 8
