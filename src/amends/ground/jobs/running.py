"""Runs the jobs that are due: claims one, calls its task, records how it went."""

import logging
import time
from datetime import datetime
from typing import Any

from django_tasks.base import TaskContext
from django_tasks.utils import get_exception_traceback, get_module_path, normalize_json

from amends.ground.jobs.backend import as_result, task_at
from amends.ground.jobs.models import MOST_ATTEMPTS, Job, LeaseLost
from amends.ground.passing import is_passing

log = logging.getLogger(__name__)

# Leases count from the batch's `now`: a batch must be much shorter than a lease.
_LONGEST_BATCH_SECONDS = 10
_LONGEST_ERROR = 20_000


class WorkerDied(Exception):
    """A worker took the job and was never heard of again."""


def run_due(now: datetime, limit: int = 100) -> int:
    """Run what is due, at most `limit` jobs, and return how many were run."""
    began = time.monotonic()
    count = 0
    for job in Job.objects.due(now)[:limit]:
        if job.claim(now):
            _run(job, now)
            count += 1
        if time.monotonic() - began > _LONGEST_BATCH_SECONDS:
            break
    return count


def _run(job: Job, now: datetime) -> None:
    try:
        if job.attempts > MOST_ATTEMPTS:
            _bury(job, now)
            return
        try:
            returned = normalize_json(_call(job))
        except Exception as error:
            passing, said = is_passing(error), str(error).strip()
            told = "%s failed, attempt %d: %s"
            log.exception(told, job.task, job.attempts, said, exc_info=not passing)
            job.fail(
                now,
                error=get_exception_traceback(error)[-_LONGEST_ERROR:],
                error_class=get_module_path(type(error)),
                passing=passing,
            )
        else:
            job.finish(now, returned)
    except LeaseLost:
        log.warning("%s took longer than its lease", job.task)


def _call(job: Job) -> Any:
    task = task_at(job.task)
    if task.takes_context:
        return task.call(TaskContext(task_result=as_result(job, task)), *job.args, **job.kwargs)
    return task.call(*job.args, **job.kwargs)


def _bury(job: Job, now: datetime) -> None:
    # It never came to an error of its own: each of its workers died while running it.
    log.error("%s is given up: its workers died %d times", job.task, MOST_ATTEMPTS)
    job.fail(now, error=job.error or "WorkerDied", error_class=get_module_path(WorkerDied))
