"""The demo as it was when its stories had been played, kept beside it and brought back at once.

Both are done by rows, inside the caller's transaction: nobody ever meets a house half brought
back, and the database's own file is never touched. What is brought back is this version's and
of today: a story that began "three hours ago" is not one of last night.
"""

import hashlib
import json
import shutil
import sqlite3
from contextlib import closing
from datetime import datetime, timedelta
from functools import cache
from importlib.resources import as_file, files
from pathlib import Path
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import connection

from amends.records.house.models import House

_GOOD_FOR = timedelta(hours=4)
_FOLDERS = ("files", "customers")
# What Django itself looks up by number, and what tells it which tables there are.
_KEPT = {"django_content_type", "auth_permission", "django_migrations"}


def tables() -> list[str]:
    """Return the tables that hold what is in a house."""
    there = set(connection.introspection.django_table_names(only_existing=True))
    return sorted(there - _KEPT)


def keep(at: datetime) -> None:
    """Keep what is in the house now; does nothing where the database is not SQLite."""
    if connection.vendor != "sqlite":
        return
    unfinished = _place().with_name("as-new.unfinished")
    shutil.rmtree(unfinished, ignore_errors=True)
    unfinished.mkdir()
    _copy_rows_to(unfinished / "rows.sqlite3")
    for name in _FOLDERS:
        if (_home() / name).exists():
            shutil.copytree(_home() / name, unfinished / name)
    told = {"at": at.isoformat(), "version": _version()}
    (unfinished / "told.json").write_text(json.dumps(told))
    shutil.rmtree(_place(), ignore_errors=True)
    unfinished.rename(_place())


def bring_back(at: datetime) -> bool:
    """Put into an empty house what was kept; False if nothing was, or it is not of now."""
    if connection.vendor != "sqlite" or not _is_good(at):
        return False
    _copy_rows_from(_place() / "rows.sqlite3")
    for name in _FOLDERS:
        if (_place() / name).exists():
            shutil.copytree(_place() / name, _home() / name, dirs_exist_ok=True)
    return True


def _is_good(at: datetime) -> bool:
    try:
        told = json.loads((_place() / "told.json").read_text())
    except FileNotFoundError:
        return False
    kept_at = datetime.fromisoformat(told["at"])
    age = at - kept_at
    same_day = (
        at.astimezone(ZoneInfo(House().zone)).date()
        == kept_at.astimezone(ZoneInfo(House().zone)).date()
    )
    return told["version"] == _version() and same_day and timedelta(0) <= age < _GOOD_FOR


def _copy_rows_to(file: Path) -> None:
    with closing(sqlite3.connect(file)) as kept, connection.cursor() as cursor:
        for table in tables():
            names = _columns(table)
            # The plus hides the column's type, so that its bytes come as they are.
            cursor.execute(_select(table, [f"+{name}" for name in names]))
            kept.execute(f"CREATE TABLE {_quoted(table)} ({', '.join(names)})")
            kept.executemany(_insert(table, names, "?"), cursor.fetchall())
        kept.commit()


def _copy_rows_from(file: Path) -> None:
    with closing(sqlite3.connect(file)) as kept, connection.cursor() as cursor:
        for table in tables():
            names = _columns(table)
            rows = kept.execute(_select(table, names)).fetchall()
            cursor.executemany(_insert(table, names, "%s"), rows)


# The names are the database's own.
def _select(table: str, columns: list[str]) -> str:
    return f"SELECT {', '.join(columns)} FROM {_quoted(table)}"  # noqa: S608


def _insert(table: str, columns: list[str], mark: str) -> str:
    marks = ", ".join([mark] * len(columns))
    return f"INSERT INTO {_quoted(table)} ({', '.join(columns)}) VALUES ({marks})"  # noqa: S608


def _columns(table: str) -> list[str]:
    with connection.cursor() as cursor:
        told = connection.introspection.get_table_description(cursor, table)
    return [_quoted(column.name) for column in told]


def _quoted(name: str) -> str:
    return str(connection.ops.quote_name(name))


@cache
def _version() -> str:
    """Tell the program and the stories apart from what they were before or will be."""
    told = hashlib.sha256()
    with as_file(files("amends")) as package:
        for file in sorted(package.rglob("*")):
            if file.suffix in {".py", ".toml"}:
                told.update(file.read_bytes())
    return told.hexdigest()


def _home() -> Path:
    return Path(settings.HOUSE_HOME)


def _place() -> Path:
    return _home() / "as-new"
