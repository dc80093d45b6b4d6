"""The timeline is only ever added to."""

import uuid
from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from amends.ground.events.models import PROGRAM, Event, EventsAreForever, react, record

NOW = datetime(2026, 11, 25, 9, 0, tzinfo=UTC)
THREAD = uuid.UUID(int=7)


@pytest.fixture
def event(db):
    react({})
    return record("heard", thread=THREAD, by=PROGRAM, at=NOW, words=3)


@pytest.mark.parametrize(
    "change",
    [
        lambda event: event.save(),
        lambda event: event.delete(),
        lambda event: Event.objects.update(verb="forgotten"),
        lambda event: Event.objects.filter(pk=event.pk).update(at=NOW),
        lambda event: Event.objects.all().delete(),
        lambda event: Event.objects.bulk_update([event], ["verb"]),
        lambda event: Event.objects.update_or_create(pk=event.pk, defaults={"verb": "x"}),
        lambda event: Event.objects.get(pk=event.pk).save(update_fields=["verb"]),
    ],
)
def test_it_is_for_ever(event, change):
    event.verb = "forgotten"
    with pytest.raises(EventsAreForever), transaction.atomic():
        change(event)
    assert Event.objects.get().verb == "heard"


def test_it_is_not_overwritten_by_one_of_the_same_key(event):
    with pytest.raises(IntegrityError), transaction.atomic():
        Event(id=event.pk, verb="x", thread=THREAD, at=NOW, actor_kind="program").save()


def test_it_says_who_what_and_when(event):
    assert (event.actor_kind, event.actor_key, event.actor_name) == ("program", None, "")
    assert (event.at, event.thread, event.data) == (NOW, THREAD, {"words": 3})


def test_it_keeps_the_order_of_what_happened_at_one_moment(event):
    for number in range(50):
        record(f"verb {number}", thread=THREAD, by=PROGRAM, at=NOW)
    record("earlier", thread=THREAD, by=PROGRAM, at=NOW - timedelta(days=1))
    record("elsewhere", thread=uuid.UUID(int=8), by=PROGRAM, at=NOW)
    told = [event.verb for event in Event.objects.about(THREAD)]
    assert told == ["earlier", "heard", *(f"verb {number}" for number in range(50))]


def test_it_lets_follow_what_follows_in_the_same_transaction(db):
    seen = []
    react({"heard": (seen.append,)})
    try:
        event = record("heard", thread=THREAD, by=PROGRAM, at=NOW)
        record("other", thread=THREAD, by=PROGRAM, at=NOW)
    finally:
        react({})
    assert seen == [event]


def test_it_is_not_written_when_what_follows_fails(db):
    def fail(_event):
        raise ZeroDivisionError

    react({"heard": (fail,)})
    try:
        with pytest.raises(ZeroDivisionError):
            record("heard", thread=THREAD, by=PROGRAM, at=NOW)
    finally:
        react({})
    assert not Event.objects.exists()
