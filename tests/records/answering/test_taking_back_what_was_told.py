"""A call or a letter that was noted by mistake is taken back, and all that came with it."""

from datetime import timedelta
from decimal import Decimal

import pytest

from amends.records.aftercare.models import CheckBack
from amends.records.answering.answer import Answer, Promised, PutRight, send_answer, take_back
from amends.records.answering.standing import standing_of
from amends.records.answering.telling import Call, Letter, log_call, log_letter
from amends.records.complaints.models import Contact, StepMark
from amends.records.complaints.refusals import StaysOnRecord
from amends.records.promises.models import Promise
from amends.records.recovery.models import Remedy

TEXT = "I am sorry about the second bill. I can imagine how that felt."


@pytest.fixture
def at(now):
    return now + timedelta(hours=3)


@pytest.fixture
def point(complaint, cast, now):
    return complaint.add_point("Billed twice", by=cast.ana, at=now)


@pytest.fixture
def answer(point, at):
    return Answer(
        text=TEXT,
        promises=(Promised("Call on Friday", at + timedelta(days=2)),),
        points_answered=(str(point.pk),),
    )


@pytest.fixture
def call(complaint, cast, answer, at):
    """It was made an hour before it is noted."""
    made = Call("Olga", at - timedelta(hours=1))
    return log_call(complaint.contact, answer, made, by=cast.ana, at=at)


@pytest.fixture
def letter(complaint, cast, answer, at):
    return log_letter(complaint.contact, answer, Letter(at.date()), by=cast.ana, at=at)


@pytest.mark.parametrize("way", ["call", "letter"])
def test_it_is_no_answer_any_more_and_all_is_as_before(way, request, complaint, cast, verbs, at):
    due_at = Contact.objects.get().answer_due_at
    message = request.getfixturevalue(way)
    assert Contact.objects.get().answer_due_at is None
    back = take_back(message, by=cast.ana, at=at + timedelta(seconds=5))
    assert (back.text, back.promises[0].what) == (TEXT, "Call on Friday")
    assert back.points_answered == (str(complaint.points.get().pk),)
    contact = Contact.objects.get()
    assert (contact.answer_due_at, contact.answered) == (due_at, False)
    assert (contact.state, contact.next_key) == ("open", "answer")
    assert contact.promise_due_at is None
    assert not Promise.objects.open().exists()
    assert contact.complaint.points.get().answered_at is None
    assert {mark.step for mark in StepMark.objects.all()} == {"hear"}
    assert f"{way}_taken_back" in verbs(contact)
    assert not [said for said in standing_of(contact, at=at + timedelta(hours=1)).talk if said.ours]


def test_it_leaves_the_marks_that_another_answer_has_earned(complaint, cast, now, call, at):
    # Noted after the call, though the call was made earlier.
    mail = send_answer(complaint.contact, Answer(text=TEXT), by=cast.ana, at=now)
    later = log_call(complaint.contact, Answer(text=TEXT), Call("Olga", now), by=cast.ana, at=at)
    take_back(later, by=cast.ana, at=at + timedelta(seconds=1))
    take_back(mail, by=cast.ana, at=now + timedelta(seconds=5))
    assert {"empathize", "apologize"} <= {mark.step for mark in StepMark.objects.all()}


def test_it_opens_a_question_again(contact, cast, now, at):
    contact.decide("question", by=cast.ana, at=now)
    message = log_call(contact, Answer(text="It is free."), Call("Olga", at), by=cast.ana, at=at)
    assert Contact.objects.get().is_closed
    take_back(message, by=cast.ana, at=at + timedelta(seconds=5))
    fresh = Contact.objects.get()
    assert (fresh.state, fresh.next_key, fresh.closed_at) == ("open", "answer_question", None)


def test_it_takes_a_letter_back_no_longer_than_a_reply(letter, cast, at):
    with pytest.raises(StaysOnRecord):
        take_back(letter, by=cast.ana, at=at + cast.house.undo)
    assert Promise.objects.open().exists()


def test_it_takes_a_call_back_after_days_if_nobody_has_acted(call, cast, at):
    take_back(call, by=cast.ana, at=at + timedelta(days=1))
    assert not Contact.objects.get().answered


