"""A change of hours: counted before it is kept, and done to all that is open afterwards."""

from datetime import date, time, timedelta

import pytest

from amends.ground.jobs.models import Job
from amends.ground.jobs.running import run_due
from amends.records.complaints import replanning
from amends.records.complaints.models import Contact
from amends.records.house import knowledge
from amends.records.house.models import House
from amends.records.people.models import Team


def dues():
    return set(Contact.objects.values_list("answer_due_at", flat=True))


def run_all(now):
    while run_due(now):
        pass


def test_it_counts_what_would_move_and_moves_nothing(cast, contact):
    before = dues()
    calendar = cast.house.calendar()
    moved = replanning.moved_by(calendar, 6)
    assert (moved.open, moved.earlier, moved.later) == (1, 1, 0)
    # From ten tomorrow to four today: what passes for the customer, closed hours too.
    assert moved.most == timedelta(hours=-18)
    assert replanning.moved_by(calendar, 8).moved == 0
    assert dues() == before


def test_it_counts_a_holiday_to_come(cast, contact, now):
    today = knowledge.calendar("Europe/Warsaw", (), [date(2026, 11, 25)])
    moved = replanning.moved_by(today, 8)
    assert (moved.later, moved.earlier) == (1, 0)


def test_it_says_on_how_many_it_was_counted(cast, contact, monkeypatch):
    monkeypatch.setattr(replanning, "LOOKED_AT", 0)
    moved = replanning.moved_by(cast.house.calendar(), 1)
    assert (moved.open, moved.moved, moved.looked_at) == (1, 0, 0)
    assert not moved.all_looked_at


@pytest.mark.parametrize("batch", [1, 2, 40])
def test_it_plans_all_that_is_open_anew(cast, contact, now, monkeypatch, batch):
    from amends.records.complaints.intake import Told, take_in_told

    monkeypatch.setattr(replanning, "_A_BATCH", batch)
    for number in range(4):
        take_in_told(
            Told(text=f"It broke {number}", channel="form", address=f"o{number}@c.example"), at=now
        )
    assert len(dues()) == 1
    spans = [(day, time(8), time(22)) for day in range(7)]
    cast.house.work_at(spans, by=cast.ewa, at=now)
    run_all(now)
    expected = House.objects.current().calendar().add(now, timedelta(hours=8))
    assert dues() == {expected}
    assert Contact.objects.filter(next_at=expected).count() == 5
    assert not Job.objects.unfinished().exists()


def test_it_plans_nothing_for_a_change_that_moves_nothing(cast, contact, now):
    jobs = Job.objects.unfinished().count()
    cast.house.set(name="Krakofon 2", by=cast.ewa, at=now)
    assert Job.objects.unfinished().count() == jobs
    cast.house.set(answer_hours=1, by=cast.ewa, at=now)
    assert Job.objects.unfinished().count() == jobs + 1


def test_it_leaves_what_is_closed(cast, complaint, now):
    complaint.close_as_lead(by=cast.ewa, reason="withdrawn", why="By phone.", at=now)
    before = Contact.objects.get()
    cast.house.set(answer_hours=1, by=cast.ewa, at=now)
    run_all(now)
    assert Contact.objects.get().next_at == before.next_at


def test_it_hands_to_the_queue_what_its_holder_no_longer_sees(cast, contact, now):
    team = Team.objects.create(name="Returns")
    contact.hand_to(by=cast.ewa, at=now, team=team, person=cast.ana)
    team.set(
        name="Returns", languages=[], closed=True, is_default=False, members=[cast.marek],
        by=cast.ewa, at=now,
    )  # fmt: skip
    contact.refresh_from_db()
    assert (contact.person, contact.team) == (None, team)
    assert Contact.objects.visible_to(cast.marek).filter(pk=contact.pk).exists()


def test_it_leaves_it_with_a_member(cast, contact, now):
    team = Team.objects.create(name="Returns")
    contact.hand_to(by=cast.ewa, at=now, team=team, person=cast.ana)
    team.set(
        name="Returns", languages=[], closed=True, is_default=False, members=[cast.ana],
        by=cast.ewa, at=now,
    )  # fmt: skip
    contact.refresh_from_db()
    assert contact.person == cast.ana
