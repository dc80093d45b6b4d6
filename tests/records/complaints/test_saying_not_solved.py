from datetime import timedelta

import pytest

from amends.records.complaints.intake import Told, take_in_told
from amends.records.complaints.models import Contact
from amends.records.complaints.rail import rail_of
from amends.records.complaints.refusals import NotAComplaint
from amends.records.house.books import Books


@pytest.fixture
def later(now):
    return now + timedelta(days=1)


def _close_confirmed(complaint, cast, at):
    complaint.confirm(words="", at=at)


def _close_by_lead(complaint, cast, at):
    complaint.close_as_lead(by=cast.ewa, at=at, reason="withdrawn", why="She said so")


@pytest.mark.parametrize("close", [_close_confirmed, _close_by_lead])
def test_it_opens_again_for_the_same_owner_before_all_else(answered, cast, later, verbs, close):
    close(answered, cast, later)
    answered.deny(words="The charge is back.", at=later + timedelta(days=1))
    contact = Contact.objects.get()
    assert (contact.state, contact.outcome, contact.person) == ("open", "", cast.ana)
    assert contact.double_deviation
    assert (contact.said_no, contact.next_key) == (True, "read_no")
    assert contact.next_at is not None
    reopening = contact.reopenings.get()
    assert (reopening.words, reopening.not_solved) == ("The charge is back.", True)
    assert verbs(contact)[-1] == "reopened"


def test_it_comes_first_in_the_order_of_work(answered, cast, now, later):
    urgent = take_in_told(
        Told(text="Ours burnt.", channel="phone", phone="1"),
        at=now - timedelta(days=30),
        by=cast.ana,
    )
    urgent.decide("complaint", by=cast.ana, at=now)
    urgent.complaint.understand(by=cast.ana, at=now, severity=4)
    answered.deny(words="", at=later)
    assert list(Contact.objects.open().in_working_order(later)) == [answered.contact, urgent]


def test_it_starts_the_clock_even_without_a_word(answered, later):
    assert answered.contact.answer_due_at is None
    answered.deny(words="  ", at=later)
    assert answered.contact.answer_due_at > later
    assert not answered.contact.messages.filter(text="").exists()


def test_it_is_one_no_when_the_button_is_pressed_twice(answered, later):
    answered.deny(words="No.", at=later)
    answered.deny(words="", at=later + timedelta(seconds=2))
    answered.deny(words="And it smells.", at=later + timedelta(seconds=9))
    assert answered.contact.reopenings.count() == 1
    assert answered.contact.messages.filter(text="And it smells.").exists()


def test_it_is_a_second_no_after_a_second_answer(answered, cast, later):
    answered.deny(words="No.", at=later)
    answered.contact.reply(text="Now it is.", by=cast.ana, at=later + timedelta(hours=1))
    answered.deny(words="No.", at=later + timedelta(hours=2))
    assert answered.contact.reopenings.filter(not_solved=True).count() == 2


def test_it_begins_a_new_round_of_the_rail(answered, later):
    answered.deny(words="No.", at=later)
    states = [step.state for step in rail_of(answered, Books(), language="en")]
    assert states == ["done", "current", "todo", "todo", "todo"]


def test_it_is_no_double_deviation_to_write_after_the_end(answered, later):
    answered.confirm(words="", at=later)
    answered.contact.customer_writes(text="Another thing is wrong.", at=later + timedelta(hours=1))
    contact = Contact.objects.get()
    assert (contact.state, contact.outcome, contact.double_deviation) == ("open", "", False)
    assert not contact.reopenings.get().not_solved


@pytest.mark.parametrize("words", ["Thank you!", "Dziękuję bardzo"])
def test_it_stays_closed_for_mere_thanks(answered, later, words):
    answered.confirm(words="", at=later)
    answered.contact.customer_writes(text=words, at=later + timedelta(hours=1))
    assert Contact.objects.get().is_closed
    assert answered.contact.messages.filter(text=words).exists()


def test_it_is_for_complaints(complaint, cast, later):
    complaint.contact.undo_verdict(by=cast.ana, at=later)
    with pytest.raises(NotAComplaint):
        complaint.deny(words="No", at=later)


def test_it_forgets_a_no_that_a_lead_has_closed(answered, cast, later):
    answered.deny(words="No.", at=later)
    answered.close_as_lead(by=cast.ewa, at=later, reason="other", why="Goodwill paid")
    assert not answered.contact.double_deviation
    assert not answered.contact.said_no
    in_spring = later + timedelta(days=100)
    answered.contact.customer_writes(text="A new thing.", at=in_spring)
    assert answered.contact.next_key == "answer_again"
    assert answered.contact.answer_due_at > in_spring
