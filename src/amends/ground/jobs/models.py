"""What is to be done outside the request. A claim is a lease: a killed worker's falls due again."""

import uuid
from datetime import datetime, timedelta
from typing import Any

from django.db import models
from django.db.models import Q

from amends.ground.jobs.backoff import next_try
from amends.ground.keys import uuid7

# A batch ends after some seconds (running.py), so that a lease counted from its start holds.
LEASE = timedelta(minutes=2)
MOST_ATTEMPTS = 10
_PATIENT_ATTEMPTS = 3
# A step of a clock that is smaller than this heals by itself.
SMALL_STEP = timedelta(minutes=5)


class JobState(models.TextChoices):
    READY = "ready"
    RUNNING = "running"
    DONE = "done"
    DEAD = "dead"


UNFINISHED = (JobState.READY, JobState.RUNNING)


class LeaseLost(Exception):
    """The work took longer than its lease, and another worker has it now."""


class JobQuerySet(models.QuerySet["Job"]):
    def due(self, at: datetime) -> "JobQuerySet":
        # Also the running ones: their lease has run out, whoever held it is gone.
        return self.filter(state__in=UNFINISHED, run_at__lte=at).order_by("run_at", "id")

    def unfinished(self) -> "JobQuerySet":
        return self.filter(state__in=UNFINISHED)

    def set_right(self, at: datetime) -> None:
        """Let nothing wait for hours because a clock was put back; what runs keeps a lease."""
        ahead = self.filter(run_at__gt=at)
        ahead.filter(state=JobState.READY).update(run_at=at)
        ahead.filter(state=JobState.RUNNING, run_at__gt=at + LEASE).update(run_at=at + LEASE)

    def bring_forward(self, at: datetime) -> None:
        """Let what nobody has tried yet be due. No job is planned ahead: one that is due much
        later follows from something that a clock ahead of its time has dated."""
        late = at + SMALL_STEP
        self.filter(state=JobState.READY, attempts=0, run_at__gt=late).update(run_at=at)

    def dead(self) -> "JobQuerySet":
        return self.filter(state=JobState.DEAD).order_by("finished_at", "id")

    def forget_done(self, *, before: datetime) -> int:
        return self.filter(state=JobState.DONE, finished_at__lt=before).delete()[0]


