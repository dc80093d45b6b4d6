"""Undo for some seconds: the reply, and all that it put on record."""

from datetime import timedelta

import pytest

from amends.records.aftercare.models import CheckBack
from amends.records.answering.answer import Answer, Promised, PutRight, send_answer, take_back
from amends.records.answering.standing import standing_of
from amends.records.complaints.models import Contact, StepMark
from amends.records.complaints.refusals import TooLateToTakeBack
from amends.records.post.models import Outgoing
from amends.records.promises.models import Promise
from amends.records.recovery.models import Remedy

TEXT = "I am sorry about the second bill. I can imagine how that felt."
SOON = timedelta(seconds=5)


@pytest.fixture
def whole_answer(complaint, cast, now):
    point = complaint.add_point("Billed twice", by=cast.ana, at=now)
    answer = Answer(
        text=TEXT,
        promises=(Promised("Call on Friday", now + timedelta(days=2)),),
        remedies=(PutRight("Credit 200"),),
        check_back_at=now + timedelta(days=3),
        points_answered=(str(point.pk),),
    )
    return send_answer(complaint.contact, answer, by=cast.ana, at=now + timedelta(minutes=1))


def test_it_never_leaves_and_nothing_of_it_stays(whole_answer, cast, now, verbs):
    at = whole_answer.at + SOON
    assert take_back(whole_answer, by=cast.ana, at=at).text == TEXT
    contact = Contact.objects.get()
    assert not Outgoing.objects.due(at + timedelta(days=9)).filter(message=whole_answer)
    assert not Promise.objects.open().exists()
    assert Remedy.objects.get().dropped_at == at
    assert not CheckBack.objects.waiting().exists()
    assert contact.complaint.points.get().answered_at is None
    assert {mark.step for mark in StepMark.objects.all()} == {"hear"}
    assert (contact.state, contact.next_key, contact.fix) == ("open", "answer", "none")
    assert (contact.promise_due_at, contact.check_back) == (None, "none")
    assert "taken_back" in verbs(contact)
    standing = standing_of(contact, at=at)
    assert (standing.commitments, standing.deeds) == ((), ())
    assert TEXT not in repr(standing.talk)


def test_it_runs_the_same_clock_as_before(whole_answer, cast, now, complaint):
    house = cast.house
    take_back(whole_answer, by=cast.ana, at=whole_answer.at + SOON)
    due_at = house.calendar().add(now, timedelta(hours=house.answer_hours))
    assert Contact.objects.get().answer_due_at == due_at


def test_it_leaves_what_an_earlier_reply_did(complaint, cast, now):
    contact = complaint.contact
    send_answer(contact, Answer(text=TEXT), by=cast.ana, at=now)
    second = send_answer(contact, Answer(text=TEXT), by=cast.ana, at=now + timedelta(hours=1))
    take_back(second, by=cast.ana, at=second.at + SOON)
    assert {"empathize", "apologize"} <= {mark.step for mark in StepMark.objects.all()}


def test_it_opens_a_question_again(contact, cast, now):
    contact.decide("question", by=cast.ana, at=now)
    message = contact.reply(text="It is free.", by=cast.ana, at=now + timedelta(minutes=1))
    assert contact.is_closed
    take_back(message, by=cast.ana, at=message.at + SOON)
    fresh = Contact.objects.get()
    assert (fresh.state, fresh.next_key, fresh.closed_at) == ("open", "answer_question", None)
    assert fresh.answer_due_at is not None


def test_it_opens_a_question_again_whose_answer_no_server_took(contact, cast, now, post_office):
    contact.decide("question", by=cast.ana, at=now)
    contact.reply(text="It is free.", by=cast.ana, at=now + timedelta(minutes=1))
    post_office.refuse(now + timedelta(hours=1))
    fresh = Contact.objects.get()
    assert (fresh.state, fresh.next_key) == ("open", "answer_question")


def test_it_is_too_late_once_it_is_leaving(whole_answer, cast, now, post_office):
    assert not Outgoing.objects.due(whole_answer.at + SOON).filter(message=whole_answer)
    post_office.accept(whole_answer.at + timedelta(seconds=15))
    with pytest.raises(TooLateToTakeBack):
        take_back(whole_answer, by=cast.ana, at=whole_answer.at + timedelta(seconds=16))
    assert Promise.objects.open().exists()
    assert CheckBack.objects.waiting().exists()


def test_it_is_taken_back_once(whole_answer, cast):
    take_back(whole_answer, by=cast.ana, at=whole_answer.at + SOON)
    with pytest.raises(TooLateToTakeBack):
        take_back(whole_answer, by=cast.ana, at=whole_answer.at + SOON)


def test_it_is_not_for_what_the_customer_said(contact, cast, now):
    with pytest.raises(TooLateToTakeBack):
        take_back(contact.messages.get(direction="in"), by=cast.ana, at=now)


def test_it_brings_the_case_back_when_no_server_takes_the_reply(
    whole_answer, cast, now, post_office
):
    post_office.refuse(now + timedelta(hours=1))
    contact = Contact.objects.get()
    assert (contact.state, contact.last_direction, contact.answered) == ("open", "in", False)
    due_at = now + timedelta(days=4)
    CheckBack.objects.with_contact().get().ask(at=due_at)
    assert not contact.messages.filter(purpose="check_back").exists()
    assert not CheckBack.objects.waiting().exists()
