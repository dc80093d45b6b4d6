"""`bin/amends demo` opens the company once, with all its stories, and the history follows."""

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from amends.doors.demo import heroes, letters, loading, opening, planting
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
    monkeypatch.setattr(planting, "plants", lambda now: [])
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


def test_it_opens_the_company_with_all_its_stories(few, capsys):
    call_command(command.Command())
    assert "with 3 stories" in capsys.readouterr().out
    assert House.objects.get().name == "Krakofon"
    assert Person.objects.get_queryset().count() == 12
    assert Contact.objects.count() == 3
    assert Absence.objects.get().stand_in.name.startswith("Oleg")
    assert jobs_to("load_history") == 1


def test_it_loads_the_history_behind(few, now):
    call_command(command.Command())
    work(now)
    assert Contact.objects.count() == 3 + 6


def test_it_changes_nothing_when_called_again(few, now):
    call_command(command.Command())
    work(now)
    before = counted()
    assert before[Contact] == 3 + 6
    call_command(command.Command())
    work(now)
    assert counted() == before


def test_it_leaves_nothing_when_it_was_stopped_and_begins_again(few, now, monkeypatch):
    play, played = heroes.Acts.play, []

    def stopped(self):
        play(self)
        played.append(self)
        if len(played) == 2:
            raise KeyboardInterrupt

    monkeypatch.setattr(heroes.Acts, "play", stopped)
    with pytest.raises(KeyboardInterrupt):
        call_command(command.Command())
    assert not House.objects.exists()
    assert not Contact.objects.exists()
    assert not Job.objects.exists()
    monkeypatch.setattr(heroes.Acts, "play", play)
    call_command(command.Command())
    assert Contact.objects.count() == 3
    # What the stopped call had put into the customers' mailbox is not there twice.
    taken = [letter.letter.message_id for letter in letters.received()]
    assert len(taken) == len(set(taken)) > 0


def test_it_loads_the_history_in_steps_and_plays_each_once(few, now, monkeypatch):
    call_command(command.Command())
    monkeypatch.setattr(loading, "_A_STEP_SECONDS", 0.0)
    steps = 0
    while run_due(now):
        steps += 1
        monkeypatch.setattr(loading, "_A_STEP_SECONDS", 0.05)
    assert steps > 1
    assert Contact.objects.count() == 3 + 6
    loading.load_history.enqueue(now.isoformat())
    work(now)
    assert Contact.objects.count() == 3 + 6
