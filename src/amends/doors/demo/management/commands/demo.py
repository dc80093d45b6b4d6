"""bin/amends demo: opens the demo company; its history goes on loading behind it."""

from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from amends.doors.demo import opening
from amends.ground import clock
from amends.records.house.models import House


class Command(BaseCommand):
    help = "Open the demo company in this house, which has to be the demo's own."

    def handle(self, *_args: Any, **_options: Any) -> None:
        if not settings.DEMO:
            raise CommandError("This is a real house. The demo lives apart: bin/run starts it.")
        opening.open_house(clock.now())
        opened = Path(settings.HOUSE_HOME) / "demo-is-open"
        if opened.exists():
            return
        now = clock.now().astimezone(ZoneInfo(House.objects.current().zone))
        played = opening.play_first(now)
        # Last of all, so that a loading that was stopped half-way is taken up by the next call.
        opening.load_stories.enqueue(now.isoformat())
        opened.touch()
        self.stdout.write(
            f"The demo company is open: {played} stories now, the others and nine months of "
            "history load while you look round."
        )
