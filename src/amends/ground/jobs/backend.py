"""The tasks of django-tasks over the table of leased jobs: enqueued in the caller's transaction."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ParamSpec, TypeVar

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.module_loading import import_string
from django_tasks.backends.base import BaseTaskBackend
from django_tasks.base import Task, TaskError, TaskResult, TaskResultStatus
from django_tasks.exceptions import InvalidTaskError, TaskResultDoesNotExist
from django_tasks.utils import normalize_json

from amends.ground.jobs.models import Job, JobState
from amends.ground.rows import insert_all, new

P = ParamSpec("P")
T = TypeVar("T")

_STATUS = {
    JobState.READY: TaskResultStatus.READY,
    JobState.RUNNING: TaskResultStatus.RUNNING,
    JobState.DONE: TaskResultStatus.SUCCESSFUL,
    JobState.DEAD: TaskResultStatus.FAILED,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class LeasedTask(Task[P, T]):
    """A task; with `once`, enqueuing it again with the same arguments gives the unfinished job."""

    once: bool = False


class LeaseBackend(BaseTaskBackend):
    task_class = LeasedTask
    supports_defer = True
    supports_get_result = True

    def enqueue(self, task: Task[P, T], args: Any, kwargs: Any) -> TaskResult[T]:
        self.validate_task(task)
        now = timezone.now()
        job = _write(
            task.module_path,
            normalize_json(args),
            normalize_json(kwargs),
            once=isinstance(task, LeasedTask) and task.once,
            created_at=now,
            # Given, it is also how a test or a demo keeps the wall clock out.
            run_at=task.run_after or now,
        )
        return as_result(job, task)

    def get_result(self, result_id: str) -> TaskResult[Any]:
        try:
            job = Job.objects.get(pk=result_id)
        except (Job.DoesNotExist, ValidationError) as reason:
            raise TaskResultDoesNotExist(result_id) from reason
        return as_result(job, task_at(job.task))


def enqueue_all(task: Task[..., Any], calls: Iterable[tuple[Any, ...]], *, at: datetime) -> None:
    """Enqueue one job a call, by as few statements as the database takes.

    Args:
        task: what is to be done; not one that is there `once`.
        calls: the arguments of each.
        at: when they are due.
    """
    insert_all(
        new(Job, task=task.module_path, args=normalize_json(args), created_at=at, run_at=at)
        for args in calls
    )


def task_at(path: str) -> Task[..., Any]:
    task = import_string(path)
    if not isinstance(task, Task):
        raise InvalidTaskError(path)
    return task


def as_result(job: Job, task: Task[..., T]) -> TaskResult[T]:
    result: TaskResult[T] = TaskResult(
        task=task,
        id=str(job.pk),
        status=_STATUS[JobState(job.state)],
        enqueued_at=job.created_at,
        started_at=job.started_at,
        finished_at=job.finished_at,
        last_attempted_at=job.started_at,
        args=job.args,
        kwargs=job.kwargs,
        backend=task.backend,
        errors=[TaskError(exception_class_path=job.error_class, traceback=job.error)]
        if job.error
        else [],
        worker_ids=[str(attempt) for attempt in range(1, job.attempts + 1)],
    )
    object.__setattr__(result, "_return_value", job.returned)
    return result


def _write(path: str, args: list[Any], kwargs: dict[str, Any], *, once: bool, **dates: Any) -> Job:
    values = {"task": path, "args": args, "kwargs": kwargs, **dates}
    if not once:
        return Job.objects.create(**values)
    told = json.dumps([path, args, kwargs], sort_keys=True)
    key = hashlib.sha256(told.encode()).hexdigest()
    return Job.objects.unfinished().get_or_create(dedupe_key=key, defaults=values)[0]
