"""Opens the demo: what the first minutes need at once, the rest behind them, piece by piece."""

import time
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.db import transaction
from django_tasks import task

from amends.doors.demo import heroes, planting
from amends.doors.demo.company import open_company, send_irina_on_leave
from amends.doors.demo.loading import load_history
from amends.doors.demo.stock import stories
from amends.records.customers.models import EmailAddress
from amends.records.house.models import House

_A_STEP_SECONDS = 1.5
_LEAST_REST_SECONDS = 0.02
# As many as fill the first My day of each agent; the others follow while one looks at them.
_AT_ONCE = 16


@dataclass(frozen=True)
class Progress:
    """How many of the stories written by hand are there already."""

    played: int
    total: int

    @property
    def is_done(self) -> bool:
        return self.played >= self.total


def open_house(at: datetime) -> None:
    """Make the company, if it isn't there."""
    if not House.objects.exists():
        with transaction.atomic():
            open_company(at)


def play_first(now: datetime) -> int:
    """Play what the first My day shows, and return how many stories that were."""
    first = latest_first(now)[:_AT_ONCE]
    for story in first:
        heroes.play(story, now=now)
    planting.plant_nearly_due(now)
    return len(first)


@task()
def load_stories(began: str) -> None:
    """Play the stories that aren't there yet, then what is planted; the history comes after."""
    zone = ZoneInfo(House.objects.current().zone)
    now = datetime.fromisoformat(began).astimezone(zone)
    until = time.monotonic() + _A_STEP_SECONDS
    there = _addresses_there()
    for play in _plays(now, there):
        began_at = time.monotonic()
        if began_at > until:
            load_stories.enqueue(began)
            return
        play()
        # SQLite has one writer: leave it to whoever clicks for as long as it was held.
        time.sleep(max(_LEAST_REST_SECONDS, (time.monotonic() - began_at) / 2))
    with transaction.atomic():
        send_irina_on_leave(now)
        load_history.enqueue(began)


def latest_first(now: datetime) -> list[dict[str, Any]]:
    """The stories in the order of their last act: what is going on now comes first."""

    def last_act(story: dict[str, Any]) -> datetime:
        return max(heroes.moment(act["ago"], now) for act in story["act"])

    return sorted(stories(), key=last_act, reverse=True)


def progress() -> Progress:
    told = stories()
    wanted = {story["customer"]["email"] for story in told}
    return Progress(len(wanted & _addresses_there()), len(wanted))


def _plays(now: datetime, there: set[str]) -> list[Any]:
    waiting = [story for story in latest_first(now) if story["customer"]["email"] not in there]
    played = [lambda story=story: heroes.play(story, now=now) for story in waiting]
    return [*played, *planting.plants(now, there)]


def _addresses_there() -> set[str]:
    return set(EmailAddress.objects.values_list("address", flat=True))
