"""Loads the history in small steps, so that whoever looks round is never kept waiting by it."""

import time
from datetime import datetime
from zoneinfo import ZoneInfo

from django_tasks import task

from amends.doors.demo.history import play, plots
from amends.records.customers.models import EmailAddress
from amends.records.house.models import House

_A_STEP_SECONDS = 1.5
_LEAST_REST_SECONDS = 0.06


@task()
def load_history(began: str) -> None:
    """Play the plots that aren't there yet, latest first, for a few seconds; then go on."""
    zone = ZoneInfo(House.objects.current().zone)
    now = datetime.fromisoformat(began).astimezone(zone)
    until = time.monotonic() + _A_STEP_SECONDS
    played = set(EmailAddress.objects.values_list("address", flat=True))
    for plot in plots(now):
        if plot.address in played:
            continue
        began_at = time.monotonic()
        if began_at > until:
            load_history.enqueue(began)
            return
        if play(plot, now=now):
            # SQLite has one writer and no queue for it: leave it as long as it was held, or
            # whoever clicks meanwhile never gets a turn.
            time.sleep(max(_LEAST_REST_SECONDS, time.monotonic() - began_at))
