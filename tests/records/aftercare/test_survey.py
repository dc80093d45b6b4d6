"""How was it? Asked a day after the customer's yes; a bad answer is a task today."""

from datetime import UTC, datetime, timedelta

import pytest

from amends.ground.events.models import Event
from amends.records.aftercare.models import AlreadyAnswered, NothingAnswered, Survey
from amends.records.aftercare.models.survey import ITEMS
from amends.records.complaints.models import Contact
from amends.records.house.models import House
from amends.records.promises.models import Promise
from amends.site.schedule import ask_surveys

HOUR = timedelta(hours=1)


@pytest.fixture
def at(now):
    return now + 3 * HOUR


@pytest.fixture
def planned(answered, at):
    answered.confirm(words="", at=at)
    return Survey.objects.with_contact().get()


@pytest.fixture
def asked(planned, at):
    planned.ask(at=planned.due_at)
    return Survey.objects.with_contact().get()


def sent():
    return Contact.objects.get().messages.filter(purpose="survey")


def reply_to(survey, *, solved=True, recovery=6, words="", later=HOUR):
    survey.answer(
        solved=solved, recovery=recovery, words=words, language="en", at=survey.asked_at + later
    )


def test_it_is_planned_by_the_customer_s_yes_and_by_no_other_end(complaint, answered, cast, at):
    answered.close_as_lead(by=cast.ewa, at=at, reason="withdrawn", why="withdrawn by phone")
    assert not Survey.objects.exists()


def test_it_goes_out_between_24_and_48_hours_after(planned, at):
    assert planned.due_at == at + 24 * HOUR
    assert planned.until_at == at + 48 * HOUR
    ask_surveys(planned.due_at - HOUR)
    assert not sent()
    ask_surveys(planned.due_at)
    ask_surveys(planned.due_at + HOUR)
    assert sent().get().text.count("/survey/") == 1
    assert sent().get().automatic == "program"


@pytest.mark.parametrize(("hour", "due"), [(2, (9, 0)), (20, (33, 0)), (12, (12, 0))])
def test_it_wakes_nobody(answered, hour, due):
    local = datetime(2026, 11, 26, hour - 1, 0, tzinfo=UTC)  # Warsaw, an hour ahead in winter
    answered.confirm(words="", at=local)
    days, hours = divmod(due[0], 24)
    expected = datetime(2026, 11, 27 + days, hours - 1, 0, tzinfo=UTC)
    assert Survey.objects.get().due_at == expected


def test_it_is_skipped_and_recorded_after_48_hours(planned, verbs):
    planned.ask(at=planned.until_at + HOUR)
    planned.refresh_from_db()
    assert planned.skipped_because == "late"
    assert not sent()
    event = Event.objects.about(planned.complaint.contact_id).get(verb="survey_skipped")
    assert event.data == {"why": "late"}


def test_it_is_called_off_when_the_case_opens_again(planned, answered, at):
    answered.contact.customer_writes(text="It broke again.", at=at + HOUR)
    ask_surveys(planned.due_at)
    planned.refresh_from_db()
    assert planned.cancelled_at == at + HOUR
    assert not sent()


def test_it_asks_a_customer_once_in_seven_days(asked, receive, cast, at):
    receive("The bill is wrong, too.", subject="Another bill", at=at)
    second = Contact.objects.exclude(pk=asked.complaint.contact_id).get()
    second.customer = asked.complaint.contact.customer
    second.save(update_fields=["customer"])
    second.decide("complaint", by=cast.ana, at=at)
    second.complaint.confirm(words="", at=at + HOUR)
    survey = Survey.objects.with_contact().get(complaint=second.complaint)
    survey.ask(at=asked.asked_at + HOUR)
    assert survey.skipped_because == "recent"


def test_it_is_not_sent_where_the_house_sends_none(planned):
    House.objects.update_or_create(only=True, defaults={"survey": False})
    planned.ask(at=planned.due_at)
    assert planned.skipped_because == "off"


