"""Brings a house back from its back-up, and what was there before stays aside."""

import os
import shutil
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from tempfile import mkdtemp

from django.conf import settings
from django.core.management import call_command
from django.db import connection

from amends.ground import files
from amends.ground.occupied import alone
from amends.records.post import after_restoring
from amends.records.retention.sweeping import STARTS, named
from amends.site.backups import archive, databases
from amends.site.backups.archive import About, Say

_MAY_HAVE_LEFT = "Not sent: it waited when the back-up was made, and may have left after that."


class SomebodyLivesHere(Exception):
    """The house is not empty, and nobody said that it is to be replaced."""


class OtherDatabase(Exception):
    """The back-up is of another kind of database than the house has."""


class NewerBackup(Exception):
    """The back-up is of a newer version of Amends than this one."""


class DemoIsNotRestored(Exception):
    """The demo comes back by its own reset."""


@dataclass(frozen=True)
class Restored:
    about: About
    aside: Path | None
    files: int
    missing: list[str]
    refused: int


def restore(place: Path, at: datetime, say: Say, *, replace: bool = False) -> Restored:
    """Check the back-up, put it where the house was, and see that every file it names is there."""
    if settings.DEMO:
        raise DemoIsNotRestored
    home = Path(settings.HOUSE_HOME)
    with alone(home):
        if databases.has_something() and not replace:
            raise SomebodyLivesHere(home)
        fresh = Path(mkdtemp(dir=home, prefix=".restoring-"))
        try:
            about, contents = archive.unpack(place, fresh, say)
            _refuse_foreign(about)
            databases.check(fresh / archive.DATABASE)
            os.sync()
            aside = home / f"before-restore-{at:%Y%m%d-%H%M%S}"
            refused = _put_in_place(fresh, home, aside, at, say)
        finally:
            shutil.rmtree(fresh, ignore_errors=True)
        missing = list(_missing())
    if not any(aside.iterdir()):
        aside.rmdir()
    return Restored(about, aside if aside.exists() else None, contents.files, missing, refused)


def _refuse_foreign(about: About) -> None:
    if about.vendor != connection.vendor:
        raise OtherDatabase(about.vendor)
    if unknown := databases.unknown(about.migrations):
        raise NewerBackup(unknown)


def _put_in_place(fresh: Path, home: Path, aside: Path, at: datetime, say: Say) -> int:
    moves = [(home / name, fresh / name) for name in ("files", *archive.KEYS)]
    with ExitStack() as undone_if_it_fails:
        undone_if_it_fails.enter_context(_holding(at))
        undone_if_it_fails.enter_context(databases.moved_aside(moves, aside))
        undone_if_it_fails.enter_context(databases.put_back(fresh / archive.DATABASE, aside, at))
        say("The database is in place; bringing it up to date …")
        call_command("setup", verbosity=0)
        return after_restoring.refuse_waiting(at, _MAY_HAVE_LEFT)


@contextmanager
def _holding(at: datetime) -> Iterator[None]:
    before = after_restoring.held_since()
    after_restoring.hold_automatic(at)
    try:
        yield
    except BaseException:
        if before is None:
            after_restoring.release_automatic()
        raise


def _missing() -> Iterator[str]:
    for start in STARTS:
        yield from sorted(digest for digest in named(start) if not files.path(digest).exists())
