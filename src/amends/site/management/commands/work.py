"""bin/amends work: the worker, and the doors that mail comes in by; one process, until Ctrl-C."""

import signal
import threading
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from amends.doors.mail import lmtp
from amends.doors.mail.fetching import Fetchers
from amends.doors.mail.sink import sink
from amends.ground.occupied import HouseIsInUse, stay
from amends.site.work import Worker


class Command(BaseCommand):
    help = "Work on what is due, send what is to be sent, take in mail and pick it up."

    def handle(self, *_args: Any, **_options: Any) -> None:
        stop = threading.Event()
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, lambda *_: stop.set())
        try:
            stay(Path(settings.HOUSE_HOME))
        except HouseIsInUse as busy:
            raise CommandError("The house is being restored.") from busy
        with ExitStack() as open_doors:
            open_doors.enter_context(lmtp.serve(host=settings.LMTP_HOST, port=settings.LMTP_PORT))
            if settings.DEMO:
                customers = Path(settings.HOUSE_HOME) / "customers"
                open_doors.enter_context(sink(customers, port=settings.SMTP_PORT))
            else:
                open_doors.enter_context(Fetchers())
            Worker().run(stop)
