"""`bin/amends demo` opens the company once, and goes on where it was stopped."""

from types import SimpleNamespace

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from amends.doors.demo import heroes, loading, opening, planting
from amends.doors.demo.history import plots
from amends.doors.demo.management.commands import demo as command
from amends.doors.demo.stock import stories
from amends.ground.jobs.models import Job
from amends.ground.jobs.running import run_due
from amends.records.complaints.models import Contact, Message
from amends.records.house.models import House
from amends.records.people.models import Absence, Person, Team


@pytest.fixture
def few(monkeypatch, demo, now, db):
    """Three stories and six plots, at a clock that stands."""
    monkeypatch.setattr(timezone, "now", lambda: now)
    monkeypatch.setattr(opening, "stories", lambda: stories()[:3])
    monkeypatch.setattr(opening, "_AT_ONCE", 2)
    monkeypatch.setattr(opening, "_LEAST_REST_SECONDS", 0)
    monkeypatch.setattr(planting, "plants", lambda now, there: [])
    monkeypatch.setattr(planting, "plant_nearly_due", lambda now: None)
    monkeypatch.setattr(loading, "plots", lambda at: plots(at, contacts=6))
    monkeypatch.setattr(loading.time, "sleep", lambda _seconds: None)


def counted():
    return {
        model: model._base_manager.count()
        for model in (Contact, Message, House, Person, Team, Absence)
    }


def jobs_to(name):
    return Job.objects.filter(task__endswith=name).count()


def work(now):
    while run_due(now):
        pass


def test_it_refuses_a_real_house(settings, db):
    settings.DEMO = False
    with pytest.raises(CommandError, match="This is a real house"):
        call_command(command.Command())
    assert not House.objects.exists()


def test_it_opens_the_company_and_says_how_far_it_is(few, capsys):
    call_command(command.Command())
    said = capsys.readouterr().out
    assert "2 stories now" in said
    assert House.objects.get().name == "Krakofon"
    assert Person.objects.get_queryset().count() == 12
    assert Contact.objects.count() == 2
    assert jobs_to("load_stories") == 1


def test_it_plays_the_others_behind_and_then_the_history(few, now):
    call_command(command.Command())
    assert opening.progress() == opening.Progress(2, 3)
    work(now)
    assert opening.progress().is_done
    assert Contact.objects.count() == 3 + 6
    assert Absence.objects.get().stand_in.name.startswith("Oleg")
    # On a slow machine the history has gone on already, in another step.
    assert jobs_to("load_history") >= 1


def test_it_changes_nothing_when_called_again(few, now):
    call_command(command.Command())
    work(now)
    before = counted()
    assert before[Contact] == 3 + 6
    call_command(command.Command())
    work(now)
    assert counted() == before


def test_it_goes_on_where_it_was_stopped(few, now, monkeypatch):
    acts = SimpleNamespace(left=4)
    note = heroes.Acts.play

    def stopped(self):
        acts.left -= 3
        if acts.left <= 0:
            note(self)
            raise KeyboardInterrupt
        note(self)

    monkeypatch.setattr(heroes.Acts, "play", stopped)
    with pytest.raises(KeyboardInterrupt):
        call_command(command.Command())
    # The first story is whole, of the second nothing is left, and it isn't done yet.
    assert Contact.objects.count() == 1
    assert jobs_to("load_stories") == 0
    monkeypatch.setattr(heroes.Acts, "play", note)
    call_command(command.Command())
    work(now)
    assert Contact.objects.count() == 3 + 6
    assert Absence.objects.count() == 1


def test_it_loads_the_history_in_steps_and_plays_each_once(few, now, monkeypatch):
    call_command(command.Command())
    monkeypatch.setattr(loading, "_A_STEP_SECONDS", 0.0)
    monkeypatch.setattr(opening, "_A_STEP_SECONDS", 0.0)
    steps = 0
    while run_due(now):
        steps += 1
        monkeypatch.setattr(loading, "_A_STEP_SECONDS", 0.05)
        monkeypatch.setattr(opening, "_A_STEP_SECONDS", 5.0)
    assert steps > 1
    assert Contact.objects.count() == 3 + 6
    loading.load_history.enqueue(now.isoformat())
    work(now)
    assert Contact.objects.count() == 3 + 6
