"""Two windows of the desk and the customer's page, all open at once, none writes over another."""

from datetime import timedelta

import pytest
from django.db import connection

from amends.records.aftercare.models import CheckBack
from amends.records.answering.answer import Answer, Promised, PutRight, send_answer
from amends.records.complaints.models import Contact
from amends.records.complaints.models.planning import Planning

HOUR = timedelta(hours=1)


def test_it_keeps_what_the_customer_said_meanwhile(answered, cast, now):
    at, stale = now + timedelta(days=1), Contact.objects.get()
    answered.deny(words="No.", at=at)
    stale.hand_to(by=cast.ewa, at=at + HOUR, person=cast.marek)
    contact = Contact.objects.get()
    assert (contact.person, contact.said_no, contact.double_deviation) == (cast.marek, True, True)


def test_it_keeps_a_promise_that_another_window_gave(answered, cast, now):
    at, stale = now + timedelta(days=1), Contact.objects.get()
    answer = Answer(text="x", promises=(Promised("Call", at + HOUR),))
    send_answer(answered.contact, answer, by=cast.ana, at=at)
    stale.customer_writes(text="And?", at=at + timedelta(minutes=5))
    assert Contact.objects.get().promise_due_at == at + HOUR


def test_it_does_not_rest_when_the_customer_wrote_while_the_question_was_being_asked(
    answered, cast, now
):
    at = now + timedelta(days=1)
    CheckBack.objects.plan(answered, due_at=at, by=cast.ana, at=now + 2 * HOUR)
    batch = list(CheckBack.objects.due(at).with_contact())
    answered.contact.customer_writes(text="It is back.", at=at)
    for check_back in batch:
        check_back.ask(at=at)
    contact = Contact.objects.get()
    assert (contact.state, contact.next_key) == ("open", "answer_again")
    assert not contact.messages.filter(purpose="check_back").exists()


@pytest.mark.django_db(transaction=True)
def test_it_holds_a_case_only_within_a_transaction(contact, cast, now, monkeypatch):
    """PostgreSQL locks rows; without a transaction there is nothing to hold them in."""
    plain = Planning.hold

    def hold(self):
        assert connection.in_atomic_block
        plain(self)

    monkeypatch.setattr(Planning, "hold", hold)
    contact.decide("complaint", by=cast.ana, at=now)
    contact.undo_verdict(by=cast.ana, at=now)
    contact.decide("complaint", by=cast.ana, at=now)
    complaint = contact.complaint
    answer = Answer(
        text="Sorry.",
        promises=(Promised("Call", now + 9 * HOUR),),
        remedies=(PutRight("Credit"),),
        check_back_at=now + timedelta(days=2),
    )
    send_answer(contact, answer, by=cast.ana, at=now + HOUR)
    contact.set_next(text="x", due_at=now + 2 * HOUR, by=cast.ana, at=now + HOUR)
    complaint.understand(by=cast.ana, at=now + HOUR, severity=3)
    promise, remedy = complaint.promises.get(), complaint.remedies.get()
    promise.move(to=now + 10 * HOUR, why="Later", by=cast.ana, at=now + HOUR)
    complaint.promises.get(moved_at=None).keep(by=cast.ana, at=now + HOUR)
    remedy.deliver(by=cast.ana, at=now + HOUR)
    check_back = CheckBack.objects.with_contact().get()
    check_back.ask(at=now + timedelta(days=2))
    check_back.give_up(at=now + timedelta(days=4))
    complaint.deny(words="No.", at=now + timedelta(days=5))
    complaint.name_person(cast.marek, by=cast.ana, at=now + timedelta(days=5))
    contact.customer_writes(text="Well?", at=now + timedelta(days=6))
    complaint.confirm(words="", at=now + timedelta(days=7))
    assert Contact.objects.get().outcome == "confirmed"
