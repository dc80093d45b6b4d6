"""How it runs: whether the work goes on, when the house was backed up, and what was given up."""

import shutil
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from amends.doors.desk.asking import DeskRequest, at_the_house
from amends.doors.desk.house_frame import only_who_sets, show
from amends.ground import clock
from amends.ground.jobs.models import Job
from amends.ground.last_backup import last_backup
from amends.records.post.after_restoring import held_since
from amends.records.post.pulse import take_pulse

_WORKER_GONE_AFTER = timedelta(minutes=3)
_MAIL_IS_LATE_AFTER = timedelta(minutes=10)
_JOB_IS_LATE_AFTER = timedelta(minutes=5)
_BACKUP_IS_OLD_AFTER = timedelta(hours=26)
_LITTLE_ROOM = 2 * 1024**3
_MOST_SHOWN = 50


@require_safe
@at_the_house
def page(request: DeskRequest) -> HttpResponse:
    now = clock.now()
    context = {"now": now, "held_since": held_since(), **_work(now), **_keeping(now), **_given_up()}
    return show(request, "house_running", "running", context)


@require_POST
@at_the_house
def again(request: DeskRequest, key: str) -> HttpResponse:
    only_who_sets(request, "house_running")
    get_object_or_404(Job.objects.dead(), pk=key).revive(clock.now())
    messages.info(request, _("It is tried again now."))
    return HttpResponseRedirect(reverse("desk:house_running"))


def _work(now: datetime) -> dict[str, Any]:
    pulse = take_pulse(now)
    return {
        "pulse": pulse,
        "worker_is_gone": _is_older(pulse.worker_seen_at, _WORKER_GONE_AFTER, now),
        "mail_is_late": bool(pulse.oldest_mail_at)
        and _is_older(pulse.oldest_mail_at, _MAIL_IS_LATE_AFTER, now),
        "job_is_late": bool(pulse.oldest_job_at)
        and _is_older(pulse.oldest_job_at, _JOB_IS_LATE_AFTER, now),
    }


def _keeping(now: datetime) -> dict[str, Any]:
    made = last_backup()
    free = shutil.disk_usage(settings.HOUSE_HOME).free
    return {
        "backup": made,
        "backup_is_old": _is_older(made.made_at if made else None, _BACKUP_IS_OLD_AFTER, now),
        "free": free,
        "room_is_little": free < _LITTLE_ROOM,
    }


def _given_up() -> dict[str, Any]:
    """Return the jobs by name and kind of error: what an error says may be a customer's words."""
    jobs = Job.objects.dead().defer("error", "args", "kwargs")[:_MOST_SHOWN]
    return {
        "given_up": [
            (job, job.task.rpartition(".")[2], job.error_class.rpartition(".")[2]) for job in jobs
        ]
    }


def _is_older(moment: datetime | None, limit: timedelta, now: datetime) -> bool:
    return moment is None or now - moment > limit
