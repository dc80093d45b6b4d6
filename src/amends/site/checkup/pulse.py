"""Whether the work goes on: the worker, what waits for it, the disk. A few queries, no network."""

import shutil
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError, connection

from amends.records.post.pulse import Pulse, take_pulse
from amends.site.checkup.findings import Finding, good, span, warning, wrong

_WORKER_GONE_AFTER = timedelta(minutes=3)
_SLOW_MAIL, _STUCK_MAIL = timedelta(minutes=10), timedelta(hours=1)
_SLOW_JOB, _STUCK_JOB = timedelta(minutes=5), timedelta(minutes=30)
_LITTLE_ROOM, _NO_ROOM = 2 * 1024**3, 256 * 1024**2
_MEGABYTE = 1024**2
_START = "Start it: bin/amends work, or systemctl start amends-worker."


def watched(at: datetime) -> list[Finding]:
    """Return what an alarm is sounded for; the database first, for without it there is no more."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        pulse = take_pulse(at)
    except DatabaseError as away:
        told = str(away).strip().splitlines()
        return [_no_database(told[0] if told else type(away).__name__), _room()]
    return [good("database", "The database answers."), *_of(pulse, at), _room()]


def _no_database(told: str) -> Finding:
    return wrong(
        "database", f"The database can't be used: {told}",
        "See that it runs and that DATABASE_URL is right; then bin/amends setup.",
    )  # fmt: skip


def _of(pulse: Pulse, at: datetime) -> Iterator[Finding]:
    yield _worker(pulse.worker_seen_at, at)
    yield _waiting(
        "mail", "mail to be sent", _age(pulse.oldest_mail_at, at), _SLOW_MAIL, _STUCK_MAIL,
        "See in its case what the mail server said, and below whether it can be reached.",
    )  # fmt: skip
    yield _waiting(
        "jobs", "job to be done", _age(pulse.oldest_job_at, at), _SLOW_JOB, _STUCK_JOB,
        "See whether the worker runs and what it says; a second one may run beside it.",
    )  # fmt: skip
    if pulse.dead_jobs:
        yield wrong(
            "dead jobs", f"Jobs that were given up after ten tries: {pulse.dead_jobs}.",
            "bin/amends dead-jobs says why; when that is mended: bin/amends dead-jobs --try-again.",
        )  # fmt: skip
    else:
        yield good("dead jobs", "No job was given up.")


def _age(since: datetime | None, at: datetime) -> timedelta | None:
    return at - since if since else None


def _worker(seen_at: datetime | None, at: datetime) -> Finding:
    if seen_at is None:
        return wrong("worker", "The worker has never run.", _START)
    gone = at - seen_at
    if gone > _WORKER_GONE_AFTER:
        return wrong("worker", f"The worker was last seen {span(gone)} ago.", _START)
    if gone < -_WORKER_GONE_AFTER:
        return wrong(
            "clock", "This machine's clock is behind what the worker wrote down.",
            "Let the clocks of all machines follow a time server (timedatectl set-ntp true).",
        )  # fmt: skip
    return good("worker", "The worker is at work.")


def _waiting(
    name: str, what: str, age: timedelta | None, slow: timedelta, stuck: timedelta, do: str
) -> Finding:
    if age is None:
        return good(name, f"No {what} waits.")
    says = f"The oldest {what} has waited for {span(age)}."
    if age > stuck:
        return wrong(name, says, do)
    return warning(name, says, do) if age > slow else good(name, says)


def _room() -> Finding:
    try:
        free = shutil.disk_usage(Path(settings.HOUSE_HOME)).free
    except OSError as trouble:
        return wrong("disk", f"The folder of the house can't be read: {trouble}", "Mend that.")
    says = f"{free // _MEGABYTE} MB are free where the house is."
    do = "Make room: without it no mail can be taken in. Old back-ups are the first to move."
    if free < _NO_ROOM:
        return wrong("disk", says, do)
    return warning("disk", says, do) if free < _LITTLE_ROOM else good("disk", says)
