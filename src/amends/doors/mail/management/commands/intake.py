"""bin/amends intake PATH…: takes in mail from files; may be run again, nothing comes in twice."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from amends.doors.mail.files import mails_in
from amends.doors.mail.reading import receive
from amends.ground import clock


class Command(BaseCommand):
    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("paths", nargs="+", type=Path)

    def handle(self, *_args: Any, paths: list[Path], **_options: Any) -> None:
        kept = troubles = 0
        for found in mails_in(paths):
            if found.trouble:
                troubles += 1
                self.stderr.write(f"{found.place}: {found.trouble}")
            else:
                receive(found.content, source=found.source, at=clock.now())
                kept += 1
        self.stdout.write(f"{kept} / {kept + troubles}")
