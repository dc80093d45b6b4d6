"""How it runs: what waits, what was kept, and another try for what was given up."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from amends.doors.desk import running
from amends.ground.jobs.models import Job, JobState, Recurrence
from amends.ground.last_backup import LastBackup, note
from amends.records.post import after_restoring
from amends.records.post.models import Outgoing

PAGE = reverse("desk:house_running")


@pytest.fixture(autouse=True)
def at_nine(monkeypatch, now):
    monkeypatch.setattr(running.clock, "now", lambda: now)


@pytest.fixture
def jan(cast):
    client = Client()
    client.force_login(cast.jan)
    return client


@pytest.fixture
def dead(db, now):
    return Job.objects.create(
        task="amends.records.house.counting.count_again", created_at=now, run_at=now,
        finished_at=now, state=JobState.DEAD, error="Olga wrote: late", error_class="x.KeyError",
    )  # fmt: skip


def test_it_says_that_all_is_well(jan, now, tmp_path):
    Recurrence.objects.create(name="a round", due_at=now, last_run_at=now)
    note(LastBackup(now - timedelta(hours=9), tmp_path, 3_000_000))
    page = jan.get(PAGE).content.decode()
    assert page.count("none waits") == 2
    assert "Nothing was given up." in page
    assert "2.9" in page
    assert "breach" not in page


def test_it_marks_what_is_late(jan, cast, contact, now, tmp_path):
    note(LastBackup(now - timedelta(days=3), tmp_path, 1))
    Outgoing.objects.post(
        thread=contact.id, to="olga@customer.example", from_address="help@house.example",
        subject="Re", body="Soon.", at=now - timedelta(hours=1),
    )  # fmt: skip
    Job.objects.create(task="a", created_at=now, run_at=now - timedelta(hours=1))
    page = jan.get(PAGE).content.decode()
    assert page.count('class="breach"') == 3
    assert "The worker has not run yet." in page


def test_it_says_that_mail_is_held(jan, now):
    after_restoring.hold_automatic(now)
    assert "brought back from a back-up" in jan.get(PAGE).content.decode()


def test_what_was_given_up_is_tried_again(jan, dead):
    page = jan.get(PAGE).content.decode()
    assert "count_again" in page
    assert "KeyError" in page
    answer = jan.post(reverse("desk:house_job_again", args=[dead.pk]), follow=True)
    assert "It is tried again now." in answer.content.decode()
    dead.refresh_from_db()
    assert dead.state == JobState.READY
    assert jan.post(reverse("desk:house_job_again", args=[dead.pk])).status_code == 404


def test_it_shows_no_words_of_a_customer(jan, dead):
    assert "Olga" not in jan.get(PAGE).content.decode()


def test_who_leads_sees_it_and_only_administrators_try_again(cast, dead):
    client = Client()
    client.force_login(cast.ewa)
    assert "Try again" not in client.get(PAGE).content.decode()
    assert client.post(reverse("desk:house_job_again", args=[dead.pk])).status_code == 404
    client.force_login(cast.ana)
    assert client.get(PAGE).status_code == 404


def test_many_jobs_cost_no_more_questions(jan, dead, now, django_assert_max_num_queries):
    with django_assert_max_num_queries(20) as before:
        jan.get(PAGE)
    for _ in range(5):
        Job.objects.create(
            task="a", created_at=now, run_at=now, finished_at=now, state=JobState.DEAD, error="x"
        )
    with django_assert_max_num_queries(len(before)):
        jan.get(PAGE)
