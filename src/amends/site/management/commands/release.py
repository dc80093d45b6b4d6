"""bin/amends release: lets mail go that is held since the house was restored, or drops it."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from amends.ground import clock
from amends.records.post import after_restoring

_DROPPED = "Not sent: somebody knew that it had been sent before the house was restored."


class Command(BaseCommand):
    help = "Let the mail go that Amends wrote by itself since a restore, which is held."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--drop",
            action="store_true",
            help="don't send what waits, only what is written from now on",
        )

    def handle(self, *_args: Any, drop: bool, **_options: Any) -> None:
        since = after_restoring.held_since()
        if since is None:
            self.stdout.write("Nothing is held.")
            return
        if drop:
            count = after_restoring.refuse_waiting(clock.now(), _DROPPED, only_automatic=True)
            self.stdout.write(f"{count} mails were dropped; their cases say so.")
        after_restoring.release_automatic()
        self.stdout.write("Mail that Amends writes by itself leaves again.")
