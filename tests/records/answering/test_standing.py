"""What the customer sees, and above all what never is in it."""

from dataclasses import is_dataclass
from datetime import timedelta

import pytest
from django.db.models import Model

from amends.records.answering.answer import Answer, Promised, PutRight, send_answer
from amends.records.answering.standing import standing_of
from amends.records.complaints.models import Note
from amends.records.promises.models import Promise
from amends.records.recovery.models import Remedy

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def test_it_says_what_who_and_by_when(complaint, cast, now):
    cast.ana.chosen_name = "Anna"
    cast.ana.save()
    complaint.contact.refresh_from_db()
    standing = standing_of(complaint.contact, at=now)
    assert (standing.stage, standing.who) == ("heard", "Anna")
    assert standing.by_when == complaint.contact.answer_due_at
    assert standing.story.startswith("I was billed 200")
    assert not standing.asks


def test_it_shows_what_was_promised_and_done(complaint, cast, now, post_office):
    answer = Answer(
        text="Sorry.",
        promises=(Promised("Call", now + DAY),),
        remedies=(PutRight("Credit", delivered=True),),
    )
    send_answer(complaint.contact, answer, by=cast.ana, at=now)
    post_office.accept(now + HOUR)
    standing = standing_of(complaint.contact, at=now + HOUR)
    assert [(each.what, each.who, each.state) for each in standing.commitments] == [
        ("Call", "Ana", "open")
    ]
    assert [(deed.what, deed.delivered_at) for deed in standing.deeds] == [("Credit", now)]
    assert (standing.stage, standing.by_when, standing.asks) == ("working", now + DAY, True)
    assert standing.talk[-1].text == "Sorry."


def test_it_says_a_broken_promise_first(answered, cast, now):
    at = now + 2 * HOUR
    for what, days in (("Second", 1), ("First", 3)):
        Promise.objects.give(answered, what=what, due_at=at + days * DAY, by=cast.ana, at=at)
    standing = standing_of(answered.contact, at=at + 2 * DAY)
    assert [(each.what, each.state) for each in standing.commitments] == [
        ("Second", "late"),
        ("First", "open"),
    ]
    assert standing.is_late


def test_it_shows_a_moved_date_with_the_old_one_and_why(answered, cast, now):
    at = now + 2 * HOUR
    promise = Promise.objects.give(answered, what="Call", due_at=at + DAY, by=cast.ana, at=at)
    promise.move(to=at + 2 * DAY, why="The part is late", by=cast.ana, at=at)
    shown = standing_of(answered.contact, at=at).commitments
    assert [(each.state, each.due_at, each.was_due_at) for each in shown] == [
        ("open", at + 2 * DAY, at + DAY)
    ]
    assert shown[0].why_moved == "The part is late"


def test_it_says_the_earlier_of_promise_and_clock(answered, cast, now):
    at = now + 2 * HOUR
    Promise.objects.give(answered, what="Call", due_at=at + 9 * DAY, by=cast.ana, at=at)
    answered.contact.customer_writes(text="And?", at=at)
    standing = standing_of(answered.contact, at=at)
    assert standing.by_when == answered.contact.answer_due_at < at + 9 * DAY


def test_it_does_not_show_a_reply_that_can_still_be_taken_back(complaint, cast, now, post_office):
    send_answer(complaint.contact, Answer(text="Sorry."), by=cast.ana, at=now)
    assert "Sorry." not in repr(standing_of(complaint.contact, at=now).talk)
    post_office.accept(now + HOUR)
    assert "Sorry." in repr(standing_of(complaint.contact, at=now + HOUR).talk)


