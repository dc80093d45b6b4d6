"""How a process writes again after its disk was read-only for a while.

SQLite looks once: as long as any connection of the process is open, it takes the disk for
read-only. So its threads leave none open between two acts, until nothing says so any more.
"""

import sqlite3
import time

from django.db import connections

_LATELY_SECONDS = 120.0
_KINDS = 0xFF
_said_at = -_LATELY_SECONDS


def note(trouble: BaseException) -> None:
    """Remember it, if the trouble says that the database can only be read."""
    global _said_at  # noqa: PLW0603 -- of the whole process, as what SQLite remembers
    code = getattr(trouble.__cause__, "sqlite_errorcode", None)
    if code is not None and code & _KINDS == sqlite3.SQLITE_READONLY:
        _said_at = time.monotonic()


def leave() -> None:
    """Close this thread's connections, if that was said lately."""
    if time.monotonic() - _said_at < _LATELY_SECONDS:
        connections.close_all()
