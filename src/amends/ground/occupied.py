"""Whether a house is in use: its web and its worker hold a lock that ends with their process."""

import errno
import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_LOCK = "in-use"


class HouseIsInUse(Exception):
    """Its web or its worker runs, or another process has the house for itself."""


def stay(home: Path) -> int:
    """Say that the house is in use until this process ends, or the descriptor is closed."""
    descriptor = _open(home)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError as held:
        os.close(descriptor)
        raise HouseIsInUse(home) from held
    return descriptor


@contextmanager
def alone(home: Path) -> Iterator[None]:
    """Have the house for oneself; HouseIsInUse if anybody is in it."""
    descriptor = _open(home)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield
    except BlockingIOError as held:
        raise HouseIsInUse(home) from held
    finally:
        os.close(descriptor)


def _open(home: Path) -> int:
    home.mkdir(parents=True, exist_ok=True)
    place = home / _LOCK
    try:
        return os.open(place, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    except OSError as closed:
        # A house on a disk that can only be read is shown all the same.
        if closed.errno != errno.EROFS or not place.exists():
            raise
        return os.open(place, os.O_RDONLY | os.O_CLOEXEC)
