"""A note in the house's folder: when the last back-up was made, and where it was put."""

import json
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.conf import settings

_NOTE = "last-back-up"


@dataclass(frozen=True)
class LastBackup:
    made_at: datetime
    place: Path
    size: int


def note(made: LastBackup) -> None:
    told = {"made_at": made.made_at.isoformat(), "place": str(made.place), "size": made.size}
    fresh = _place().with_suffix(".new")
    fresh.write_text(json.dumps(told))
    fresh.replace(_place())


def last_backup() -> LastBackup | None:
    """Return what was noted; None if no back-up was made yet, or the note can't be read."""
    try:
        told = json.loads(_place().read_text())
        made_at = datetime.fromisoformat(told["made_at"])
        return LastBackup(made_at, Path(told["place"]), told["size"])
    except (OSError, ValueError, KeyError):
        return None


def _place() -> Path:
    return Path(settings.HOUSE_HOME) / _NOTE