@pytest.fixture
def full_of_secrets(complaint, cast, now):
    """A case in which every field that is ours alone is marked."""
    contact, at = complaint.contact, now + HOUR
    cast.ana.name, cast.ana.chosen_name = "SECRET-name", "Anna"
    cast.ana.save()
    contact.refresh_from_db()
    contact.customer.likes = contact.customer.vocative = contact.customer.company = (
        "SECRET-customer"
    )
    contact.customer.save()
    Note.objects.write(contact, by=cast.ana, text="SECRET-note", at=at)
    complaint.understand(
        by=cast.ana, at=at, case_cause="SECRET-cause", fault="customer", severity=4,
        wish_words="SECRET-wish",
    )  # fmt: skip
    complaint.name_person(cast.marek, by=cast.ana, at=at)
    complaint.add_point("SECRET-point", by=cast.ana, at=at)
    complaint.mark("diagnose", by=cast.ana, at=at, skipped_because="SECRET-skip")
    contact.hand_to(by=cast.ewa, at=at, person=cast.ana, why="SECRET-handing")
    contact.set_next(text="SECRET-next", due_at=at + timedelta(minutes=9), by=cast.ana, at=at)
    answer = Answer(text="Hi", remedies=(PutRight("Tea", delivered=True, proof="SECRET-proof"),))
    send_answer(contact, answer, by=cast.ana, at=at)
    contact.set_next(text="SECRET-next", due_at=at + DAY, by=cast.ana, at=at)
    contact.proposal_reason = "SECRET-proposal"
    contact.save(update_fields=["proposal_reason"])
    return complaint


def test_it_has_nothing_that_is_ours_alone(full_of_secrets, cast, now):
    full_of_secrets.close_as_lead(by=cast.ewa, at=now + 2 * HOUR, reason="other", why="SECRET-why")
    for at in (now, now + 2 * HOUR):
        shown = repr(standing_of(full_of_secrets.contact, at=at))
        assert "SECRET" not in shown
        for ours in ("Marek", "Ewa", "severity", "fault", str(full_of_secrets.contact.steepness)):
            assert ours not in shown


def test_it_is_made_of_words_and_dates_alone(full_of_secrets, now):
    ahead = [standing_of(full_of_secrets.contact, at=now)]
    while ahead:
        here = ahead.pop()
        assert not isinstance(here, Model)
        if is_dataclass(here):
            ahead += vars(here).values()
        elif isinstance(here, tuple):
            ahead += here


@pytest.mark.parametrize(
    ("act", "stage"), [("confirm", "solved"), ("lead", "closed"), ("question", "question")]
)
def test_it_says_how_it_ended(answered, contact, cast, now, act, stage):
    at = now + DAY
    if act == "confirm":
        answered.confirm(words="", at=at)
    elif act == "lead":
        answered.close_as_lead(by=cast.ewa, at=at, reason="other", why="x")
    else:
        told = answered.contact
        told.kind = "question"
        assert standing_of(told, at=at).stage == stage
        return
    standing = standing_of(answered.contact, at=at)
    assert (standing.stage, standing.asks, standing.by_when) == (stage, False, None)


def test_it_shows_nothing_of_a_reply_that_can_still_be_taken_back(complaint, cast, now):
    answer = Answer(
        text="Sorry.", promises=(Promised("Call", now + DAY),), remedies=(PutRight("Credit"),)
    )
    send_answer(complaint.contact, answer, by=cast.ana, at=now)
    standing = standing_of(complaint.contact, at=now)
    assert (standing.commitments, standing.deeds) == ((), ())


def test_it_shows_a_gesture_only_once_the_fix_is_there(complaint, cast, now, post_office):
    answer = Answer(text="Sorry.", remedies=(PutRight("Credit"), PutRight("A case", gesture=True)))
    send_answer(complaint.contact, answer, by=cast.ana, at=now)
    post_office.accept(now + HOUR)
    complaint.contact.refresh_from_db()
    assert [deed.what for deed in standing_of(complaint.contact, at=now).deeds] == ["Credit"]
    Remedy.objects.get(gesture=False).deliver(by=cast.ana, at=now + HOUR)
    complaint.contact.refresh_from_db()
    deeds = standing_of(complaint.contact, at=now + HOUR).deeds
    assert [deed.what for deed in deeds] == ["Credit", "A case"]
