"""Makes a back-up, of a house that may be running, and notes when it did."""

import re
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from django.conf import settings
from django.db import connection

from amends.ground.last_backup import LastBackup, note
from amends.site.backups import archive, databases
from amends.site.backups.archive import About, Say

_OURS = re.compile(r"amends-\d{8}-\d{6}\.tar")


@dataclass(frozen=True)
class Taken:
    place: Path
    size: int
    files: int
    damaged: list[str]


def usual_place(at: datetime) -> Path:
    return Path(settings.BACKUPS) / f"amends-{at:%Y%m%d-%H%M%S}.tar"


def take(place: Path, at: datetime, say: Say) -> Taken:
    """Write all that the house keeps into one file: the database first, the files after it."""
    home = Path(settings.HOUSE_HOME)
    place.parent.mkdir(parents=True, exist_ok=True)
    about = About(at.isoformat(), connection.vendor, databases.migrations())
    with TemporaryDirectory(dir=place.parent, prefix=".back-up-") as aside:
        database = Path(aside) / archive.DATABASE
        databases.dump(database, say)
        contents = archive.write(place, about, database, home, say)
    taken = Taken(place, place.stat().st_size, contents.files, contents.damaged)
    note(LastBackup(at, place.absolute(), taken.size))
    return taken


def forget_older(folder: Path, keep: int) -> list[Path]:
    """Delete the back-ups that the usual name was given to, but the latest."""
    ours = sorted(place for place in folder.iterdir() if _OURS.fullmatch(place.name))
    older = ours[:-keep]
    for place in older:
        place.unlink()
    return older
