"""Opens the demo: the company and all stories written by hand at once, the history behind them."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.db import transaction

from amends.doors.demo import as_new, heroes, planting
from amends.doors.demo.company import open_company, send_irina_on_leave
from amends.doors.demo.loading import load_history
from amends.doors.demo.stock import stories
from amends.records.house.models import House


def open_house(at: datetime) -> int:
    """Make the company and play its stories, whole or not at all; return how many there are.

    What is the same all day is kept for the next time. A case that is due in 40 minutes is not.
    """
    with transaction.atomic():
        if not as_new.bring_back(at):
            open_company(at)
            now = house_time(at)
            for story in latest_first(now):
                heroes.play(story, now=now)
            for plant in planting.plants(now):
                plant()
            send_irina_on_leave(now)
            as_new.keep(at)
        now = house_time(at)
        planting.plant_nearly_due(now)
        load_history.enqueue(now.isoformat())
    return len(stories())


def latest_first(now: datetime) -> list[dict[str, Any]]:
    """The stories in the order of their last act: what is going on now comes first."""

    def last_act(story: dict[str, Any]) -> datetime:
        return max(heroes.moment(act["ago"], now) for act in story["act"])

    return sorted(stories(), key=last_act, reverse=True)


def house_time(at: datetime) -> datetime:
    return at.astimezone(ZoneInfo(House.objects.current().zone))
