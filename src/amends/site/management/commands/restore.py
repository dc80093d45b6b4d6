"""bin/amends restore: brings a house back from its back-up, and checks that it is whole."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from amends.ground import clock
from amends.ground.occupied import HouseIsInUse
from amends.site.backups import restoring
from amends.site.backups.archive import DamagedBackup, NotABackup
from amends.site.backups.databases import NoTools, ToolFailed
from amends.site.backups.restoring import Restored

_SENTENCES: dict[type[Exception], str] = {
    HouseIsInUse: "Amends runs in this house. Stop it first: {0}",
    restoring.SomebodyLivesHere: (
        "There is a house in {0}. With --replace the back-up takes its place; what is there now"
        " stays aside."
    ),
    restoring.OtherDatabase: "The back-up is of a house on {0}; DATABASE_URL says otherwise here.",
    restoring.NewerBackup: "The back-up is of a newer version of Amends; upgrade this one first.",
    restoring.DemoIsNotRestored: "A demo comes back by its own reset.",
    NotABackup: "This is no back-up of Amends, or of a form that this version doesn't know: {0}",
    DamagedBackup: "The back-up is damaged: {0}. Nothing was changed; try an older one.",
    NoTools: "{0} is not here. On Debian: apt install postgresql-client",
    ToolFailed: "PostgreSQL didn't take it, and nothing was changed: {0}",
    OSError: "Nothing was changed: {0}",
}


class Command(BaseCommand):
    help = "Bring the house back from a back-up. Amends must be stopped."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument(
            "--replace", action="store_true",
            help="also where there is a house; what is there now stays aside",
        )  # fmt: skip

    def handle(self, *_args: Any, file: Path, replace: bool, **_options: Any) -> None:
        try:
            restored = restoring.restore(file, clock.now(), self.stdout.write, replace=replace)
        except tuple(_SENTENCES) as reason:
            sentence = next(said for kind, said in _SENTENCES.items() if isinstance(reason, kind))
            raise CommandError(sentence.format(reason)) from reason
        self._report(restored)

    def _report(self, restored: Restored) -> None:
        say = self.stdout.write
        say(f"The house is as it was on {restored.about.made_at}, with {restored.files} files.")
        if restored.aside:
            say(f"What was there before is in {restored.aside}; delete it when nobody misses it.")
        if restored.refused:
            say(
                f"{restored.refused} mails waited to be sent and may have left since. They count as"
                " refused, and their cases are with their people again."
            )
        say(
            "Mail that Amends writes by itself is held, so that nobody gets it twice: look at the"
            " cases, then run bin/amends release."
        )
        if restored.missing:
            raise CommandError(
                f"{len(restored.missing)} files that the house names were not in the back-up:"
                f" {', '.join(restored.missing[:5])}"
            )
        say("Every mail and attachment that the house names is there.")
