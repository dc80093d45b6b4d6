"""A person may say what is next and when, never past a clock."""

from datetime import timedelta

import pytest

from amends.records.complaints.models import Contact
from amends.records.complaints.refusals import AlreadyClosed, PastTheClock
from amends.records.promises.models import Promise


def test_it_is_what_a_person_says_and_when(complaint, cast, now, verbs):
    contact, at = complaint.contact, now + timedelta(hours=2)
    contact.set_next(text="Call the courier", due_at=at, by=cast.ana, at=now)
    fresh = Contact.objects.get()
    assert (fresh.next_text, fresh.next_at, fresh.next_key) == ("Call the courier", at, "answer")
    assert verbs(contact)[-1] == "next_set"


def test_it_is_never_past_the_answer_clock(complaint, cast, now):
    contact = complaint.contact
    contact.set_next(text="", due_at=contact.answer_due_at, by=cast.ana, at=now)
    late = contact.answer_due_at + timedelta(seconds=1)
    with pytest.raises(PastTheClock):
        contact.set_next(text="Later", due_at=late, by=cast.ana, at=now)


def test_it_is_never_past_the_earliest_promise(answered, cast, now):
    at = now + timedelta(hours=2)
    for days in (3, 1):
        due_at = at + timedelta(days=days)
        Promise.objects.give(answered, what="Call", due_at=due_at, by=cast.ana, at=at)
    with pytest.raises(PastTheClock):
        answered.contact.set_next(text="x", due_at=at + timedelta(days=2), by=cast.ana, at=at)


def test_it_stays_as_said_while_other_things_are_done(complaint, cast, now):
    contact, at = complaint.contact, now + timedelta(hours=2)
    contact.set_next(text="Call the courier", due_at=at, by=cast.ana, at=now)
    complaint.understand(by=cast.ana, at=now, severity=3)
    contact.hand_to(by=cast.ana, at=now, person=cast.marek)
    assert (contact.next_text, contact.next_at) == ("Call the courier", at)


def test_it_gives_way_to_a_promise_that_is_earlier(answered, cast, now):
    at, contact = now + timedelta(hours=2), answered.contact
    promise = Promise.objects.give(
        answered, what="x", due_at=at + timedelta(days=3), by=cast.ana, at=at
    )
    contact.set_next(text="Prepare", due_at=at + timedelta(days=2), by=cast.ana, at=at)
    sooner = at + timedelta(days=1)
    Promise.objects.give(promise.complaint, what="y", due_at=sooner, by=cast.ana, at=at)
    assert Contact.objects.get().next_at == sooner


def test_it_is_forgotten_when_something_else_is_next(answered, cast, now):
    at, contact = now + timedelta(hours=2), answered.contact
    contact.set_next(
        text="Look whether she wrote", due_at=at + timedelta(days=1), by=cast.ana, at=at
    )
    contact.customer_writes(text="It is back.", at=at + timedelta(hours=1))
    assert (contact.next_text, contact.next_set_at, contact.next_key) == ("", None, "answer_again")
    assert contact.next_at == contact.answer_due_at


def test_it_is_forgotten_with_the_next_answer(answered, cast, now):
    at, contact = now + timedelta(hours=2), answered.contact
    contact.set_next(text="Write once more", due_at=at + timedelta(hours=1), by=cast.ana, at=at)
    contact.reply(text="Once more.", by=cast.ana, at=at + timedelta(hours=1))
    assert contact.next_text == ""
    assert contact.next_at > at + timedelta(hours=1)


def test_it_is_nothing_for_what_is_closed(complaint, cast, now):
    complaint.close_as_lead(by=cast.ewa, at=now, reason="other", why="Paid")
    with pytest.raises(AlreadyClosed):
        complaint.contact.set_next(text="x", due_at=now, by=cast.ana, at=now)


def test_it_counts_the_answer_clock_in_working_time_from_the_first_unanswered_word(
    answered, now, cast
):
    house, contact = cast.house, answered.contact
    assert contact.answer_due_at is None
    first = now + timedelta(days=1)
    contact.customer_writes(text="And?", at=first)
    contact.customer_writes(text="And now?", at=first + timedelta(hours=3))
    assert contact.answer_due_at == house.calendar().add(first, timedelta(hours=8))
