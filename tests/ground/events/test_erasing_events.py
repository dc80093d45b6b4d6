"""What events tell is erased by law: the chain holds and says so."""

import uuid
from datetime import UTC, datetime

import pytest
from django.db import models

from amends.ground.events.erasing import erase
from amends.ground.events.models import PROGRAM, Event, react, record
from amends.ground.events.verifying import Flaw, look_again

NOW = datetime(2026, 11, 25, 9, 0, tzinfo=UTC)
LATER = datetime(2026, 12, 1, 9, 0, tzinfo=UTC)
THREAD, OTHER = uuid.UUID(int=7), uuid.UUID(int=8)


class Olga:
    actor_kind = "customer"
    actor_key = uuid.UUID(int=1)
    actor_name = "Olga Nowak"


@pytest.fixture(autouse=True)
def written(db):
    react({})
    for thread in (THREAD, OTHER):
        for number in range(3):
            record(f"verb {number}", thread=thread, by=Olga, at=NOW, word="lamp")


def test_it_takes_out_who_and_what_and_leaves_what_kind_and_when():
    assert erase(Event.objects.filter(thread=THREAD), by=PROGRAM, at=LATER) == 3
    *gone, erasing = Event.objects.about(THREAD)
    assert [event.verb for event in gone] == ["verb 0", "verb 1", "verb 2"]
    for event in gone:
        assert (event.actor_name, event.actor_key, event.data, event.salt) == ("", None, {}, None)
        assert (event.at, event.actor_kind) == (NOW, "customer")
    assert (erasing.verb, erasing.data) == ("events_erased", {"numbers": [1, 2, 3]})


def test_it_leaves_a_chain_that_holds():
    erase(Event.objects.filter(thread=THREAD), by=PROGRAM, at=LATER)
    record("heard", thread=THREAD, by=PROGRAM, at=LATER)
    looked = look_again(THREAD)
    assert (looked.findings, looked.events, looked.erased) == ([], 5, 3)


def test_it_erases_some_and_leaves_the_others():
    erase(Event.objects.filter(number=2), by=PROGRAM, at=LATER)
    for thread in (THREAD, OTHER):
        told = [bool(event.data) for event in Event.objects.about(thread)]
        assert told == [True, False, True, True]
        assert not look_again(thread).findings


def test_it_erases_nothing_twice_and_never_what_an_erasing_said():
    everything = Event.objects.filter(thread=THREAD)
    erase(everything, by=PROGRAM, at=LATER)
    assert erase(everything, by=PROGRAM, at=LATER) == 0
    assert everything.count() == 4
    record("heard", thread=THREAD, by=Olga, at=LATER)
    assert erase(everything, by=PROGRAM, at=LATER) == 1
    assert not look_again(THREAD).findings


def test_it_cannot_be_done_without_a_word():
    Event.objects.filter(thread=THREAD, number=2).empty()
    (finding,) = look_again(THREAD).findings
    assert (finding.number, finding.flaw) == (2, Flaw.EMPTIED)


def test_it_finds_words_put_in_where_some_were_erased():
    erase(Event.objects.filter(thread=THREAD), by=PROGRAM, at=LATER)
    models.QuerySet.update(Event.objects.filter(thread=THREAD, number=1), data={"word": "lie"})
    (finding,) = look_again(THREAD).findings
    assert (finding.number, finding.flaw) == (1, Flaw.CHANGED)