class Job(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    task = models.CharField(max_length=200, help_text="dotted path of the task function")
    args = models.JSONField(default=list)
    kwargs = models.JSONField(default=dict)
    state = models.CharField(max_length=10, choices=JobState.choices, default=JobState.READY)
    run_at = models.DateTimeField(help_text="when it is due; while running, when the lease ends")
    lease = models.UUIDField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    error = models.TextField(blank=True)
    error_class = models.CharField(max_length=200, blank=True)
    returned = models.JSONField(null=True)
    dedupe_key = models.CharField(max_length=64, null=True, db_index=True)
    created_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)

    objects = JobQuerySet.as_manager()

    class Meta:
        indexes = [
            # No partial index: SQLite takes none for a condition with parameters.
            models.Index(fields=["state", "run_at"], name="jobs_due"),
            models.Index(fields=["state", "finished_at"], name="jobs_finished"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["dedupe_key"],
                condition=Q(state__in=UNFINISHED),
                name="jobs_unfinished_job_is_there_once",
            ),
            models.CheckConstraint(
                condition=Q(state__in=JobState.values), name="jobs_state_is_known"
            ),
            models.CheckConstraint(
                condition=Q(state=JobState.RUNNING, lease__isnull=False)
                | (~Q(state=JobState.RUNNING) & Q(lease__isnull=True)),
                name="jobs_running_means_leased",
            ),
            models.CheckConstraint(
                condition=Q(state__in=UNFINISHED, finished_at__isnull=True)
                | (~Q(state__in=UNFINISHED) & Q(finished_at__isnull=False)),
                name="jobs_finished_means_dated",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.task} {self.state}"

    def claim(self, at: datetime) -> bool:
        """Take the job for the length of a lease; False if another worker was faster."""
        values = {
            "state": JobState.RUNNING,
            "run_at": at + LEASE,
            "lease": uuid.uuid4(),
            "attempts": self.attempts + 1,
            "started_at": at,
        }
        # The attempts too: a job that was tried and put back since we read it is not ours.
        free = Job.objects.due(at).filter(pk=self.pk, attempts=self.attempts)
        if not free.update(**values):
            return False
        self._now_has(values)
        return True

    def finish(self, at: datetime, returned: Any) -> None:
        self._end_lease(state=JobState.DONE, finished_at=at, returned=returned, error="")

    def fail(self, at: datetime, *, error: str, error_class: str, passing: bool = False) -> None:
        """Try again later, or bury the job when it was tried often enough.

        Passing: the job is not at fault (`ground/passing.py`). It is tried until it goes well,
        every minute or so, for all that was waiting waits for it.
        """
        told = {"error": error, "error_class": error_class}
        if passing:
            tries = min(self.attempts, _PATIENT_ATTEMPTS)
            later = next_try(at, tries)
            self._end_lease(state=JobState.READY, run_at=later, attempts=tries, **told)
        elif self.attempts >= MOST_ATTEMPTS:
            self._end_lease(state=JobState.DEAD, finished_at=at, **told)
        else:
            later = next_try(at, self.attempts)
            self._end_lease(state=JobState.READY, run_at=later, **told)

    def revive(self, at: datetime) -> None:
        """Give a dead job another round; whoever asks has mended what killed it."""
        Job.objects.dead().filter(pk=self.pk).update(
            state=JobState.READY, run_at=at, attempts=0, finished_at=None
        )
        self.refresh_from_db()

    def _end_lease(self, **values: Any) -> None:
        mine = Job.objects.filter(pk=self.pk, state=JobState.RUNNING, lease=self.lease)
        if not mine.update(lease=None, **values):
            raise LeaseLost(str(self))
        self._now_has({"lease": None, **values})

    def _now_has(self, values: dict[str, Any]) -> None:
        for name, value in values.items():
            setattr(self, name, value)


class RecurrenceQuerySet(models.QuerySet["Recurrence"]):
    def due(self, at: datetime) -> "RecurrenceQuerySet":
        return self.filter(due_at__lte=at).order_by("due_at", "name")

    def set_right(self, at: datetime) -> None:
        """The same; each act is safe to run once more."""
        self.filter(due_at__gt=at).update(due_at=at)
        self.filter(last_run_at__gt=at).update(last_run_at=at)


class Recurrence(models.Model):
    """What comes back by itself (site/schedule.py), and when it ran last."""

    name = models.CharField(max_length=60, primary_key=True)
    due_at = models.DateTimeField(help_text="when it is due; while it runs, when the lease ends")
    last_run_at = models.DateTimeField(null=True)
    failures = models.PositiveSmallIntegerField(default=0)

    objects = RecurrenceQuerySet.as_manager()

    def __str__(self) -> str:
        return self.name

    def claim(self, at: datetime) -> bool:
        until = at + LEASE
        mine = Recurrence.objects.due(at).filter(pk=self.pk, due_at=self.due_at)
        if not mine.update(due_at=until):
            return False
        self.due_at = until
        return True

    def finish(self, at: datetime, every: timedelta) -> None:
        self._end_lease(due_at=at + every, last_run_at=at, failures=0)

    def fail(self, at: datetime) -> None:
        self._end_lease(due_at=next_try(at, self.failures), failures=self.failures + 1)

    def _end_lease(self, **values: Any) -> None:
        # Nothing to say if the lease was lost: whoever has it now runs the same act again.
        Recurrence.objects.filter(pk=self.pk, due_at=self.due_at).update(**values)
        self.refresh_from_db()
