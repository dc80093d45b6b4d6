"""Bytes kept by their digest: on the disk before anyone is told that they are kept."""

import hashlib
import os
import tempfile
from dataclasses import asdict, dataclass
from pathlib import Path

from django.conf import settings


@dataclass(frozen=True)
class KeptFile:
    """A file that is kept: what it is called, what it is, how large, and under which digest."""

    name: str
    media_type: str
    size: int
    digest: str

    def as_data(self) -> dict[str, str | int]:
        return asdict(self)


def keep(content: bytes) -> str:
    """Keep the bytes and return their SHA-256; returns only after they are on the disk."""
    digest = hashlib.sha256(content).hexdigest()
    place = path(digest)
    if place.exists():
        return digest
    _make_folder(place.parent)
    handle, unfinished = tempfile.mkstemp(dir=place.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(unfinished).replace(place)
    except BaseException:
        Path(unfinished).unlink(missing_ok=True)
        raise
    _sync_folder(place.parent)
    return digest


def read(digest: str) -> bytes:
    """Return the bytes kept under the digest; FileNotFoundError if there are none."""
    return path(digest).read_bytes()


def path(digest: str) -> Path:
    return Path(settings.HOUSE_HOME) / "files" / digest[:2] / digest[2:4] / digest


def _make_folder(folder: Path) -> None:
    if folder.is_dir():
        return
    _make_folder(folder.parent)
    folder.mkdir(exist_ok=True)
    _sync_folder(folder.parent)


def _sync_folder(folder: Path) -> None:
    # The rename itself is lost in a power cut unless the folder is on the disk too.
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