def test_it_is_taken_back_once(call, cast, at):
    take_back(call, by=cast.ana, at=at)
    with pytest.raises(StaysOnRecord):
        take_back(call, by=cast.ana, at=at)


@pytest.mark.parametrize("act", ["customer", "call", "reply", "kept", "closed", "letter"])
def test_it_stays_once_somebody_has_acted_on_it(call, complaint, cast, at, act):
    contact, soon = complaint.contact, at + timedelta(seconds=2)
    if act == "customer":
        contact.customer_writes(text="And the fee?", at=soon)
    elif act == "call":
        contact.call(text="Again.", reached="Olga", said_at=at, by=cast.ana, at=soon)
    elif act == "reply":
        contact.reply(text="As I said.", by=cast.ana, at=soon)
    elif act == "letter":
        contact.post_letter(text="As I said.", dispatched_date=at.date(), by=cast.ana, at=soon)
    elif act == "kept":
        Promise.objects.get().keep(by=cast.ana, at=soon)
    else:
        complaint.close_as_lead(by=cast.ewa, at=soon, reason="withdrawn", why="No more.")
    with pytest.raises(StaysOnRecord):
        take_back(call, by=cast.ana, at=soon + timedelta(seconds=1))


def test_it_can_be_taken_back_again_once_the_later_answer_is(call, complaint, cast, at):
    reply = complaint.contact.reply(text="Again.", by=cast.ana, at=at + timedelta(seconds=1))
    reply.take_back(by=cast.ana, at=at + timedelta(seconds=2))
    take_back(call, by=cast.ana, at=at + timedelta(seconds=3))
    assert not Contact.objects.get().answered


def test_it_lets_the_verdict_be_undone_again(contact, cast, now, at):
    contact.decide("question", by=cast.ana, at=now + timedelta(minutes=1))
    message = log_call(contact, Answer(text="Free."), Call("Olga", now), by=cast.ana, at=at)
    take_back(message, by=cast.ana, at=at)
    contact.refresh_from_db()
    contact.undo_verdict(by=cast.ana, at=at)
    assert Contact.objects.get().kind == "undecided"


def test_it_drops_what_puts_it_right_and_calls_the_check_back_off(complaint, cast, at):
    answer = Answer(
        text=TEXT,
        remedies=(
            PutRight("Credit 200", Decimal(200), "PLN"),
            PutRight("Off the list", delivered=True),
        ),
        check_back_at=at + timedelta(days=3),
    )
    made = Call("Olga", at - timedelta(hours=1))
    call = log_call(complaint.contact, answer, made, by=cast.ana, at=at)
    back = take_back(call, by=cast.ana, at=at + timedelta(seconds=5))
    assert [fix.what for fix in back.remedies] == ["Credit 200"]
    assert back.check_back_at == answer.check_back_at
    assert not CheckBack.objects.waiting().exists()
    # What the customer has stays theirs.
    assert Remedy.objects.get(dropped_at=None).what == "Off the list"
    contact = Contact.objects.get()
    assert (contact.state, contact.check_back, contact.check_back_at) == ("open", "none", None)
    assert (contact.fix, contact.answered) == ("delivered", False)


def test_it_rests_no_more(complaint, cast, at):
    answer = Answer(text=TEXT, check_back_at=at + timedelta(days=3))
    call = log_call(complaint.contact, answer, Call("Olga", at), by=cast.ana, at=at)
    assert Contact.objects.get().state == "resting"
    take_back(call, by=cast.ana, at=at + timedelta(hours=1))
    assert Contact.objects.get().state == "open"


def test_it_stays_once_the_customer_was_asked(complaint, cast, at):
    answer = Answer(text=TEXT, check_back_at=at + timedelta(days=3))
    call = log_call(complaint.contact, answer, Call("Olga", at), by=cast.ana, at=at)
    CheckBack.objects.with_contact().get().ask(at=answer.check_back_at)
    with pytest.raises(StaysOnRecord):
        take_back(call, by=cast.ana, at=at + timedelta(days=3, minutes=1))
