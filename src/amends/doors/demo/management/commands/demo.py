"""bin/amends demo: opens the demo company; its history goes on loading behind it."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from amends.doors.demo import letters, opening
from amends.ground import clock
from amends.records.house.models import House


class Command(BaseCommand):
    help = "Open the demo company in this house, which has to be the demo's own."

    def handle(self, *_args: Any, **_options: Any) -> None:
        if not settings.DEMO:
            raise CommandError("This is a real house. The demo lives apart: bin/run starts it.")
        if House.objects.exists():
            return
        # A call that was stopped has left letters, and nothing else.
        letters.clear()
        played = opening.open_house(clock.now())
        self.stdout.write(
            f"The demo company is open, with {played} stories; nine months of history load while "
            "you look round."
        )
