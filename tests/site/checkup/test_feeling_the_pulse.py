"""Whether the work goes on, as /health, the alarm and the doctor see it."""

from datetime import timedelta

import pytest
from django.db import OperationalError
from django.test import Client

from amends.ground.jobs.models import Job, JobState, Recurrence
from amends.records.post import after_restoring
from amends.records.post.models import Outgoing
from amends.site import health
from amends.site.checkup import pulse
from amends.site.checkup.findings import span

pytestmark = pytest.mark.django_db


def levels(at):
    return {found.name: found.level for found in pulse.watched(at)}


@pytest.fixture
def at_work(now):
    Recurrence.objects.create(name="a round", due_at=now, last_run_at=now)


def wait(contact, at, **more):
    return Outgoing.objects.post(
        thread=contact.id, to="olga@customer.example", from_address="help@house.example",
        subject="Re", body="Soon.", at=at, **more,
    )  # fmt: skip


def test_all_is_well_when_nothing_waits(at_work, now):
    assert set(levels(now).values()) == {"good"}


def test_it_sees_a_worker_that_is_gone(at_work, now):
    assert levels(now + timedelta(minutes=2))["worker"] == "good"
    assert levels(now + timedelta(minutes=4))["worker"] == "wrong"


def test_it_sees_mail_that_does_not_leave(at_work, contact, now):
    wait(contact, now)
    ages = [levels(now + timedelta(minutes=minutes))["mail"] for minutes in (5, 20, 61)]
    assert ages == ["good", "warning", "wrong"]


def test_mail_that_is_to_wait_is_not_late(at_work, contact, now):
    wait(contact, now, undo=timedelta(hours=5))
    assert levels(now + timedelta(hours=2))["mail"] == "good"


def test_mail_that_is_held_on_purpose_is_not_late(at_work, contact, now):
    wait(contact, now, automatic=True)
    after_restoring.hold_automatic(now)
    assert levels(now + timedelta(hours=2))["mail"] == "good"


def test_it_sees_jobs_that_are_not_done_and_those_given_up(at_work, now):
    Job.objects.create(task="a", created_at=now, run_at=now)
    Job.objects.create(
        task="b", created_at=now, run_at=now, finished_at=now, state=JobState.DEAD, error="no"
    )
    found = levels(now + timedelta(hours=1))
    assert (found["jobs"], found["dead jobs"]) == ("wrong", "wrong")


def test_health_answers_any_host_and_is_never_kept(at_work, now, monkeypatch):
    monkeypatch.setattr(health.clock, "now", lambda: now)
    answer = Client(headers={"host": "10.0.0.7"}).get("/health")
    assert (answer.status_code, answer["Cache-Control"]) == (200, "no-store")
    assert answer.json() == {"state": "good", "failing": []}
    assert not answer.cookies


def test_health_asks_a_few_questions_only(at_work, django_assert_max_num_queries):
    with django_assert_max_num_queries(5):
        Client().get("/health")


def test_a_dead_worker_is_no_reason_to_take_the_web_away(now):
    answer = Client().get("/health")
    assert (answer.status_code, answer.json()["failing"]) == (200, ["worker"])


def test_health_says_503_while_the_database_is_away(monkeypatch):
    def away(_at):
        raise OperationalError('connection to "db.inside.example" refused, user=amends')

    monkeypatch.setattr(pulse, "take_pulse", away)
    answer = Client().get("/health")
    assert answer.status_code == 503
    assert answer.json() == {"state": "down", "failing": ["database"]}


@pytest.mark.parametrize(
    ("length", "said"),
    [
        (timedelta(seconds=5), "5 seconds"),
        (timedelta(minutes=1), "1 minute"),
        (timedelta(hours=5, minutes=50), "5 hours"),
        (timedelta(days=3), "3 days"),
    ],
)
def test_it_says_lengths_of_time_plainly(length, said):
    assert span(length) == said
