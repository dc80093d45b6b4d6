"""The events of a thread are a chain: each says its place and what came before."""

import threading
import uuid
from datetime import UTC, datetime, timedelta, timezone

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from amends.ground.events import digests
from amends.ground.events.models import PROGRAM, Chain, Event, Happening, react, record, record_all
from amends.ground.events.verifying import look_again

NOW = datetime(2026, 11, 25, 9, 0, tzinfo=UTC)
FIRST, SECOND = uuid.UUID(int=7), uuid.UUID(int=8)


@pytest.fixture(autouse=True)
def nothing_follows(db):
    react({})


def happenings(count, threads):
    return [
        Happening(f"verb {number}", thread, PROGRAM, NOW, {"number": number})
        for number in range(count)
        for thread in threads
    ]


def statements(count, threads):
    with CaptureQueriesContext(connection) as asked:
        record_all(happenings(count, threads))
    return len([one for one in asked.captured_queries if "SAVEPOINT" not in one["sql"]])


def test_it_numbers_the_events_of_each_thread_from_one():
    record("heard", thread=FIRST, by=PROGRAM, at=NOW)
    record_all(happenings(3, [FIRST, SECOND]))
    numbers = [event.number for event in Event.objects.about(FIRST)]
    assert numbers == [1, 2, 3, 4]
    assert [event.number for event in Event.objects.about(SECOND)] == [1, 2, 3]
    ends = {chain.thread: chain.length for chain in Chain.objects.all()}
    assert ends == {FIRST: 4, SECOND: 3}


def test_it_takes_as_many_statements_for_many_as_for_one():
    few = statements(1, [uuid.uuid4()])
    assert statements(3, [uuid.uuid4() for _number in range(20)]) == few
    assert few <= 5


def test_it_reads_the_chain_again_where_what_follows_writes_on():
    react({"heard": (lambda _event: record("followed", thread=FIRST, by=PROGRAM, at=NOW),)})
    record_all([Happening("heard", FIRST, PROGRAM, NOW), Happening("heard", FIRST, PROGRAM, NOW)])
    react({})
    numbers = {event.number: event.verb for event in Event.objects.about(FIRST)}
    assert numbers == {1: "heard", 2: "heard", 3: "followed", 4: "followed"}
    assert not look_again(FIRST).findings


def test_it_gives_each_event_a_salt_of_its_own():
    for _time in range(2):
        record("heard", thread=FIRST, by=PROGRAM, at=NOW, name="Olga")
    first, second = Event.objects.about(FIRST)
    assert bytes(first.salt) != bytes(second.salt)
    assert bytes(first.told) != bytes(second.told)


@pytest.mark.parametrize(
    "data",
    [
        {"amount": 1e16, "half": 0.5, "tiny": 1e-7, "whole": 2.0},
        {2: "two", 10: "ten", True: None},
        {"pair": (1, [2, {"three": "ł\u2028\u0435"}])},
        {"big": 2**70, "quotes": '"\\'},
    ],
)
def test_it_holds_whatever_the_database_makes_of_the_data(data):
    record_all([Happening("heard", FIRST, PROGRAM, NOW, data)])
    assert not look_again(FIRST).findings


def test_it_holds_in_whichever_zone_it_was_told():
    there = NOW.astimezone(timezone(timedelta(hours=5, minutes=30)))
    record("heard", thread=FIRST, by=PROGRAM, at=there + timedelta(microseconds=1))
    assert not look_again(FIRST).findings


def test_it_makes_another_link_of_anything_else():
    def link(**other):
        told = {
            "thread": FIRST, "number": 1, "key": SECOND, "at": NOW, "verb": "heard",
            "actor_kind": "person",
        }  # fmt: skip
        before = other.pop("before", digests.BEGINNING)
        content = other.pop("told", bytes(32))
        return digests.link(before, content, **(told | other))

    others = [
        link(before=b"\1" * 32), link(told=b"\1" * 32), link(thread=SECOND), link(number=2),
        link(key=FIRST), link(at=NOW + timedelta(microseconds=1)), link(verb="hear"),
        link(actor_kind="program"),
    ]  # fmt: skip
    assert len({link(), *others}) == 9


@pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite has one writer at a time")
@pytest.mark.django_db(transaction=True)
def test_it_keeps_one_order_when_two_begin_a_thread_at_once():
    ready = threading.Barrier(4)

    def write():
        ready.wait()
        for _time in range(5):
            record("heard", thread=FIRST, by=PROGRAM, at=NOW)
        connection.close()

    writers = [threading.Thread(target=write) for _writer in range(4)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    numbers = Event.objects.order_by("number").values_list("number", flat=True)
    assert list(numbers) == list(range(1, 21))
    assert not look_again(FIRST).findings
