"""A call made and a letter posted are on record, and count as answers."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from amends.records.complaints import refusals
from amends.records.complaints.models import Message
from amends.records.complaints.timeline import timeline_of
from amends.records.complaints.vocabulary import CheckBackStage, Purpose


@pytest.fixture
def later(now):
    return now + timedelta(hours=2)


def call(contact, by, at, **more):
    given = {"text": "I said we pay it back.", "reached": "Olga Nowak", "said_at": at} | more
    return contact.call(by=by, at=at, **given)


def post(contact, by, at, **more):
    given = {"text": "Dear Olga", "dispatched_date": at.date()} | more
    return contact.post_letter(by=by, at=at, **given)


def test_it_stops_the_clock_of_the_answer_with_a_call(cast, complaint, later):
    contact = complaint.contact
    assert contact.answer_due_at
    message = call(contact, cast.ana, later)
    assert (message.author, message.channel, message.reached) == (cast.ana, "phone", "Olga Nowak")
    assert message.outgoing is None
    contact.refresh_from_db()
    assert contact.answer_due_at is None
    assert contact.answered


def test_it_stops_the_clock_of_the_answer_with_a_letter(cast, complaint, later):
    contact = complaint.contact
    message = post(contact, cast.ana, later, tracking=" RR 1234 PL ", to="Long Street 1\nKraków")
    assert (message.channel, message.tracking) == ("letter", "RR 1234 PL")
    assert message.to_address == "Long Street 1\nKraków"
    contact.refresh_from_db()
    assert contact.answer_due_at is None


def test_it_needs_no_mail_address(cast, complaint, later):
    cast.olga.addresses.all().delete()
    call(complaint.contact, cast.ana, later)
    post(complaint.contact, cast.ana, later + timedelta(hours=1))
    assert complaint.contact.messages.filter(direction="out").count() == 2


def test_it_is_taken_by_who_calls_when_nobody_holds_it(cast, complaint, later):
    complaint.contact.hand_to(by=cast.ewa, at=later, team=cast.care)
    call(complaint.contact, cast.marek, later)
    assert complaint.contact.person == cast.marek


def test_it_answers_only_what_had_come_when_one_called(cast, complaint, now, later):
    contact = complaint.contact
    contact.hear(text="And another thing.", at=now + timedelta(hours=1), channel="mail")
    call(contact, cast.ana, later, said_at=now + timedelta(minutes=30))
    assert contact.talk().waits_since == now + timedelta(hours=1)


def test_it_answers_with_a_letter_what_had_come_by_the_end_of_its_day(cast, complaint, now):
    contact = complaint.contact
    next_day = now + timedelta(days=1)
    contact.hear(text="Where are you?", at=next_day, channel="mail")
    post(contact, cast.ana, next_day + timedelta(hours=1), dispatched_date=now.date())
    assert contact.talk().waits_since == next_day


@pytest.mark.parametrize(
    ("span", "refusal"),
    [
        (timedelta(minutes=1), refusals.SaidInTheFuture),
        (timedelta(hours=-3), refusals.SaidBeforeItCame),
    ],
)
def test_it_refuses_a_call_at_another_time_than_can_be(cast, complaint, later, span, refusal):
    with pytest.raises(refusal):
        call(complaint.contact, cast.ana, later, said_at=later + span)
    with pytest.raises(refusal):
        complaint.contact.call_in_vain(text="", said_at=later + span, by=cast.ana, at=later)
    assert not complaint.contact.messages.filter(direction="out").exists()


@pytest.mark.parametrize(
    ("days", "refusal"), [(1, refusals.SaidInTheFuture), (-1, refusals.SaidBeforeItCame)]
)
def test_it_refuses_a_letter_of_another_day_than_can_be(cast, complaint, later, days, refusal):
    with pytest.raises(refusal):
        post(complaint.contact, cast.ana, later, dispatched_date=(later.date() + timedelta(days)))


def test_it_takes_a_call_in_the_minute_in_which_the_complaint_came(cast, complaint, now):
    contact = complaint.contact
    at = now + timedelta(seconds=40)
    message = call(contact, cast.ana, at, said_at=now - timedelta(seconds=30))
    assert message.at == contact.received_at


@pytest.mark.parametrize("say", [call, post])
def test_it_refuses_what_says_nothing_and_what_is_closed(cast, complaint, later, say):
    with pytest.raises(refusals.NothingWritten):
        say(complaint.contact, cast.ana, later, text=" \n")
    complaint.close_as_lead(by=cast.ewa, at=later, reason="withdrawn", why="She took it back.")
    with pytest.raises(refusals.AlreadyClosed):
        say(complaint.contact, cast.ana, later)
    with pytest.raises(refusals.AlreadyClosed):
        complaint.contact.call_in_vain(text="", said_at=later, by=cast.ana, at=later)


def test_it_closes_a_question_that_is_answered_by_phone(cast, contact, later):
    contact.decide("question", by=cast.ana, at=later)
    call(contact, cast.ana, later)
    assert contact.is_closed


def test_it_lets_no_verdict_be_undone_after_a_call_made_before_it(cast, contact, now, later):
    contact.decide("complaint", by=cast.ana, at=later)
    call(contact, cast.ana, later, said_at=now + timedelta(minutes=5))
    with pytest.raises(refusals.NothingToUndo):
        contact.undo_verdict(by=cast.ana, at=later)


def test_it_stands_in_the_timeline_once(cast, complaint, later):
    call(complaint.contact, cast.ana, later)
    post(complaint.contact, cast.ana, later)
    entries = [entry for entry in timeline_of(complaint.contact) if entry.at >= later]
    assert [entry.kind for entry in entries] == ["message", "message"]


def test_it_is_no_answer_to_reach_nobody(cast, complaint, later):
    contact = complaint.contact
    due_at = contact.answer_due_at
    contact.call_in_vain(text="The line was busy.", said_at=later, by=cast.ana, at=later)
    contact.refresh_from_db()
    assert contact.answer_due_at == due_at
    assert not contact.answered
    event = timeline_of(contact)[-1].what
    assert (event.verb, event.data["text"]) == ("called_in_vain", "The line was busy.")


@pytest.fixture
def asked(cast, complaint, now):
    """Answered, and asked by one mail that a server accepted, on a Wednesday."""
    contact = complaint.contact
    contact.reply(text="It is paid back.", by=cast.ana, at=now)
    at = now + timedelta(hours=1)
    question = contact.write_automatically(
        purpose=Purpose.CHECK_BACK, subject="Solved?", text="Is it solved?", at=at
    )
    question.was_accepted(at=at)
    complaint.rest(check_back_at=now + timedelta(days=2), stage=CheckBackStage.ASKED, at=at)
    return complaint


def test_it_counts_a_call_in_vain_as_asking_once_one_asks(cast, asked, now):
    next_day = now + timedelta(days=1)
    with pytest.raises(refusals.NotAskedEnough):
        asked.close_unanswered(at=next_day)
    asked.contact.call_in_vain(text="", said_at=next_day, by=cast.ana, at=next_day)
    asked.close_unanswered(at=next_day + timedelta(hours=1))
    assert asked.contact.outcome == "no_answer"


@pytest.mark.parametrize("days", [0, 3])
def test_it_does_not_count_a_second_call_on_one_day_nor_one_on_a_weekend(cast, asked, now, days):
    at = now + timedelta(days=days, hours=2)
    asked.contact.call_in_vain(text="", said_at=at, by=cast.ana, at=at)
    with pytest.raises(refusals.NotAskedEnough):
        asked.close_unanswered(at=at + timedelta(hours=1))


def test_it_does_not_count_a_call_before_anybody_asked(cast, complaint, now):
    contact = complaint.contact
    contact.reply(text="It is paid back.", by=cast.ana, at=now)
    for days in (1, 2):
        at = now + timedelta(days=days)
        contact.call_in_vain(text="", said_at=at, by=cast.ana, at=at)
    with pytest.raises(refusals.NotAskedEnough):
        complaint.close_unanswered(at=at)


@pytest.mark.parametrize(
    "facts",
    [
        {"direction": "in", "channel": "phone", "reached": "Olga"},
        {"direction": "out", "channel": "mail", "reached": "Olga"},
        {"direction": "out", "channel": "phone", "tracking": "RR 1"},
        {"direction": "out", "channel": "letter", "tracking": "RR 1"},
    ],
)
def test_the_database_keeps_calls_and_letters_apart(contact, now, facts):
    with pytest.raises(IntegrityError), transaction.atomic():
        Message.objects.create(contact=contact, purpose="reply", at=now, text="x", **facts)
