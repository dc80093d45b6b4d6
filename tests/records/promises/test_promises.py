from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from amends.records.complaints.models import Contact
from amends.records.complaints.refusals import AlreadyClosed, NotAComplaint, ReasonMissing
from amends.records.promises.models import (
    AlreadySettled,
    DueInThePast,
    NothingPromised,
    Promise,
    TooLateToMove,
)

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.fixture
def at(now):
    return now + 2 * HOUR


@pytest.fixture
def promise(answered, cast, at):
    return Promise.objects.give(answered, what=" Call Olga ", due_at=at + DAY, by=cast.ana, at=at)


def test_it_says_what_who_and_by_when(promise, cast, at, verbs):
    assert (promise.what, promise.who, promise.due_at) == ("Call Olga", cast.ana, at + DAY)
    contact = Contact.objects.get()
    assert (contact.next_key, contact.next_at) == ("keep_promise", at + DAY)
    assert verbs(contact)[-1] == "promised"


def test_it_says_what(answered, cast, at):
    with pytest.raises(NothingPromised):
        Promise.objects.give(answered, what="  ", due_at=at + DAY, by=cast.ana, at=at)


@pytest.mark.parametrize("late", [timedelta(0), HOUR])
def test_it_is_for_later(answered, cast, at, late):
    with pytest.raises(DueInThePast):
        Promise.objects.give(answered, what="Call", due_at=at - late, by=cast.ana, at=at)


def test_it_is_kept_in_time(promise, cast, at, verbs):
    promise.keep(by=cast.ana, at=at + DAY)
    assert (promise.kept_at, promise.broken_at) == (at + DAY, None)
    assert Contact.objects.get().promise_due_at is None
    assert "promise_kept" in verbs(Contact.objects.get())


def test_it_is_broken_when_kept_late(promise, cast, at, verbs):
    assert list(Promise.objects.overdue(at + DAY + HOUR)) == [promise]
    promise.keep(by=cast.ana, at=at + DAY + HOUR)
    assert (promise.kept_at, promise.broken_at) == (None, at + DAY + HOUR)
    assert "promise_broken" in verbs(Contact.objects.get())


def test_it_is_moved_before_it_is_due_with_a_reason(promise, cast, at, verbs):
    later = promise.move(to=at + 3 * DAY, why="The part is late", by=cast.ana, at=at + HOUR)
    promise.refresh_from_db()
    assert (promise.moved_to, promise.why_moved) == (later, "The part is late")
    assert not promise.is_open
    assert Contact.objects.get().next_at == at + 3 * DAY
    assert verbs(Contact.objects.get())[-1] == "promise_moved"


def test_it_is_not_moved_without_a_reason(promise, cast, at):
    with pytest.raises(ReasonMissing):
        promise.move(to=at + 3 * DAY, why=" ", by=cast.ana, at=at + HOUR)
    assert Promise.objects.open().count() == 1


def test_it_is_not_moved_once_due_nor_into_the_past(promise, cast, at):
    with pytest.raises(TooLateToMove):
        promise.move(to=at + 3 * DAY, why="x", by=cast.ana, at=at + DAY + HOUR)
    with pytest.raises(DueInThePast):
        promise.move(to=at, why="x", by=cast.ana, at=at + HOUR)
    assert list(Promise.objects.open()) == [promise]
    assert Contact.objects.get().promise_due_at == at + DAY


@pytest.mark.parametrize("end", ["keep", "break_", "withdraw"])
def test_it_is_settled_once(promise, cast, at, end):
    stale = Promise.objects.get()
    getattr(promise, end)(by=cast.ana, at=at + HOUR)
    for again in (promise, stale):
        for verb in ("keep", "break_", "withdraw"):
            with pytest.raises(AlreadySettled):
                getattr(again, verb)(by=cast.ana, at=at + HOUR)
        with pytest.raises(AlreadySettled):
            again.move(to=at + DAY, why="x", by=cast.ana, at=at + HOUR)


def test_it_dates_the_next_action_by_the_earliest(promise, cast, at):
    sooner = Promise.objects.give(
        promise.complaint, what="Send", due_at=at + HOUR, by=cast.ana, at=at
    )
    assert Contact.objects.get().next_at == at + HOUR
    sooner.keep(by=cast.ana, at=at + HOUR)
    assert Contact.objects.get().next_at == at + DAY


def test_it_is_not_given_where_nobody_would_watch_it(answered, cast, at):
    answered.confirm(words="", at=at)
    with pytest.raises(AlreadyClosed):
        Promise.objects.give(answered, what="Call", due_at=at + DAY, by=cast.ana, at=at)


def test_it_is_not_given_on_what_is_no_complaint(complaint, cast, at):
    complaint.contact.undo_verdict(by=cast.ana, at=at)
    with pytest.raises(NotAComplaint):
        Promise.objects.give(complaint, what="Call", due_at=at + DAY, by=cast.ana, at=at)


@pytest.mark.parametrize(
    "lie",
    [
        {"kept_at": "2026-11-25T09:00Z", "broken_at": "2026-11-25T09:00Z"},
        {"kept_at": "2026-11-25T09:00Z", "withdrawn_at": "2026-11-25T09:00Z"},
        {"moved_at": "2026-11-25T09:00Z"},
        {"due_at": "2026-01-01T09:00Z"},
    ],
)
def test_it_cannot_contradict_itself(promise, lie):
    with pytest.raises(IntegrityError), transaction.atomic():
        Promise.objects.update(**lie)
