"""The key that the house signs and seals with, and its older ones, in files of its own folder."""

import os
import secrets
import tempfile
from pathlib import Path

_NOW = "secret"
_OLDER = "older-secrets"


def read_or_make(home: Path) -> str:
    """Return the key, making it on the first call."""
    place = home / _NOW
    if not place.exists():
        home.mkdir(parents=True, exist_ok=True)
        try:
            descriptor = os.open(place, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError:
            pass  # another process of this house was first
        else:
            with os.fdopen(descriptor, "w") as file:
                file.write(_drawn())
    return place.read_text()


def older(home: Path) -> list[str]:
    """Return the keys that the house had before, the latest first."""
    place = home / _OLDER
    return place.read_text().split() if place.exists() else []


def renew(home: Path) -> str:
    """Draw a new key and return it; the one until now becomes the latest of the older ones."""
    known = dict.fromkeys([(home / _NOW).read_text(), *older(home)])
    new = _drawn()
    # The older ones first: killed in between, the house still knows all that it signed with.
    _write(home / _OLDER, "\n".join(known))
    _write(home / _NOW, new)
    return new


def forget_older(home: Path) -> None:
    (home / _OLDER).unlink(missing_ok=True)


def _drawn() -> str:
    return secrets.token_urlsafe(50)


def _write(place: Path, text: str) -> None:
    handle, unfinished = tempfile.mkstemp(dir=place.parent)  # for its owner alone, as mkstemp does
    with os.fdopen(handle, "w") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    Path(unfinished).replace(place)
