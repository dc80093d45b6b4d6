"""Is it solved? Approved with the reply, asked once it is due, called off when she writes."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from amends.records.aftercare.models import AlreadyPlanned, AskedBeforeTheAnswer, CheckBack
from amends.records.complaints.models import Contact
from amends.records.complaints.refusals import AlreadyClosed, NoAddress, NotAComplaint
from amends.records.post.models import Outgoing
from amends.records.promises.models import Promise
from amends.records.recovery.models import Remedy

FRIDAY = datetime(2026, 11, 27, 9, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)


@pytest.fixture
def at(now):
    return now + 2 * HOUR


@pytest.fixture
def planned(answered, cast, at):
    return CheckBack.objects.plan(answered, due_at=FRIDAY, by=cast.ana, at=at)


def questions():
    return Contact.objects.get().messages.filter(purpose="check_back")


def test_it_rests_until_it_is_due(planned, verbs):
    contact = Contact.objects.get()
    assert (contact.state, contact.next_key, contact.next_at) == ("resting", "check_back", FRIDAY)
    assert verbs(contact)[-1] == "check_back_planned"
    assert not CheckBack.objects.due(FRIDAY - HOUR)
    assert CheckBack.objects.due(FRIDAY).get() == planned


def test_it_asks_once_and_waits_for_the_answer(planned):
    stale = CheckBack.objects.with_contact().get()
    planned.ask(at=FRIDAY)
    stale.ask(at=FRIDAY + HOUR)
    planned.ask(at=FRIDAY + HOUR)
    message = questions().get()
    assert message.outgoing.automatic
    contact = Contact.objects.get()
    assert (contact.state, contact.next_key) == ("resting", "await_yes")
    assert contact.next_at == planned.give_up_at > FRIDAY


def test_it_is_one_request_a_mail_in_the_same_thread(planned, answered):
    planned.ask(at=FRIDAY)
    message = questions().get()
    assert message.text.count("/status/") == 1
    assert answered.contact.reference in message.subject
    assert message.outgoing.in_reply_to


def test_it_waits_for_the_fix_and_the_promises(planned, answered, cast, at):
    remedy = Remedy.objects.decide(answered, what="Credit", by=cast.ana, at=at)
    assert not CheckBack.objects.due(FRIDAY)
    remedy.deliver(by=cast.ana, at=at)
    promise = Promise.objects.give(answered, what="x", due_at=FRIDAY, by=cast.ana, at=at)
    assert not CheckBack.objects.due(FRIDAY)
    promise.keep(by=cast.ana, at=at)
    assert CheckBack.objects.due(FRIDAY)


def test_it_is_called_off_when_the_customer_writes(planned, answered, verbs):
    answered.contact.customer_writes(text="It came, I think.", at=FRIDAY - HOUR)
    planned.refresh_from_db()
    assert planned.cancelled_at == FRIDAY - HOUR
    assert Contact.objects.get().check_back == "none"
    planned.ask(at=FRIDAY)
    assert not questions().exists()
    assert "check_back_cancelled" in verbs(answered.contact)


@pytest.mark.parametrize("yes", [True, False])
def test_it_takes_the_answer(planned, answered, yes):
    planned.ask(at=FRIDAY)
    (answered.confirm if yes else answered.deny)(words="", at=FRIDAY + HOUR)
    planned.refresh_from_db()
    assert (planned.said_yes, planned.answered_at) == (yes, FRIDAY + HOUR)
    assert not CheckBack.objects.waiting()


def test_it_is_called_off_when_a_lead_closes(planned, answered, cast):
    answered.close_as_lead(by=cast.ewa, at=FRIDAY - HOUR, reason="withdrawn", why="By phone")
    planned.refresh_from_db()
    assert planned.cancelled_at
    assert planned.said_yes is None


def test_it_comes_back_to_hand_when_called_off(planned, cast):
    planned.cancel(by=cast.ana, at=FRIDAY - HOUR, wake=True)
    contact = Contact.objects.get()
    assert (contact.state, contact.next_key) == ("open", "wait_customer")


def test_it_asks_a_second_time_then_takes_silence_for_an_end(planned, post_office):
    planned.ask(at=FRIDAY)
    post_office.accept(FRIDAY)
    planned.give_up(at=planned.give_up_at)
    planned.give_up(at=planned.give_up_at)
    second = CheckBack.objects.with_contact().get(attempt=2)
    assert second.due_at > planned.give_up_at
    second.ask(at=second.due_at)
    assert Contact.objects.get().next_key == "give_up"
    post_office.accept(second.due_at)
    second.give_up(at=second.give_up_at)
    assert Contact.objects.get().outcome == "no_answer"
    assert questions().count() == 2


@pytest.mark.parametrize("refused", [True, False])
def test_it_goes_back_to_a_person_when_no_server_took_it(planned, post_office, verbs, refused):
    planned.ask(at=FRIDAY)
    if refused:
        post_office.refuse(FRIDAY)
    planned.give_up(at=planned.give_up_at)
    contact = Contact.objects.get()
    assert (contact.state, contact.outcome) == ("open", "")
    assert verbs(contact)[-1] == "check_back_undelivered"


def test_it_asks_nobody_who_waits_for_an_answer(planned, answered, cast):
    answered.contact.messages.get(author=cast.ana).was_refused(at=FRIDAY - HOUR)
    planned.ask(at=FRIDAY)
    assert not questions().exists()
    assert (Contact.objects.get().state, Contact.objects.get().next_key) == ("open", "answer")


def test_it_asks_nobody_twice_a_day(planned, answered, cast):
    planned.ask(at=FRIDAY)
    answered.contact.customer_writes(text="Not quite yet.", at=FRIDAY + HOUR)
    answered.contact.reply(text="Now?", by=cast.ana, at=FRIDAY + 2 * HOUR)
    again = CheckBack.objects.plan(
        answered, due_at=FRIDAY + 3 * HOUR, by=cast.ana, at=FRIDAY + 2 * HOUR
    )
    again.ask(at=FRIDAY + 3 * HOUR)
    assert questions().count() == 1
    assert again.due_at == datetime(2026, 11, 30, 8, 0, tzinfo=UTC)
    assert Contact.objects.get().next_at == again.due_at
    again.ask(at=again.due_at)
    assert questions().count() == 2


def test_it_asks_nobody_who_had_five_automatic_mails(planned, answered):
    for _mail in range(5):
        answered.contact.write_automatically(
            purpose="link", subject="x", text="x", at=FRIDAY - HOUR
        )
    before = Outgoing.objects.count()
    planned.ask(at=FRIDAY)
    assert Outgoing.objects.count() == before
    assert Contact.objects.get().state == "open"


def test_it_goes_back_to_a_person_when_the_address_is_gone(planned, answered):
    answered.contact.customer.addresses.all().delete()
    planned.ask(at=FRIDAY)
    assert Contact.objects.get().state == "open"
    assert not CheckBack.objects.waiting()


def test_it_is_planned_one_at_a_time_for_later(planned, answered, cast, at):
    with pytest.raises(AlreadyPlanned):
        CheckBack.objects.plan(answered, due_at=FRIDAY, by=cast.ana, at=at)
    with pytest.raises(AskedBeforeTheAnswer):
        CheckBack.objects.plan(answered, due_at=at, by=cast.ana, at=at)


def test_it_is_not_planned_for_who_has_no_address(at_the_counter, cast, at):
    with pytest.raises(NoAddress):
        CheckBack.objects.plan(at_the_counter, due_at=FRIDAY, by=cast.ana, at=at)


def test_it_is_not_planned_on_what_is_closed_or_no_complaint(answered, at_the_counter, cast, at):
    answered.confirm(words="", at=at)
    with pytest.raises(AlreadyClosed):
        CheckBack.objects.plan(answered, due_at=FRIDAY, by=cast.ana, at=at)
    at_the_counter.contact.undo_verdict(by=cast.ana, at=at)
    with pytest.raises(NotAComplaint):
        CheckBack.objects.plan(at_the_counter, due_at=FRIDAY, by=cast.ana, at=at)


@pytest.mark.parametrize(
    "lie", [{"said_yes": True}, {"answered_at": FRIDAY}, {"due_at": "2026-01-01T09:00Z"}]
)
def test_it_cannot_contradict_itself(planned, lie):
    with pytest.raises(IntegrityError), transaction.atomic():
        CheckBack.objects.update(**lie)


def test_it_cannot_wait_twice_even_in_the_database(planned, cast, at):
    with pytest.raises(IntegrityError), transaction.atomic():
        CheckBack.objects.create(
            complaint=planned.complaint,
            attempt=2,
            due_at=FRIDAY,
            approved_by=cast.ana,
            approved_at=at,
        )
