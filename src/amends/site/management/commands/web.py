"""bin/amends web: the web alone, for a machine that starts web and worker as two services."""

import os
import sys
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from amends.site.run import web_command


class Command(BaseCommand):
    help = "Answer on the web; the worker is started beside it (bin/amends work)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--host", default="127.0.0.1", help="where to listen (127.0.0.1)")
        parser.add_argument("--port", type=int, default=8000, metavar="N", help="8000")
        parser.add_argument(
            "--workers", type=int, default=1, metavar="N", help="processes; one for each core (1)"
        )

    def handle(self, *_args: Any, host: str, port: int, workers: int, **_options: Any) -> None:
        os.environ["AMENDS_HOME"] = str(settings.HOUSE_HOME)
        self.stdout.write(f"The web is at {host}:{port}")
        self.stdout.flush()
        # In this process's place, so that what stops it stops the server.
        os.execv(sys.executable, web_command(port, host=host, workers=workers))  # noqa: S606
