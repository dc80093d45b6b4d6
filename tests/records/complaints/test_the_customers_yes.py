from datetime import timedelta

import pytest

from amends.records.complaints.models import Closing, Contact
from amends.records.complaints.refusals import AlreadyClosed, NotAComplaint, NoWordOfTheCustomer

DENYING = ["Yes, but the charger never came", "Tak, ale nadal czekam", "Да, но деньги не пришли"]


@pytest.fixture
def later(now):
    return now + timedelta(days=1)


def test_it_is_closed_by_the_customers_yes(answered, later, verbs):
    assert answered.confirm(words="", at=later) is True
    contact = Contact.objects.get()
    assert (contact.state, contact.outcome, contact.closed_at) == ("closed", "confirmed", later)
    assert contact.next_at is None
    closing = Closing.objects.get()
    assert (closing.outcome, closing.actor_kind, closing.at) == ("confirmed", "customer", later)
    assert verbs(contact)[-1] == "closed"


def test_it_keeps_the_words_that_came_with_the_yes(answered, later):
    answered.confirm(words="All fine, thank you Ana", at=later)
    assert answered.contact.messages.filter(text="All fine, thank you Ana").exists()
    assert Closing.objects.get().why == "All fine, thank you Ana"


@pytest.mark.parametrize("words", DENYING)
def test_it_takes_a_yes_whose_words_say_no_to_a_person(answered, later, verbs, words):
    assert answered.confirm(words=words, at=later) is False
    contact = Contact.objects.get()
    assert (contact.state, contact.outcome, contact.last_direction) == ("open", "", "in")
    assert contact.messages.filter(text=words).count() == 1
    assert "yes_that_says_no" in verbs(contact)
    assert not Closing.objects.exists()


@pytest.mark.parametrize("words", DENYING)
def test_it_loses_no_no_that_came_when_the_case_was_just_closed(answered, cast, later, words):
    answered.close_as_lead(by=cast.ewa, at=later, reason="other", why="Nothing more to do")
    assert answered.confirm(words=words, at=later + timedelta(minutes=1)) is False
    contact = Contact.objects.get()
    assert (contact.state, contact.last_direction) == ("open", "in")
    assert contact.reopenings.get().words == words


def test_it_keeps_kind_words_that_came_when_the_case_was_just_closed(answered, cast, later):
    answered.confirm(words="", at=later)
    assert answered.confirm(words="Thank you all", at=later + timedelta(minutes=1)) is True
    assert answered.contact.messages.filter(text="Thank you all").exists()
    assert Contact.objects.get().is_closed


def test_it_is_confirmed_once(answered, later):
    answered.confirm(words="", at=later)
    with pytest.raises(AlreadyClosed):
        answered.confirm(words="", at=later + timedelta(minutes=1))
    assert Closing.objects.count() == 1


def test_it_is_no_end_of_what_is_no_complaint_any_more(complaint, cast, later):
    complaint.contact.undo_verdict(by=cast.ana, at=later)
    with pytest.raises(NotAComplaint):
        complaint.confirm(words="", at=later)


def test_it_is_recorded_from_a_message_of_the_customer(answered, cast, later):
    message = answered.contact.customer_writes(text="It works now, solved.", at=later)
    answered.confirmed_in(message, by=cast.ana, at=later + timedelta(hours=1))
    closing = Closing.objects.get()
    assert (closing.outcome, closing.why) == ("confirmed", "It works now, solved.")
    assert closing.actor_name == "Ana Example"


def test_it_is_recorded_from_it_though_we_said_thanks_for_it_first(answered, cast, later):
    message = answered.contact.customer_writes(text="It works now, solved.", at=later)
    answered.contact.reply(text="How good.", by=cast.ana, at=later + timedelta(minutes=9))
    answered.confirmed_in(message, by=cast.ana, at=later + timedelta(hours=1))
    assert Closing.objects.get().outcome == "confirmed"


def test_it_needs_a_word_of_theirs_after_our_answer(answered, cast, later, receive):
    contact = answered.contact
    story = contact.messages.filter(direction="in").get()
    ours = contact.messages.filter(direction="out", author__isnull=False).get()
    away = receive(
        "I am on leave", at=later, subject=f"Re: {contact.reference}", Auto_Submitted="auto-replied"
    ).message
    strange = receive("Hello", at=later, sender="eve@elsewhere.example").message
    for message in (story, ours, away, strange):
        with pytest.raises(NoWordOfTheCustomer):
            answered.confirmed_in(message, by=cast.ana, at=later + timedelta(hours=1))
    assert not Closing.objects.exists()


def test_it_needs_their_last_word(answered, cast, later):
    early = answered.contact.customer_writes(text="It works now, solved.", at=later)
    answered.contact.customer_writes(text="It broke again.", at=later + timedelta(hours=1))
    with pytest.raises(NoWordOfTheCustomer):
        answered.confirmed_in(early, by=cast.ana, at=later + timedelta(hours=2))


def test_it_does_not_take_a_message_before_a_no(answered, cast, later):
    early = answered.contact.customer_writes(text="It works now, solved.", at=later)
    answered.deny(words="", at=later + timedelta(hours=1))
    with pytest.raises(NoWordOfTheCustomer):
        answered.confirmed_in(early, by=cast.ana, at=later + timedelta(hours=2))


def test_it_needs_an_answer_that_arrived(complaint, cast, later, post_office):
    complaint.contact.reply(text="Sorry.", by=cast.ana, at=later)
    post_office.refuse(later + timedelta(minutes=1))
    message = complaint.contact.customer_writes(text="Solved.", at=later + timedelta(hours=1))
    with pytest.raises(NoWordOfTheCustomer):
        complaint.confirmed_in(message, by=cast.ana, at=later + timedelta(hours=2))


def test_it_does_not_count_the_words_of_the_yes_as_waiting_when_it_opens_again(answered, later):
    answered.confirm(words="All well, thank you", at=later)
    in_spring = later + timedelta(days=120)
    answered.contact.customer_writes(text="It broke again.", at=in_spring)
    assert answered.contact.answer_due_at > in_spring


def test_it_is_not_opened_again_by_a_window_that_knew_it_open(answered, cast, later):
    stale = Contact.objects.get()
    answered.confirm(words="", at=later)
    with pytest.raises(AlreadyClosed):
        stale.reply(text="One more thing", by=cast.ana, at=later + timedelta(seconds=5))
    assert Contact.objects.get().outcome == "confirmed"
