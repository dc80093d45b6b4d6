"""Bytes kept by their digest: on the disk before anyone is told that they are kept.

What nothing refers to any more is dropped (`drop_idle`), a day after it was kept last at the
earliest: the row of what is being kept now is written after its bytes. Keeping and dropping the
same bytes at once is settled by a lock on their folder, which ends with the process that has it.
"""

import fcntl
import hashlib
import os
import re
import secrets
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

from django.conf import settings

IDLE_SECONDS = 24 * 3600
_A_DIGEST = re.compile(r"[0-9a-f]{64}")


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
    if touch(digest):
        return digest
    unfinished = _write_aside(content, _folder(digest), sync=True)
    try:
        Path(unfinished).replace(place)
    except BaseException:
        Path(unfinished).unlink(missing_ok=True)
        raise
    _sync_folder(place.parent)
    return digest


def keep_all(contents: Iterable[bytes]) -> list[str]:
    """Keep many, each as keep() does, and return their SHA-256 in order.

    The disk is waited for twice in all, not twice for each. The bytes are on the disk before they
    get their names: a name never stands for half of them.
    """
    digests, unique = [], {}
    for content in contents:
        digests.append(hashlib.sha256(content).hexdigest())
        unique[digests[-1]] = content
    unfinished: dict[str, str] = {}
    try:
        for digest, content in unique.items():
            if not touch(digest):
                unfinished[digest] = _write_aside(content, _folder(digest))
        if unfinished:
            os.sync()
            for digest, written in unfinished.items():
                os.replace(written, _place(digest))  # noqa: PTH105 -- see _place
            os.sync()
    except BaseException:
        for written in unfinished.values():
            Path(written).unlink(missing_ok=True)
        raise
    return digests


def read(digest: str) -> bytes:
    """Return the bytes kept under the digest; FileNotFoundError if there are none."""
    return path(digest).read_bytes()


def touch(digest: str) -> bool:
    """Let the bytes count as kept just now; False if there are none."""
    try:
        with _locked(_folder(digest), fcntl.LOCK_SH):
            os.utime(_place(digest))
    except FileNotFoundError:
        return False
    return True


def idle(start: str) -> list[str]:
    """Return the digests that begin with two letters and were not kept for a day, in order."""
    folder = _root() / start
    if not folder.is_dir():
        return []
    found = (place for sub in folder.iterdir() if sub.is_dir() for place in sub.iterdir())
    return sorted(
        place.name for place in found if _A_DIGEST.fullmatch(place.name) and _is_idle(place)
    )


def drop_idle(digest: str) -> int | None:
    """Drop the bytes and return how many they were; None if they were kept again meanwhile."""
    place = path(digest)
    if not place.parent.is_dir():
        return None
    with _locked(_folder(digest), fcntl.LOCK_EX):
        if not _is_idle(place):
            return None
        size = place.stat().st_size
        place.unlink()
    return size


def path(digest: str) -> Path:
    return Path(_place(digest))


# Words, not Paths: a file costs half of its keeping in Paths, where thousands are kept at once.
def _place(digest: str) -> str:
    return f"{_folder(digest)}/{digest}"


def _folder(digest: str) -> str:
    return f"{settings.HOUSE_HOME}/files/{digest[:2]}/{digest[2:4]}"


def _write_aside(content: bytes, folder: str, *, sync: bool = False) -> str:
    if not os.path.isdir(folder):  # noqa: PTH112 -- as above
        _make_folder(Path(folder), sync=sync)
    unfinished = f"{folder}/{secrets.token_hex(8)}.unfinished"
    handle = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            if sync:
                file.flush()
                os.fsync(file.fileno())
    except BaseException:
        Path(unfinished).unlink(missing_ok=True)
        raise
    return unfinished


def _root() -> Path:
    return Path(settings.HOUSE_HOME) / "files"


def _is_idle(place: Path) -> bool:
    # The disk's own dates, so the machine's clock: a demo's runs ahead of it.
    try:
        return place.stat().st_mtime < time.time() - IDLE_SECONDS
    except FileNotFoundError:
        return False


@contextmanager
def _locked(folder: str, how: int) -> Iterator[None]:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(descriptor, how)
        yield
    finally:
        os.close(descriptor)


def _make_folder(folder: Path, *, sync: bool) -> None:
    if folder.is_dir():
        return
    _make_folder(folder.parent, sync=sync)
    folder.mkdir(exist_ok=True)
    if sync:
        _sync_folder(folder.parent)


def _sync_folder(folder: Path) -> None:
    # The rename itself is lost in a power cut unless the folder is on the disk too.
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
