import pytest

from amends.records.complaints.models import Contact
from amends.records.complaints.refusals import AlreadyDecided


@pytest.mark.parametrize("kind", ["complaint", "question", "nothing"])
def test_it_is_decided_with_one_verb_by_somebody_at_some_time(contact, cast, now, verbs, kind):
    verdict = contact.decide(kind, by=cast.ana, at=now)
    fresh = Contact.objects.get()
    assert (fresh.kind, fresh.is_closed) == (kind, kind == "nothing")
    assert (verdict.kind, verdict.before, verdict.actor_name) == (kind, "undecided", "Ana Example")
    assert verbs(contact).count("decided") == 1


def test_it_keeps_the_story_and_the_first_date_of_receipt(contact, cast, now):
    contact.decide("question", by=cast.ana, at=now)
    contact.decide("complaint", by=cast.ana, at=now.replace(hour=15))
    assert contact.received_at == now
    assert contact.complaint.story == "I was billed 200 for a thing you said was free."
    assert contact.complaint.reference == contact.reference


def test_it_has_no_verb_that_changes_the_story(complaint, cast, now):
    with pytest.raises(TypeError):
        complaint.understand(by=cast.ana, at=now, story="They were happy.")
    complaint.refresh_from_db()
    assert complaint.story.startswith("I was billed 200")


@pytest.mark.parametrize("kind", ["complaint", "question", "nothing", "undecided"])
def test_it_stays_a_complaint(complaint, cast, now, kind):
    with pytest.raises(AlreadyDecided):
        complaint.contact.decide(kind, by=cast.ana, at=now)


def test_it_keeps_its_clock_when_set_aside_by_mistake_and_taken_up(contact, cast, now):
    due_at = contact.answer_due_at
    contact.decide("nothing", by=cast.ana, at=now.replace(hour=10))
    assert contact.answer_due_at is None
    contact.decide("complaint", by=cast.ana, at=now.replace(hour=11))
    assert contact.answer_due_at == due_at


def test_it_takes_a_question_that_was_answered_already_for_closed(contact, cast, now):
    contact.reply(text="It was free indeed.", by=cast.ana, at=now.replace(hour=10))
    contact.decide("question", by=cast.ana, at=now.replace(hour=11))
    assert contact.is_closed


def test_it_opens_again_and_says_so_when_the_customer_writes_after_it_was_set_aside(
    contact, cast, now, verbs
):
    contact.decide("nothing", by=cast.ana, at=now)
    later = now.replace(day=27)
    contact.customer_writes(text="Will nobody answer me?", at=later)
    assert (contact.kind, contact.state) == ("undecided", "open")
    assert contact.reopenings.get().words == "Will nobody answer me?"
    assert "reopened" in verbs(contact)
    assert contact.answer_due_at > later


def test_it_lets_the_faster_of_two_decide(contact, cast, now):
    other = Contact.objects.get()
    contact.decide("complaint", by=cast.ana, at=now)
    with pytest.raises(AlreadyDecided):
        other.decide("nothing", by=cast.marek, at=now)
    assert Contact.objects.get().kind == "complaint"
