"""Messages of one thread become another one, or go on with another; nothing is lost."""

from datetime import timedelta

import pytest

from amends.records.answering.answer import Answer, send_answer
from amends.records.complaints import refusals
from amends.records.complaints.models import Contact, Message
from amends.records.complaints.splitting import split_off, undo_split


@pytest.fixture
def at(now):
    return now + timedelta(hours=4)


@pytest.fixture
def wrote_twice(complaint, now):
    """Olga wrote of something else an hour later, into the same thread."""
    contact = complaint.contact
    return contact.customer_writes(text="And the charger came broken.", at=now + timedelta(hours=1))


def fresh(contact):
    return Contact.objects.select_related("customer", "complaint").get(pk=contact.pk)


@pytest.mark.parametrize("kind", ["undecided", "complaint"])
def test_it_begins_a_contact_received_when_the_words_came(
    complaint, wrote_twice, cast, at, kind, verbs
):
    new = split_off(complaint.contact, [wrote_twice], by=cast.ana, at=at, kind=kind)
    assert (new.customer, new.received_at, new.kind) == (cast.olga, wrote_twice.at, kind)
    assert (new.team, new.person) == (complaint.contact.team, complaint.contact.person)
    assert new.messages.get().text == "And the charger came broken."
    assert new.reference != complaint.reference
    assert new.answer_due_at is not None
    assert "split_from" in verbs(new)
    assert "split_off" in verbs(complaint.contact)
    if kind == "complaint":
        assert new.complaint.story == "And the charger came broken."


def test_it_keeps_the_story_and_plans_both_anew(complaint, wrote_twice, cast, now, at):
    story = complaint.story
    send_answer(
        complaint.contact, Answer(text="Taken off."), by=cast.ana, at=now + timedelta(minutes=30)
    )
    assert fresh(complaint.contact).last_direction == "in"
    split_off(complaint.contact, [wrote_twice], by=cast.ana, at=at)
    assert (fresh(complaint.contact).last_direction, complaint.story) == ("out", story)


def test_it_is_undone_by_bringing_the_words_back(complaint, wrote_twice, cast, at):
    new = split_off(complaint.contact, [wrote_twice], by=cast.ana, at=at, kind="complaint")
    undo_split(fresh(new), by=cast.ana, at=at + timedelta(minutes=1))
    wrote_twice.refresh_from_db()
    assert wrote_twice.contact == complaint.contact
    assert fresh(new).merged_into == complaint.contact
    with pytest.raises(refusals.NothingToUndo):
        undo_split(fresh(new), by=cast.ana, at=at + timedelta(minutes=2))


def test_it_is_not_undone_once_somebody_has_answered(complaint, wrote_twice, cast, at):
    new = split_off(complaint.contact, [wrote_twice], by=cast.ana, at=at, kind="complaint")
    send_answer(fresh(new), Answer(text="A new one is on its way."), by=cast.ana, at=at)
    with pytest.raises(refusals.NothingToUndo):
        undo_split(fresh(new), by=cast.ana, at=at + timedelta(minutes=2))


def test_it_takes_only_what_came_in_and_leaves_something(complaint, wrote_twice, cast, at):
    contact = complaint.contact
    ours = send_answer(contact, Answer(text="Sorry."), by=cast.ana, at=at)
    everything = list(contact.messages.filter(direction="in"))
    for messages, refusal in (
        ([ours], refusals.OnlyWhatCameIn), ([], refusals.OnlyWhatCameIn),
        (everything, refusals.NothingWouldStay),
    ):  # fmt: skip
        with pytest.raises(refusal):
            split_off(contact, messages, by=cast.ana, at=at)
    assert Contact.objects.count() == 1


def test_it_looks_at_what_was_mere_thanks(complaint, cast, at):
    complaint.close_as_lead(by=cast.ewa, at=at, reason="other", why="Done")
    thanks = fresh(complaint.contact).hear(text="Thank you", at=at, channel="mail")
    assert thanks.automatic == "thanks"
    new = split_off(fresh(complaint.contact), [thanks], by=cast.ana, at=at)
    assert (new.next_key, new.last_direction) == ("decide", "in")
    assert fresh(complaint.contact).is_closed


def test_it_moves_a_message_there_and_back(complaint, wrote_twice, receive, cast, at, verbs):
    other = receive("The charger.", subject="Charger", at=at).contact
    wrote_twice.move_to(other, by=cast.ana, at=at)
    assert fresh(other).messages.filter(direction="in").count() == 2
    assert "message_moved" in verbs(complaint.contact)
    assert "message_came" in verbs(other)
    Message.objects.get(pk=wrote_twice.pk).move_to(fresh(complaint.contact), by=cast.ana, at=at)
    assert fresh(complaint.contact).messages.filter(direction="in").count() == 2


def test_it_opens_a_question_again_whose_word_comes_back(receive, cast, at):
    asked = receive("When?", subject="When", at=at).contact
    asked.decide("question", by=cast.ana, at=at)
    send_answer(asked, Answer(text="Today."), by=cast.ana, at=at + timedelta(hours=1))
    more = fresh(asked).hear(text="And where?", at=at + timedelta(hours=2), channel="mail")
    other = receive("Where?", subject="Where", at=at + timedelta(hours=2)).contact
    later = at + timedelta(hours=3)
    more.move_to(other, by=cast.ana, at=later)
    assert fresh(asked).is_closed
    Message.objects.get(pk=more.pk).move_to(fresh(asked), by=cast.ana, at=later)
    assert not fresh(asked).is_closed


def test_it_moves_nothing_to_a_stranger_nor_to_what_is_closed(
    complaint, wrote_twice, receive, cast, at
):
    stranger = receive("Mine", sender="eve@elsewhere.example", subject="Mine", at=at).contact
    with pytest.raises(refusals.OfAnotherCustomer):
        wrote_twice.move_to(stranger, by=cast.ana, at=at)
    closed = receive("Thanks", subject="Thanks", at=at).contact
    closed.decide("nothing", by=cast.ana, at=at)
    with pytest.raises(refusals.AlreadyClosed):
        wrote_twice.move_to(fresh(closed), by=cast.ana, at=at)
    with pytest.raises(refusals.OfAnotherCustomer):
        wrote_twice.move_to(complaint.contact, by=cast.ana, at=at)
