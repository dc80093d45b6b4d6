"""Bytes kept by their digest: on the disk before anyone is told that they are kept."""

import hashlib
import os
import tempfile
from pathlib import Path

from django.conf import settings


def keep(content: bytes) -> str:
    """Keep the bytes and return their SHA-256; returns only after they are on the disk."""
    digest = hashlib.sha256(content).hexdigest()
    place = path(digest)
    if place.exists():
        return digest
    place.parent.mkdir(parents=True, exist_ok=True)
    handle, unfinished = tempfile.mkstemp(dir=place.parent)
    with os.fdopen(handle, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    Path(unfinished).replace(place)
    _sync_folder(place.parent)
    return digest


def read(digest: str) -> bytes:
    """Return the bytes kept under the digest; FileNotFoundError if there are none."""
    return path(digest).read_bytes()


def path(digest: str) -> Path:
    return Path(settings.HOUSE_HOME) / "files" / digest[:2] / digest[2:4] / digest


def _sync_folder(folder: Path) -> None:
    # The rename itself is lost in a power cut unless the folder is on the disk too.
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
