"""Whatever is done to events behind our back is found, and named."""

import uuid
from datetime import UTC, datetime, timedelta

import pytest
from django.db import models

from amends.ground.events import digests, verifying
from amends.ground.events.models import PROGRAM, Chain, Event, Happening, react, record, record_all
from amends.ground.events.verifying import Finding, Flaw, look_again, seal_anew, verify

NOW = datetime(2026, 11, 25, 9, 0, tzinfo=UTC)
THREAD = uuid.UUID(int=7)


@pytest.fixture(autouse=True)
def written(db):
    """Five events on a thread, and two threads beside it that nobody touches."""
    react({})
    for thread in (THREAD, uuid.UUID(int=6), uuid.UUID(int=8)):
        record_all(Happening("heard", thread, PROGRAM, NOW, {"n": n}) for n in range(1, 6))


def at(number):
    return Event.objects.filter(thread=THREAD, number=number)


def change(place, /, **values):
    models.QuerySet.update(at(place), **values)


def remove(number):
    at(number)._raw_delete("default")


def swap(one, other):
    change(one, number=99)
    change(other, number=one)
    change(99, number=other)


def link_anew():
    """Do what somebody can who has the database and the program, and not the key."""
    end = digests.BEGINNING
    for event in Event.objects.filter(thread=THREAD).order_by("number"):
        event.told = event.digest()
        end = event.link_after(end)
        change(event.number, told=event.told, link=end)
    length = Event.objects.filter(thread=THREAD).count()
    Chain.objects.filter(thread=THREAD).update(end=end, length=length)


def found():
    return [
        (finding.number, finding.flaw) for looked in verify() for finding in looked.findings
        if finding.thread == THREAD
    ]  # fmt: skip


def test_it_finds_nothing_where_nothing_was_done():
    looked = list(verify())
    assert [(one.threads, one.events, one.findings) for one in looked] == [(1, 5, [])] * 3


@pytest.mark.parametrize(
    ("do", "told"),
    [
        (lambda: change(2, data={"n": 7}), [(2, Flaw.CHANGED)]),
        (lambda: change(2, actor_name="Ana"), [(2, Flaw.CHANGED)]),
        (lambda: change(2, actor_key=uuid.UUID(int=1)), [(2, Flaw.CHANGED)]),
        (lambda: change(2, salt=bytes(16)), [(2, Flaw.CHANGED)]),
        (lambda: change(2, verb="unheard"), [(2, Flaw.FORGED)]),
        (lambda: change(2, at=NOW + timedelta(seconds=1)), [(2, Flaw.FORGED)]),
        (lambda: change(2, actor_kind="person"), [(2, Flaw.FORGED)]),
        (lambda: change(5, link=bytes(32)), [(5, Flaw.FORGED), (5, Flaw.FORGED)]),
        (lambda: remove(1), [(1, Flaw.MISSING)]),
        (lambda: remove(3), [(3, Flaw.MISSING)]),
        (lambda: (remove(4), remove(5)), [(4, Flaw.CUT)]),
        (lambda: Event.objects.filter(thread=THREAD)._raw_delete("default"), [(1, Flaw.CUT)]),
        (lambda: Chain.objects.filter(thread=THREAD).delete(), [(5, Flaw.UNSEALED)]),
    ],
)
def test_it_says_what_was_done_and_where(do, told):
    do()
    assert found() == told


def test_it_finds_events_in_each_others_places():
    swap(2, 4)
    assert {flaw for _number, flaw in found()} == {Flaw.FORGED, Flaw.OUT_OF_ORDER}
    assert (3, Flaw.OUT_OF_ORDER) in found()


def test_it_finds_an_event_put_in_at_the_end():
    last = at(5).get()
    forged = Event(
        verb="heard", thread=THREAD, number=6, at=NOW, actor_kind="program", salt=bytes(16)
    )
    forged.told = forged.digest()
    forged.link = forged.link_after(bytes(last.link))
    forged.save()
    assert found() == [(6, Flaw.ADDED)]


def test_it_finds_who_has_the_database_and_not_the_key():
    change(2, data={"n": 7})
    link_anew()
    assert found() == [(5, Flaw.UNSEALED)]


def test_it_finds_a_tail_cut_off_with_its_end_set_back():
    remove(5)
    link_anew()
    assert found() == [(4, Flaw.UNSEALED)]


def test_it_finds_events_taken_over_from_another_thread():
    for model in (Event, Chain):
        model.objects.filter(thread=THREAD)._raw_delete("default")
        other = model.objects.filter(thread=uuid.UUID(int=8))
        models.QuerySet.update(other, thread=THREAD)
    assert (1, Flaw.FORGED) in found()
    assert (5, Flaw.UNSEALED) in found()


def test_it_goes_through_threads_a_page_at_a_time(monkeypatch):
    monkeypatch.setattr(verifying, "_THREADS_AT_ONCE", 2)
    change(2, verb="unheard")
    Chain.objects.filter(thread=uuid.UUID(int=8)).delete()
    assert sum(looked.events for looked in verify()) == 15
    assert found() == [(2, Flaw.FORGED)]


def test_it_looks_again_where_somebody_wrote_on_meanwhile():
    chain = Chain.objects.get(thread=THREAD)
    record("heard", thread=THREAD, by=PROGRAM, at=NOW)
    events = Event.objects.filter(thread=THREAD).order_by("number")
    assert verifying.look_through(THREAD, events.iterator(), chain).findings
    assert not look_again(THREAD).findings


def test_it_knows_the_seal_of_an_older_key(settings):
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "another"
    assert not found()
    assert seal_anew(THREAD)
    settings.SECRET_KEY_FALLBACKS = []
    assert not found()


def test_it_seals_anew_what_holds_and_nothing_else(settings):
    settings.SECRET_KEY = "another"
    assert found() == [(5, Flaw.UNSEALED)]
    change(2, verb="unheard")
    assert not seal_anew(THREAD)
    assert seal_anew(uuid.UUID(int=6))
    assert look_again(uuid.UUID(int=6)).findings == []
    assert look_again(THREAD).findings[-1] == Finding(THREAD, 5, Flaw.UNSEALED)