def test_it_leaves_a_broken_promise_to_a_person(answered, cast, now, at):
    promise = Promise.objects.give(answered, what="x", due_at=at, by=cast.ana, at=now + 2 * HOUR)
    promise.keep(by=cast.ana, at=at + HOUR)
    answered.confirm(words="", at=at + 2 * HOUR)
    survey = Survey.objects.with_contact().get()
    survey.ask(at=survey.due_at)
    assert survey.skipped_because == "promise"
    assert Survey.objects.for_a_person().get() == survey
    survey.take_up(by=cast.ana, at=survey.due_at + HOUR)
    contact = Contact.objects.get()
    assert contact.state == "open"
    assert contact.next_text
    assert contact.next_at.date() == survey.due_at.date()
    assert not Survey.objects.for_a_person()
    with pytest.raises(AlreadyAnswered):
        survey.take_up(by=cast.ana, at=survey.due_at + HOUR)
    # The next yes begins no other round.
    answered.confirm(words="", at=survey.due_at + 2 * HOUR)
    assert Survey.objects.count() == 1


def test_it_leaves_one_whose_first_repair_failed_to_a_person(answered, cast, at):
    answered.deny(words="Still dark.", at=at)
    answered.contact.reply(text="A new one is on its way.", by=cast.ana, at=at + HOUR)
    answered.confirm(words="", at=at + 2 * HOUR)
    survey = Survey.objects.with_contact().get()
    survey.ask(at=survey.due_at)
    assert survey.skipped_because == "twice"


def test_it_keeps_a_good_answer_and_opens_nothing(asked):
    reply_to(asked, words="Thank you, all fine.")
    contact = Contact.objects.get()
    assert (contact.state, contact.outcome) == ("closed", "confirmed")
    kept = Survey.objects.get()
    assert (kept.solved, kept.recovery, kept.words) == (True, 6, "Thank you, all fine.")


def test_it_is_answered_once(asked):
    reply_to(asked)
    with pytest.raises(AlreadyAnswered):
        reply_to(asked, solved=False, recovery=1)
    assert Contact.objects.get().state == "closed"


def test_it_takes_no_empty_answer(asked):
    with pytest.raises(NothingAnswered):
        reply_to(asked, solved=None, recovery=None, words="  ")


def test_it_opens_again_before_all_else_when_not_solved(asked, cast):
    reply_to(asked, solved=False, recovery=2, words="The charge is back.")
    contact = Contact.objects.get()
    assert (contact.state, contact.next_key, contact.said_no) == ("open", "read_no", True)
    assert contact.messages.filter(direction="in", text="The charge is back.").exists()


@pytest.mark.parametrize("recovery", [1, 2, 3])
@pytest.mark.parametrize("words", ["", "You were slow."])
def test_it_makes_a_bad_answer_a_task_today(asked, recovery, words):
    reply_to(asked, recovery=recovery, words=words)
    contact = Contact.objects.get()
    assert contact.state == "open"
    assert contact.next_text == "A bad answer to the survey: write today"
    assert contact.next_at.date() == Survey.objects.get().answered_at.date()
    assert contact.messages.filter(direction="in", text="You were slow.").exists() is bool(words)


def test_it_gives_a_yes_whose_words_say_no_to_a_person(asked, verbs):
    reply_to(asked, words="yes, but it is still broken")
    contact = Contact.objects.get()
    assert (contact.state, contact.last_direction) == ("open", "in")
    assert "yes_that_says_no" in verbs(contact)


def test_it_asks_three_more_in_rotation_and_keeps_no_others(asked):
    with pytest.raises(AlreadyAnswered):
        asked.say_more({}, at=asked.asked_at)
    reply_to(asked)
    assert len(set(asked.items)) == 3
    asked.say_more(dict.fromkeys(ITEMS, 5), at=asked.answered_at)
    assert Survey.objects.get().more == dict.fromkeys(asked.items, 5)
    with pytest.raises(AlreadyAnswered):
        asked.say_more({}, at=asked.answered_at)


def test_it_asks_no_more_of_one_who_is_hurt(asked):
    reply_to(asked, recovery=1)
    assert not asked.can_say_more
