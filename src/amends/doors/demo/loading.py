"""Loads the history in small steps, so that whoever looks round is never kept waiting by it."""

import time
from datetime import datetime
from zoneinfo import ZoneInfo

from django_tasks import task

from amends.doors.demo.history import play, plots
from amends.records.house.models import House

_A_STEP_SECONDS = 5.0


@task()
def load_history(began: str) -> None:
    """Play the plots that aren't there yet, latest first, for a few seconds; then go on."""
    zone = ZoneInfo(House.objects.current().zone)
    now = datetime.fromisoformat(began).astimezone(zone)
    until = time.monotonic() + _A_STEP_SECONDS
    for plot in plots(now):
        if time.monotonic() > until:
            load_history.enqueue(began)
            return
        play(plot, now=now)
