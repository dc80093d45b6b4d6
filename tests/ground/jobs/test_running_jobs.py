from datetime import timedelta

import pytest
from django.db import OperationalError, transaction
from django_tasks import TaskResultStatus
from django_tasks.exceptions import TaskResultDoesNotExist
from tests.ground.jobs import errands

from amends.ground.jobs import running
from amends.ground.jobs.models import LEASE, MOST_ATTEMPTS, Job, LeaseLost
from amends.ground.jobs.running import run_due

pytestmark = pytest.mark.django_db


def test_it_runs_a_task_with_its_arguments_and_keeps_what_it_returned(now):
    result = errands.note.using(run_after=now).enqueue("sorry", times=2)
    assert run_due(now) == 1
    assert errands.done == ["sorry", "sorry"]
    result.refresh()
    assert result.status == TaskResultStatus.SUCCESSFUL
    assert result.return_value == "sorrysorry"
    assert errands.note.get_result(result.id).finished_at == now


def test_it_knows_no_result_that_never_was():
    for key in ("0192d0f0-0000-7000-8000-000000000000", "nonsense"):
        with pytest.raises(TaskResultDoesNotExist):
            errands.note.get_result(key)


def test_it_waits_until_a_task_may_run(now):
    errands.note.using(run_after=now + timedelta(hours=1)).enqueue("later")
    assert run_due(now) == 0
    assert run_due(now + timedelta(hours=1)) == 1


def test_it_runs_the_earliest_first_and_no_more_than_it_was_told(now):
    for minutes in (3, 1, 2):
        errands.note.using(run_after=now - timedelta(minutes=minutes)).enqueue(str(minutes))
    assert run_due(now, limit=2) == 2
    assert errands.done == ["3", "2"]


def test_it_gives_the_task_its_context(now):
    errands.note_attempt.using(run_after=now).enqueue()
    run_due(now)
    assert errands.done == [1]


@pytest.mark.django_db(transaction=True)
def test_it_is_enqueued_in_the_transaction_of_the_caller(now):
    def change_your_mind():
        with transaction.atomic():
            errands.note.using(run_after=now).enqueue("never")
            raise errands.NotToday

    with pytest.raises(errands.NotToday):
        change_your_mind()
    assert not Job.objects.exists()


def test_it_tries_a_failing_task_again_later_and_later_and_keeps_the_dead(now):
    result = errands.fail.using(run_after=now).enqueue("x")
    at, waits = now, []
    while not Job.objects.dead():
        assert run_due(at) == 1
        job = Job.objects.get()
        waits.append(job.run_at - at)
        at = max(at, job.run_at)
    assert len(errands.done) == MOST_ATTEMPTS
    assert waits[0] < timedelta(minutes=1) < waits[5]
    assert max(waits) <= timedelta(minutes=45)
    assert run_due(at + timedelta(days=365)) == 0
    result.refresh()
    assert result.status == TaskResultStatus.FAILED
    assert result.errors[0].exception_class is errands.NotToday


def test_it_gives_no_job_up_for_what_passes(now, monkeypatch, caplog):
    def away(_job):
        raise OperationalError("the server closed the connection")

    errands.note.using(run_after=now).enqueue("patience")
    at, waits = now, []
    with monkeypatch.context() as trouble:
        trouble.setattr(running, "_call", away)
        for _ in range(2 * MOST_ATTEMPTS):
            assert run_due(at) == 1
            waits.append(Job.objects.get().run_at - at)
            at = Job.objects.get().run_at
    assert max(waits) < timedelta(minutes=2.5)
    assert not any(record.exc_info for record in caplog.records)
    assert run_due(at) == 1
    assert errands.done == ["patience"]


def test_it_revives_a_dead_job_for_whoever_mended_the_cause(now):
    Job.objects.create(
        task=errands.note.module_path, args=["again"], state="dead", attempts=MOST_ATTEMPTS,
        run_at=now, created_at=now, finished_at=now,
    )  # fmt: skip
    Job.objects.get().revive(now)
    assert run_due(now) == 1
    assert errands.done == ["again"]


def test_it_fails_a_job_whose_task_is_gone_and_runs_the_next(now):
    Job.objects.create(task="amends.gone.task", run_at=now, created_at=now)
    errands.note.using(run_after=now).enqueue("next")
    assert run_due(now) == 2
    assert errands.done == ["next"]
    assert Job.objects.get(task="amends.gone.task").error_class.endswith("ModuleNotFoundError")


def test_it_runs_the_job_of_a_killed_worker_when_the_lease_is_over(now):
    errands.note.using(run_after=now).enqueue("saved")
    Job.objects.get().claim(now)  # and the worker is killed
    assert run_due(now + LEASE - timedelta(seconds=1)) == 0
    assert run_due(now + LEASE) == 1
    assert errands.done == ["saved"]
    assert Job.objects.get().attempts == 2


def test_it_buries_a_job_that_kills_every_worker(now):
    errands.note.using(run_after=now).enqueue("poison")
    for attempt in range(MOST_ATTEMPTS):
        assert Job.objects.get().claim(now + attempt * LEASE)
    run_due(now + MOST_ATTEMPTS * LEASE)
    assert errands.done == []
    assert Job.objects.dead().get().error_class.endswith("WorkerDied")


def test_it_lets_one_of_two_claimers_win(now):
    errands.note.using(run_after=now).enqueue("mine")
    mine, yours = Job.objects.get(), Job.objects.get()
    assert mine.claim(now)
    assert not yours.claim(now)
    # Not even when it was tried and put back in between.
    mine.fail(now, error="x", error_class="X")
    Job.objects.update(run_at=now)
    assert not yours.claim(now)


def test_it_lets_a_late_worker_finish_nothing(now):
    errands.note.using(run_after=now).enqueue("slow")
    slow = Job.objects.get()
    slow.claim(now)
    fast = Job.objects.get()
    fast.claim(now + LEASE)
    with pytest.raises(LeaseLost):
        slow.finish(now + LEASE, "late")
    fast.finish(now + LEASE, "in time")
    assert Job.objects.get().returned == "in time"


def test_it_keeps_one_unfinished_job_of_a_task_that_is_wanted_once(now):
    first = errands.note_once.using(run_after=now).enqueue("one")
    assert errands.note_once.using(run_after=now).enqueue("one").id == first.id
    assert errands.note_once.using(run_after=now).enqueue("other").id != first.id
    run_due(now)
    assert sorted(errands.done) == ["one", "other"]
    assert errands.note_once.using(run_after=now).enqueue("one").id != first.id


def test_it_forgets_what_was_done_long_ago_but_never_the_dead(now):
    errands.note.using(run_after=now).enqueue("old")
    run_due(now)
    Job.objects.create(task="x", state="dead", run_at=now, created_at=now, finished_at=now)
    assert Job.objects.forget_done(before=now) == 0
    assert Job.objects.forget_done(before=now + timedelta(seconds=1)) == 1
    assert Job.objects.get().state == "dead"
