"""No answer: the house's number of check-backs, accepted on different working days."""

from datetime import UTC, datetime, timedelta

import pytest

from amends.records.aftercare.models import CheckBack
from amends.records.complaints.models import Closing, Contact
from amends.records.complaints.refusals import AlreadyClosed, NotAskedEnough

THURSDAY = datetime(2026, 11, 26, 9, 0, tzinfo=UTC)
FRIDAY = datetime(2026, 11, 27, 9, 0, tzinfo=UTC)
SATURDAY = datetime(2026, 11, 28, 9, 0, tzinfo=UTC)
MONDAY = datetime(2026, 11, 30, 9, 0, tzinfo=UTC)
TUESDAY = datetime(2026, 12, 1, 9, 0, tzinfo=UTC)


@pytest.fixture
def ask(answered, post_office):
    """Ask by mail; a server accepts it then."""

    def ask(at, accepted_at=None):
        message = answered.contact.write_automatically(
            purpose="check_back", subject="Solved?", text="Is it solved?", at=at
        )
        if accepted_at:
            post_office.accept(accepted_at)
        return message

    return ask


def test_it_is_closed_after_two_on_different_working_days(answered, ask):
    ask(THURSDAY, THURSDAY)
    ask(FRIDAY, FRIDAY)
    answered.close_unanswered(at=TUESDAY)
    closing = Closing.objects.get()
    assert (closing.outcome, closing.actor_kind) == ("no_answer", "program")
    assert Contact.objects.get().outcome == "no_answer"


def test_it_does_not_count_one(answered, ask):
    ask(THURSDAY, THURSDAY)
    with pytest.raises(NotAskedEnough):
        answered.close_unanswered(at=TUESDAY)


def test_it_does_not_count_two_of_one_day(answered, ask):
    ask(THURSDAY, THURSDAY)
    ask(THURSDAY + timedelta(hours=3), THURSDAY + timedelta(hours=3))
    with pytest.raises(NotAskedEnough):
        answered.close_unanswered(at=TUESDAY)


def test_it_does_not_count_a_day_off(answered, ask):
    ask(FRIDAY, FRIDAY)
    ask(FRIDAY + timedelta(hours=1), SATURDAY)
    with pytest.raises(NotAskedEnough):
        answered.close_unanswered(at=TUESDAY)


def test_it_does_not_count_what_no_server_accepted(answered, ask, post_office):
    ask(THURSDAY, THURSDAY)
    ask(FRIDAY)
    with pytest.raises(NotAskedEnough):
        answered.close_unanswered(at=TUESDAY)
    post_office.refuse(TUESDAY)
    with pytest.raises(NotAskedEnough):
        answered.close_unanswered(at=TUESDAY)


def test_it_does_not_count_what_bounced_later(answered, ask):
    ask(THURSDAY, THURSDAY)
    message = ask(FRIDAY, FRIDAY)
    message.refresh_from_db()
    message.was_refused(at=FRIDAY + timedelta(hours=1))
    with pytest.raises(NotAskedEnough):
        answered.close_unanswered(at=TUESDAY)


@pytest.mark.parametrize("word", ["writes", "denies"])
def test_it_does_not_count_what_was_before_the_customers_last_word(answered, cast, ask, word):
    ask(THURSDAY, THURSDAY)
    if word == "writes":
        answered.contact.customer_writes(text="I am looking into it.", at=THURSDAY)
    else:
        answered.deny(words="", at=THURSDAY)
    answered.contact.reply(text="Take your time.", by=cast.ana, at=THURSDAY + timedelta(hours=1))
    ask(FRIDAY, FRIDAY)
    with pytest.raises(NotAskedEnough):
        answered.close_unanswered(at=TUESDAY)
    ask(MONDAY, MONDAY)
    answered.close_unanswered(at=TUESDAY)


def test_it_counts_an_automatic_reply_as_no_word(answered, ask, receive):
    ask(THURSDAY, THURSDAY)
    subject = f"Away: {answered.contact.reference}"
    receive("I am away", at=THURSDAY, subject=subject, Auto_Submitted="auto-replied")
    ask(FRIDAY, FRIDAY)
    answered.close_unanswered(at=TUESDAY)


def test_it_is_not_closed_while_the_customer_waits(complaint, cast, post_office, ask, now):
    ask(THURSDAY, THURSDAY)
    ask(FRIDAY, FRIDAY)
    reply = complaint.contact.messages.get(author=cast.ana)
    reply.was_refused(at=FRIDAY + timedelta(hours=1))
    with pytest.raises(NotAskedEnough):
        complaint.close_unanswered(at=TUESDAY)


def test_it_asks_as_often_as_the_house_has_set(answered, cast, ask):
    cast.house.check_backs = 3
    cast.house.save()
    ask(THURSDAY, THURSDAY)
    ask(FRIDAY, FRIDAY)
    with pytest.raises(NotAskedEnough):
        answered.close_unanswered(at=MONDAY)
    ask(MONDAY, MONDAY)
    answered.close_unanswered(at=TUESDAY)


def test_it_is_closed_once(answered, ask):
    ask(THURSDAY, THURSDAY)
    ask(FRIDAY, FRIDAY)
    answered.close_unanswered(at=TUESDAY)
    with pytest.raises(AlreadyClosed):
        answered.close_unanswered(at=TUESDAY)


def test_it_goes_back_to_a_person_when_the_last_check_back_was_not_enough(
    answered, cast, now, verbs
):
    cast.house.check_backs = 1
    cast.house.save()
    check_back = CheckBack.objects.plan(
        answered, due_at=FRIDAY, by=cast.ana, at=now + timedelta(hours=2)
    )
    check_back.ask(at=FRIDAY)
    check_back.message.outgoing.accept(check_back.message.outgoing.claim(FRIDAY), SATURDAY, "250")
    check_back.give_up(at=TUESDAY)
    contact = Contact.objects.get()
    assert (contact.state, contact.next_key) == ("open", "wait_customer")
    assert verbs(contact)[-1] == "check_back_undelivered"
