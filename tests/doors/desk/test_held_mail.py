"""Held mail is looked at by who leads or administers, who sends it or discards it."""

from datetime import timedelta

import pytest

from amends.records.complaints.models import Message
from amends.records.post.models import Outgoing
from amends.records.post.pulse import take_pulse

PAGE = "/desk/house/held/"


@pytest.fixture
def held(contact, settings, now):
    settings.MOST_MAILS_TO_ONE = 1
    for _ in range(3):
        contact.write_automatically(purpose="link", subject="<b>x</b>", text="x", at=now)
    return Outgoing.objects.held()


@pytest.mark.parametrize("who", ["ewa", "jan"])
def test_it_says_what_is_held_and_why(seat, held, who):
    page = seat(who).get(PAGE).content.decode()
    assert "Too many to one address within an hour: <b" in page
    assert "olga@customer.example" in page
    assert "Send 2 mails" in page
    assert "&lt;b&gt;x&lt;/b&gt;" in page


@pytest.mark.parametrize("who", ["ana", "beata", "petra"])
@pytest.mark.parametrize("verb", ["", "let-go", "discarded"])
def test_it_is_not_there_for_others(seat, held, who, verb):
    browser = seat(who)
    answer = browser.post(PAGE + verb) if verb else browser.get(PAGE)
    assert answer.status_code == 404
    assert held.count() == 2


def test_it_asks_a_lead_on_my_day_and_nobody_else(seat, held):
    assert "2 mails are held" in seat("ewa").get("/desk/").content.decode()
    assert "are held" not in seat("ana").get("/desk/").content.decode()


def test_it_is_let_go(seat, held):
    page = seat("ewa").post(PAGE + "let-go", follow=True).content.decode()
    assert "2 mails go out now." in page
    assert "Nothing is held" in page
    assert Outgoing.objects.filter(state="queued").count() == 3


def test_it_is_discarded(seat, held, contact):
    page = seat("jan").post(PAGE + "discarded", follow=True).content.decode()
    assert "2 mails are discarded." in page
    page = seat("ana").get(f"/desk/cases/{contact.reference}/").content.decode()
    assert "Held mail discarded after a look" in page


def test_it_is_marked_on_the_case(ana, held, contact):
    page = ana.get(f"/desk/cases/{contact.reference}/").content.decode()
    assert page.count("held, not sent") == 2


def test_it_is_said_at_the_mail_why_it_is_held_and_who_decides(seat, held, contact):
    page = seat("ana").get(f"/desk/cases/{contact.reference}/").content.decode()
    assert page.count("Too many to one address within an hour. It waits until a lead") == 2
    assert "Send anyway" not in page
    assert seat("ewa").get(f"/desk/cases/{contact.reference}/").content.decode().count(
        "Send anyway"
    ) == 2  # fmt: skip


@pytest.mark.parametrize(("what", "state", "said"), [
    ("send", "queued", "Held mail sent after a look"),
    ("discard", "cancelled", "Held mail discarded after a look"),
])  # fmt: skip
def test_it_is_sent_or_dropped_where_it_stands_and_once(seat, held, contact, what, state, said):
    message = contact.messages.filter(outgoing__in=held).latest("id")
    where = f"/desk/cases/{contact.reference}/held/{message.pk}"
    assert seat("ana").post(where, {"what": what}).status_code == 404
    page = seat("ewa").post(where, {"what": what}, follow=True).content.decode()
    assert said in page
    message.outgoing.refresh_from_db()
    assert (message.outgoing.state, held.count()) == (state, 1)
    page = seat("ewa").post(where, {"what": "send"}, follow=True).content.decode()
    assert "held any more" in page
    message.outgoing.refresh_from_db()
    assert (message.outgoing.state, held.count()) == (state, 1)


def test_it_does_not_count_as_a_mail_that_nobody_sends(held, now):
    later = now + timedelta(days=1)
    Message.objects.filter(outgoing__state="queued").delete()
    Outgoing.objects.filter(state="queued").delete()
    assert take_pulse(later).oldest_mail_at is None


def test_it_asks_as_often_for_many(seat, held, contact, now, django_assert_max_num_queries):
    ewa = seat("ewa")
    for _ in range(20):
        contact.write_automatically(purpose="link", subject="x", text="x", at=now)
    ewa.get(PAGE)
    with django_assert_max_num_queries(12):
        ewa.get(PAGE)
