"""Whether the work goes on: when the worker was seen last, and what has waited for it longest."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Max, Min

from amends.ground.jobs.models import Job, Recurrence
from amends.records.post import after_restoring
from amends.records.post.models import Outgoing
from amends.records.post.models.states import OutgoingState


@dataclass(frozen=True)
class Pulse:
    """None where nothing waits, or where the worker never ran."""

    worker_seen_at: datetime | None
    oldest_mail_at: datetime | None
    oldest_job_at: datetime | None
    dead_jobs: int


def take_pulse(at: datetime) -> Pulse:
    """Return it by four queries; mail that is held on purpose waits for a person, not here."""
    waiting = Outgoing.objects.filter(
        state__in=(OutgoingState.QUEUED, OutgoingState.SENDING), not_before__lte=at
    )
    if after_restoring.held_since():
        waiting = waiting.filter(automatic=False)
    due = Job.objects.unfinished().filter(run_at__lte=at)
    return Pulse(
        Recurrence.objects.aggregate(last=Max("last_run_at"))["last"],
        waiting.aggregate(first=Min("not_before"))["first"],
        due.aggregate(first=Min("run_at"))["first"],
        Job.objects.dead().count(),
    )
