"""The database of a house as one file, taken while the house runs, and put back."""

import os
import shutil
import sqlite3
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from datetime import datetime
from pathlib import Path

from django.db import connection, connections
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.db.utils import DatabaseError, OperationalError

from amends.site.backups.archive import DamagedBackup, Say

_PAGES_AT_ONCE = 10_000
_SAY_EVERY_PAGES = 250_000


class NoTools(Exception):
    """pg_dump and pg_restore, which PostgreSQL brings, are not on this machine."""


class ToolFailed(Exception):
    """PostgreSQL's own tool could not do it; what it said is told."""


def migrations() -> list[str]:
    """Return the steps that this database was brought up to date by."""
    applied = MigrationRecorder(connection).applied_migrations()
    return sorted(f"{app}.{name}" for app, name in applied)


def unknown(steps: list[str]) -> list[str]:
    """Return those of the steps that this version of Amends doesn't have."""
    known = {f"{app}.{name}" for app, name in MigrationLoader(None).disk_migrations}
    return [step for step in steps if step not in known]


def dump(into: Path, say: Say) -> None:
    """Write the database as it is at one moment; nobody has to stop writing."""
    if connection.vendor == "postgresql":
        _run(_tool("pg_dump"), "--format=custom", "--schema=public", "--file", str(into))
    else:
        _copy(Path(connection.settings_dict["NAME"]), into, say)


def check(place: Path) -> None:
    """Refuse a copy that is damaged in itself; PostgreSQL's is read whole when it is put back."""
    if connection.vendor == "postgresql":
        _run(_tool("pg_restore"), "--list", str(place), connects=False)
        return
    with closing(sqlite3.connect(place)) as copy:
        answer = copy.execute("PRAGMA quick_check").fetchone()
        if answer != ("ok",):
            raise DamagedBackup(answer)


def has_something() -> bool:
    """Tell whether anybody lives in the house; also yes if that can't be read."""
    database = connection.settings_dict["NAME"]
    if connection.vendor == "sqlite" and not Path(database).exists():
        return False
    try:
        with connection.cursor() as cursor:
            tables = set(connection.introspection.table_names(cursor))
            for table in {"house_house", "people_person", "post_rawmail"} & tables:
                cursor.execute(f"SELECT 1 FROM {table} LIMIT 1")  # noqa: S608 -- names of ours
                if cursor.fetchone():
                    return True
    except OperationalError:
        raise
    except DatabaseError:
        return True
    finally:
        connections.close_all()
    return False


@contextmanager
def put_back(place: Path, aside: Path, at: datetime) -> Iterator[None]:
    """Put the copy in the database's place; what fails within brings back what was there."""
    if connection.vendor == "postgresql":
        with _schema_replaced(f"before_restore_{at:%Y%m%d_%H%M%S}"):
            _run(
                _tool("pg_restore"), "--dbname", connection.settings_dict["NAME"], "--no-owner",
                "--schema=public", "--exit-on-error", "--single-transaction", str(place),
            )  # fmt: skip
            yield
        return
    database = Path(connection.settings_dict["NAME"])
    names = [database.with_name(database.name + end) for end in ("", "-wal", "-shm")]
    with moved_aside([(name, None if end else place) for end, name in enumerate(names)], aside):
        yield


@contextmanager
def moved_aside(moves: Sequence[tuple[Path, Path | None]], aside: Path) -> Iterator[None]:
    """Move what is at each first place aside, and the second, if there is one, to where it was."""
    aside.mkdir(parents=True, exist_ok=True)
    connections.close_all()
    done: list[tuple[Path, Path]] = []
    try:
        for there, fresh in moves:
            for old, new in ((there, aside / there.name), (fresh, there)):
                if old is not None and old.exists():
                    shutil.move(old, new)
                    done.append((old, new))
        yield
    except BaseException:
        connections.close_all()
        for old, new in reversed(done):
            if new.exists():
                shutil.move(new, old)
        raise


@contextmanager
def _schema_replaced(aside: str) -> Iterator[None]:
    with connection.cursor() as cursor:
        cursor.execute(f"ALTER SCHEMA public RENAME TO {aside}")
        cursor.execute("CREATE SCHEMA public")
    connections.close_all()
    try:
        yield
    except BaseException:
        connections.close_all()
        with connection.cursor() as cursor:
            cursor.execute("DROP SCHEMA public CASCADE")
            cursor.execute(f"ALTER SCHEMA {aside} RENAME TO public")
        raise


def _copy(database: Path, into: Path, say: Say) -> None:
    def tell(_status: int, left: int, total: int) -> None:
        if total > _SAY_EVERY_PAGES:
            say(f"database: {100 * (total - left) // total} % …")

    with closing(sqlite3.connect(database)) as source, closing(sqlite3.connect(into)) as copy:
        # Reading from one moment on: otherwise each write of another process begins it anew.
        source.execute("BEGIN")
        source.execute("SELECT count(*) FROM sqlite_master").fetchone()
        source.backup(copy, pages=_PAGES_AT_ONCE, progress=tell)
        # One file: without this the first who opens it leaves a second and a third beside it.
        copy.execute("PRAGMA journal_mode=DELETE")


def _tool(name: str) -> str:
    found = shutil.which(name)
    if not found:
        raise NoTools(name)
    return found


def _run(*command: str, connects: bool = True) -> None:
    told = connection.settings_dict
    names = {"PGHOST": "HOST", "PGPORT": "PORT", "PGUSER": "USER", "PGPASSWORD": "PASSWORD"}
    given = {name: str(told[key]) for name, key in names.items() if told[key]}
    # By the environment: what stands on a command line, everybody on the machine can read.
    environment = {**os.environ, **given, "PGDATABASE": told["NAME"]} if connects else None
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)  # noqa: S603
    if done.returncode:
        raise ToolFailed(done.stderr.strip()[-2000:])
