"""bin/amends demo: opens the demo company; its history goes on loading behind it."""

from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from amends.doors.demo import heroes
from amends.doors.demo.company import open_company, send_irina_on_leave
from amends.doors.demo.loading import load_history
from amends.doors.demo.stock import stories
from amends.ground import clock
from amends.records.house.models import House


class Command(BaseCommand):
    help = "Open the demo company in this house, which has to be the demo's own."

    def handle(self, *_args: Any, **_options: Any) -> None:
        if not settings.DEMO:
            raise CommandError("This is a real house. The demo lives apart: bin/run starts it.")
        if not House.objects.exists():
            with transaction.atomic():
                open_company(clock.now())
        opened = Path(settings.HOUSE_HOME) / "demo-is-open"
        if opened.exists():
            return
        now = clock.now().astimezone(ZoneInfo(House.objects.current().zone))
        told = stories()
        for number, story in enumerate(told, start=1):
            heroes.play(story, now=now)
            self.stdout.write(f"\rStories of the demo company: {number}/{len(told)}", ending="")
            self.stdout.flush()
        self.stdout.write("")
        # Last of all, so that a loading that was stopped half-way is taken up by the next call.
        with transaction.atomic():
            send_irina_on_leave(now)
            load_history.enqueue(now.isoformat())
        opened.touch()
        self.stdout.write("Nine months of history load while you look round.")
