"""Makes a back-up, of a house that may be running, and keeps in mind when it did."""

import json
import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from django.conf import settings
from django.db import connection

from amends.site.backups import archive, databases
from amends.site.backups.archive import About, Say

_LAST = "last-back-up"
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
    _note(taken, at)
    return taken


def forget_older(folder: Path, keep: int) -> list[Path]:
    """Delete the back-ups that the usual name was given to, but the latest."""
    ours = sorted(place for place in folder.iterdir() if _OURS.fullmatch(place.name))
    older = ours[:-keep]
    for place in older:
        place.unlink()
    return older


def age(at: datetime) -> timedelta | None:
    """Return how long ago the last back-up was made; None if there was none yet."""
    try:
        told = json.loads((Path(settings.HOUSE_HOME) / _LAST).read_text())
        return at - datetime.fromisoformat(told["made_at"])
    except (FileNotFoundError, ValueError, KeyError):
        return None


def last_place_exists() -> bool:
    """Tell whether the last back-up is still where it was put; on another machine nobody knows."""
    told = json.loads((Path(settings.HOUSE_HOME) / _LAST).read_text())
    return Path(told["place"]).exists()


def _note(taken: Taken, at: datetime) -> None:
    place = Path(settings.HOUSE_HOME) / _LAST
    told = {"made_at": at.isoformat(), "place": str(taken.place.absolute()), "size": taken.size}
    fresh = place.with_suffix(".new")
    fresh.write_text(json.dumps(told))
    fresh.replace(place)
