"""bin/amends intake PATH…: takes in mail from files; may be run again, nothing comes in twice."""

import json
import time
from argparse import ArgumentParser
from collections.abc import Iterable, Iterator
from contextlib import nullcontext
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from amends.doors.mail.bulk import Tally, take_in_files
from amends.doors.mail.files import Found, looks_like_many, mails_in
from amends.doors.mail.parsing import Readers
from amends.ground.passing import is_passing

_SECONDS_BETWEEN_WORDS = 1.0


class Command(BaseCommand):
    help = "Take in mail from .eml files, mboxes, Maildirs and folders of these."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("paths", nargs="+", type=Path)

    def handle(self, *_args: Any, paths: list[Path], **_options: Any) -> None:
        # Processes that read cost a moment to start, which a few mails don't repay.
        many = looks_like_many(paths)
        with Readers(settings.TRUSTED_AUTHSERV) if many else nullcontext(None) as readers:
            began = time.monotonic()
            progress = _Progress(self, began)
            try:
                tally = take_in_files(self._named(mails_in(paths)), readers, told=progress.tell)
            except Exception as trouble:
                if not is_passing(trouble):
                    raise
                raise CommandError(
                    f"Nothing can be kept right now: {str(trouble).strip()}."
                    " Mend that and run it again: nothing comes in twice."
                ) from trouble
            seconds = time.monotonic() - began
        progress.end()
        self.stdout.write(json.dumps(tally.as_data() | {"seconds": round(seconds, 3)}))

    def _named(self, found: Iterable[Found]) -> Iterator[Found]:
        """Name what can't be read on the way; the others go on."""
        for one in found:
            if one.trouble:
                self.stderr.write(f"{one.place}: {one.trouble}")
            else:
                yield one


class _Progress:
    """A line on a terminal that changes, or one a second elsewhere."""

    def __init__(self, command: Command, began: float) -> None:
        self._out, self._began, self._told_at = command.stderr, began, began
        self._in_place = bool(command.stderr.isatty())

    def tell(self, tally: Tally) -> None:
        now = time.monotonic()
        if now - self._told_at < _SECONDS_BETWEEN_WORDS:
            return
        self._told_at = now
        words = f"{tally.mails} mails, {tally.mails / (now - self._began):.0f} a second"
        self._out.write(
            f"\r{words}" if self._in_place else words, ending="" if self._in_place else "\n"
        )

    def end(self) -> None:
        if self._in_place and self._told_at != self._began:
            self._out.write("")
