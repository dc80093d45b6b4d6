import os
import uuid
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from amends.ground import files
from amends.ground.jobs.models import LEASE, Job, Recurrence
from amends.records.post.models import Outgoing
from amends.records.post.models.outgoing import LEASE as MAIL_LEASE
from amends.records.writing.models import Draft
from amends.site import schedule
from amends.site.schedule import Recurring

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 25, 9, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)


def test_it_runs_what_is_due_and_then_waits():
    runs = []
    table = (Recurring("hourly", HOUR, runs.append), Recurring("daily", 24 * HOUR, runs.append))
    assert schedule.run_due(NOW, table) == 2
    assert schedule.run_due(NOW + HOUR - timedelta(seconds=1), table) == 0
    assert schedule.run_due(NOW + HOUR, table) == 1
    assert runs == [NOW, NOW, NOW + HOUR]
    assert Recurrence.objects.get(name="daily").last_run_at == NOW


def test_it_goes_on_after_one_that_fails_and_tries_that_again_soon():
    runs = []

    def fail(now):
        runs.append("failed")
        raise ZeroDivisionError

    table = (Recurring("a fails", 24 * HOUR, fail), Recurring("b runs", HOUR, runs.append))
    assert schedule.run_due(NOW, table) == 2
    assert runs == ["failed", NOW]
    again = Recurrence.objects.get(name="a fails")
    assert NOW < again.due_at < NOW + timedelta(minutes=1)
    assert again.last_run_at is None
    schedule.run_due(again.due_at, table)
    assert runs.count("failed") == 2


def test_it_waits_for_nothing_that_a_clock_put_off_which_was_put_back(cast):
    """It ran two hours ahead; what is being done has a lease from now, all else is due."""
    ahead, runs = NOW + 2 * HOUR, []
    table = (Recurring("x", HOUR, runs.append),)
    schedule.run_due(ahead, table)
    key = {"task": "x", "created_at": ahead, "run_at": ahead + LEASE}
    ready = Job.objects.create(**key)
    runs_now = Job.objects.create(**key, state="running", lease=uuid.uuid4())
    mail = {"thread": uuid.uuid4(), "to": "olga@customer.example", "subject": "", "body": "x"}
    waits, leaves = (
        Outgoing.objects.post(**mail, from_address="help@house.example", at=ahead) for _ in "ab"
    )
    leaves.claim(ahead)
    assert schedule.run_due(NOW, table) == 1
    assert runs == [ahead, NOW]
    assert list(Job.objects.due(NOW)) == [ready]
    assert list(Outgoing.objects.due(NOW + cast.house.undo)) == [waits]
    runs_now.refresh_from_db()
    leaves.refresh_from_db()
    assert (runs_now.run_at, leaves.next_try_at) == (NOW + LEASE, NOW + MAIL_LEASE)
    assert Recurrence.objects.get().due_at == NOW + HOUR
    assert schedule.run_due(NOW, table) == 0


def test_it_brings_forward_what_follows_from_words_dated_ahead(cast):
    ahead = NOW + 2 * HOUR
    mail = {"thread": uuid.uuid4(), "to": "olga@customer.example", "subject": "", "body": "x"}
    for at in (ahead, NOW):
        Job.objects.create(task="x", created_at=NOW, run_at=at)
        Outgoing.objects.post(
            **mail, from_address="help@house.example", at=at, undo=cast.house.undo
        )
    tried = Job.objects.create(task="x", created_at=NOW, run_at=NOW + HOUR / 2, attempts=5)
    schedule.bring_forward(NOW)
    assert Job.objects.due(NOW).count() == 2
    assert tried not in Job.objects.due(NOW)
    assert Outgoing.objects.due(NOW).count() == 0
    assert Outgoing.objects.due(NOW + cast.house.undo).count() == 2


def test_it_lets_a_small_step_of_the_clock_heal_by_itself():
    runs = []
    table = (Recurring("x", HOUR, runs.append),)
    schedule.run_due(NOW + timedelta(minutes=4), table)
    assert schedule.run_due(NOW, table) == 0


def test_it_lets_one_of_two_workers_run_it():
    Recurrence.objects.create(name="x", due_at=NOW)
    mine, yours = Recurrence.objects.get(), Recurrence.objects.get()
    assert mine.claim(NOW)
    assert not yours.claim(NOW)


def test_it_runs_again_what_a_killed_worker_had_claimed():
    runs = []
    table = (Recurring("x", 24 * HOUR, runs.append),)
    Recurrence.objects.create(name="x", due_at=NOW)
    Recurrence.objects.get().claim(NOW)
    assert schedule.run_due(NOW, table) == 0
    assert schedule.run_due(NOW + LEASE, table) == 1


def test_it_leaves_alone_what_the_table_no_longer_names():
    Recurrence.objects.create(name="gone", due_at=NOW)
    assert schedule.run_due(NOW, ()) == 0


def test_it_names_each_act_once_and_runs_them_all():
    names = [recurring.name for recurring in schedule.TABLE]
    assert len(set(names)) == len(names)
    assert schedule.run_due(NOW) == len(names)
    assert not Recurrence.objects.filter(failures__gt=0)


@pytest.mark.parametrize(("hour", "gone"), [(0, 1), (2, 0), (4, 0), (5, 1), (14, 1)])
def test_it_lets_go_at_night_in_the_time_of_the_house(cast, contact, hour, gone):
    cast.house.set(by=cast.ewa, at=NOW, zone="Asia/Tokyo", draft_days=30)
    Draft.objects.keep(contact, "note", {}, by=cast.ana, at=NOW - timedelta(days=60))
    schedule.let_go_at_night(datetime(2026, 11, 25, hour, 30, tzinfo=ZoneInfo("Asia/Tokyo")))
    assert Draft.objects.count() == gone


def test_it_drops_files_that_nothing_names_at_night(cast):
    digest = files.keep(b"nobody's")
    os.utime(files.path(digest), (0, 0))
    schedule.let_go_at_night(NOW)
    assert files.path(digest).exists()
    schedule.let_go_at_night(NOW.replace(hour=2))
    assert not files.path(digest).exists()
