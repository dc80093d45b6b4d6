"""An answer by phone or by letter puts on record what goes with it, like one by mail."""

from datetime import timedelta

import pytest

from amends.records.answering.answer import Answer, Promised, PutRight
from amends.records.answering.standing import standing_of
from amends.records.answering.telling import Call, Letter, log_call, log_letter
from amends.records.complaints.models import Contact
from amends.records.complaints.refusals import NoAddress, NotAComplaint
from amends.records.promises.models import DueInThePast, Promise
from amends.records.recovery.models import Remedy


@pytest.fixture
def at(now):
    return now + timedelta(hours=1)


def test_it_keeps_a_call_with_its_promise_and_the_points_it_answers(cast, complaint, now, at):
    point = complaint.add_point("Billed twice", by=cast.ana, at=now)
    answer = Answer(
        text="I am sorry that you were billed. I understand how annoying that is.",
        promises=(Promised("The money back", at + timedelta(days=1)),),
        points_answered=(str(point.pk),),
    )
    message = log_call(complaint.contact, answer, Call("Olga", at), by=cast.ana, at=at)
    promise = Promise.objects.get(complaint=complaint)
    assert (promise.message, promise.what) == (message, "The money back")
    point.refresh_from_db()
    assert point.answered_at == at
    assert {"hear", "apologize"} <= set(complaint.marks.values_list("step", flat=True))


def test_it_keeps_nothing_of_a_call_whose_promise_is_refused(cast, complaint, at):
    answer = Answer(text="Soon.", promises=(Promised("It", at - timedelta(days=1)),))
    with pytest.raises(DueInThePast):
        log_call(complaint.contact, answer, Call("Olga", at), by=cast.ana, at=at)
    assert not complaint.contact.messages.filter(direction="out").exists()


def test_it_promises_nothing_on_a_question(cast, contact, at):
    contact.decide("question", by=cast.ana, at=at)
    answer = Answer(text="Yes.", promises=(Promised("It", at + timedelta(days=1)),))
    with pytest.raises(NotAComplaint):
        log_letter(contact, answer, Letter(at.date()), by=cast.ana, at=at)


def test_it_shows_the_customer_that_we_talked_and_not_what_colleagues_read(cast, complaint, at):
    call = Answer(text="She was silent for a while.")
    log_call(complaint.contact, call, Call("Olga", at), by=cast.ana, at=at)
    letter = Answer(text="Dear Olga, here it is.")
    log_letter(complaint.contact, letter, Letter(at.date()), by=cast.ana, at=at)
    # Until the undo has run out neither is said: it may have been noted on the wrong case.
    assert len(standing_of(complaint.contact, at=at + timedelta(seconds=5)).talk) == 1
    standing = standing_of(complaint.contact, at=at + timedelta(minutes=1))
    said = [(one.way, one.text) for one in standing.talk]
    assert said[1:] == [("spoken", ""), ("posted", "Dear Olga, here it is.")]


def test_it_tells_of_what_was_done_by_the_time_of_the_call(cast, complaint, at):
    answer = Answer(
        text="It is off the bill.",
        remedies=(PutRight("Credit 200", delivered=True),),
        check_back_at=at + timedelta(days=3),
    )
    said_at = at - timedelta(minutes=20)
    log_call(complaint.contact, answer, Call("Olga", said_at), by=cast.ana, at=at)
    contact = Contact.objects.get()
    assert Remedy.objects.get().delivered_at == said_at
    assert (contact.fix, contact.check_back, contact.state) == ("told", "planned", "resting")


def test_it_owes_what_a_letter_says_will_put_it_right(cast, complaint, at):
    answer = Answer(text="We send a new one.", remedies=(PutRight("A new kettle"),))
    log_letter(complaint.contact, answer, Letter(at.date()), by=cast.ana, at=at)
    assert Remedy.objects.get().delivered_at is None
    assert Contact.objects.get().next_key == "put_right"


def test_it_keeps_nothing_of_a_call_after_which_nobody_can_be_asked(cast, complaint, at):
    complaint.contact.customer.addresses.all().delete()
    answer = Answer(
        text="Done.", remedies=(PutRight("Credit", delivered=True),),
        check_back_at=at + timedelta(days=3),
    )  # fmt: skip
    with pytest.raises(NoAddress):
        log_call(complaint.contact, answer, Call("Olga", at), by=cast.ana, at=at)
    assert not Remedy.objects.exists()
    assert not complaint.contact.messages.filter(direction="out").exists()
