"""The flood brake: too much is held, and a person lets it go or discards it, on record."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from amends.ground.events.models import Event
from amends.ground.keys import uuid7
from amends.records.post.holding import discard, let_go
from amends.records.post.models import Outgoing
from amends.site.reactions import set_reactions

MINUTE = timedelta(minutes=1)


@pytest.fixture(autouse=True)
def tight(settings, cast):
    settings.MOST_MAILS_TO_ONE, settings.MOST_MAILS_A_CASE, settings.MOST_MAILS = 3, 4, 6
    set_reactions()


@pytest.fixture
def write(now):
    def write(to="olga@customer.example", *, thread=None, at=now, automatic=True):
        return Outgoing.objects.post(
            thread=thread or uuid7(), to=to, from_address="help@house.example", subject="x",
            body="x", at=at, automatic=automatic,
        )  # fmt: skip

    return write


def test_it_holds_what_is_too_much_for_one_address(write):
    mails = [write(to) for to in ("a@x.example", "A@x.example", "a@X.example", "a@x.example")]
    assert [mail.state for mail in mails] == ["queued"] * 3 + ["held"]
    assert mails[-1].held_why == "one"
    assert write("b@x.example").state == "queued"


def test_it_holds_what_is_too_much_on_one_case(write):
    thread = uuid7()
    mails = [write(f"{name}@x.example", thread=thread) for name in "abcde"]
    assert [mail.held_why for mail in mails] == ["", "", "", "", "case"]


def test_it_holds_what_is_too_much_for_the_house(write):
    mails = [write(f"{name}@x.example") for name in "abcdefg"]
    assert [mail.held_why for mail in mails] == [""] * 6 + ["house"]


def test_it_counts_an_hour(write, now):
    for minute in range(3):
        write(at=now + minute * MINUTE)
    assert write(at=now + 59 * MINUTE).state == "held"
    assert write("b@x.example", at=now + 61 * MINUTE).state == "queued"


def test_it_holds_a_flood_as_long_as_it_lasts(write, now):
    """What is held counts too, or each hour would let some more out."""
    mails = [write(at=now + 10 * step * MINUTE) for step in range(30)]
    assert [mail.state for mail in mails].count("queued") == 3


def test_it_does_not_hold_what_a_person_writes_but_counts_it(write):
    mails = [write(automatic=False) for _ in range(5)]
    assert {mail.state for mail in mails} == {"queued"}
    assert write().state == "held"


def test_it_does_not_count_what_was_taken_back(write, now):
    for _ in range(3):
        write(automatic=False).cancel(at=now)
    assert write().state == "queued"


def test_it_sends_nothing_that_is_held(write, now):
    held = [write() for _ in range(4)][-1]
    assert held not in Outgoing.objects.due(now + timedelta(days=9))
    assert held.claim(now) is None


def test_it_asks_the_database_once(write, django_assert_num_queries):
    with django_assert_num_queries(2):
        write()


def test_it_lets_go_in_batches_the_oldest_first(write, cast, now, monkeypatch):
    monkeypatch.setattr("amends.records.post.holding.BATCH", 2)
    held = [write(at=now + step * MINUTE) for step in range(6)][3:]
    at = now + timedelta(hours=3)
    assert let_go(by=cast.ewa, at=at) == 2
    assert [mail.pk for mail in Outgoing.objects.held()] == [held[2].pk]
    first = Outgoing.objects.get(pk=held[0].pk)
    assert (first.state, first.next_try_at, first.held_at) == ("queued", at, held[0].created_at)
    assert first.claim(at)
    assert Event.objects.filter(verb="mail_let_go", actor_key=cast.ewa.pk).count() == 2


def test_it_discards_on_record(write, cast, now):
    held = [write() for _ in range(4)][-1]
    assert discard(by=cast.ewa, at=now) == 1
    held.refresh_from_db()
    assert (held.state, held.cancelled_at, held.held_why) == ("cancelled", now, "one")
    assert Event.objects.get(verb="mail_discarded").thread == held.thread
    assert (discard(by=cast.ewa, at=now), let_go(by=cast.ewa, at=now)) == (0, 0)


def test_it_says_in_the_thread_that_it_was_never_sent(contact, cast, now):
    said = [
        contact.write_automatically(purpose="link", subject="x", text="x", at=now) for _ in range(4)
    ]
    discard(by=cast.ewa, at=now + MINUTE)
    said[-1].refresh_from_db()
    assert said[-1].taken_back_at == now + MINUTE


def test_it_cannot_be_held_and_tried(write):
    held = [write() for _ in range(4)][-1]
    with pytest.raises(IntegrityError), transaction.atomic():
        Outgoing.objects.filter(pk=held.pk).update(attempts=1)
