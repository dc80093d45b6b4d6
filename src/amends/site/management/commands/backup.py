"""bin/amends backup: all that the house keeps, in one file; the house may run meanwhile."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from amends.ground import clock
from amends.site.backups import taking
from amends.site.backups.databases import NoTools, ToolFailed

_KEY_IS_ELSEWHERE = (
    "The key of the house comes from AMENDS_SECRET_KEY, so it is not in the back-up: keep it too."
)


class Command(BaseCommand):
    help = "Write database, files and keys into one file, while the house runs."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "file",
            nargs="?",
            type=Path,
            help="where to; a dated name in AMENDS_BACKUPS if not said",
        )
        parser.add_argument(
            "--keep", type=int, metavar="N",
            help="delete the back-ups in AMENDS_BACKUPS but the latest N",
        )  # fmt: skip

    def handle(self, *_args: Any, file: Path | None, keep: int | None, **_options: Any) -> None:
        if keep is not None and keep < 1:
            raise CommandError("--keep takes a number from 1")
        now = clock.now()
        try:
            taken = taking.take(file or taking.usual_place(now), now, self.stdout.write)
        except NoTools as missing:
            raise CommandError(
                f"{missing} is not here. On Debian: apt install postgresql-client"
            ) from missing
        except (ToolFailed, OSError) as failed:
            raise CommandError(f"No back-up was made: {failed}") from failed
        size = taken.size / 1e6
        self.stdout.write(f"{taken.place}: {size:.1f} MB, {taken.files} kept files")
        if not (settings.HOUSE_HOME / "secret").exists():
            self.stdout.write(_KEY_IS_ELSEWHERE)
        if keep is not None:
            for gone in taking.forget_older(Path(settings.BACKUPS), keep):
                self.stdout.write(f"deleted: {gone}")
        if taken.damaged:
            raise CommandError(
                f"{len(taken.damaged)} kept files are damaged on this disk, so in the back-up too;"
                f" an older back-up may have them whole: {', '.join(taken.damaged[:5])}"
            )
