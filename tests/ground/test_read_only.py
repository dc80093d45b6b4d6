"""A disk that was read-only for a while is written to again without a new start."""

import sqlite3

import pytest
from django.db import OperationalError

from amends.ground import read_only


@pytest.fixture
def closed(monkeypatch):
    """Count how often this thread's connections are closed; nothing was said before."""
    told = []
    monkeypatch.setattr(read_only, "_said_at", -1_000_000.0)
    monkeypatch.setattr(read_only.connections, "close_all", lambda: told.append("closed"))
    return told


def refused(tmp_path, statement, mode):
    """Return what SQLite says to the statement, as Django hands it on."""
    sqlite3.connect(tmp_path / "x.sqlite3").execute("CREATE TABLE IF NOT EXISTS x (y)")
    line = sqlite3.connect(f"file:{tmp_path}/x.sqlite3?mode={mode}", uri=True)
    with pytest.raises(sqlite3.OperationalError) as said:
        line.execute(statement)
    trouble = OperationalError(str(said.value))
    trouble.__cause__ = said.value
    return trouble


def test_it_leaves_no_connection_open_while_the_disk_is_read_only(tmp_path, closed):
    read_only.leave()
    assert closed == []
    read_only.note(refused(tmp_path, "INSERT INTO x VALUES (1)", "ro"))
    read_only.leave()
    assert closed == ["closed"]


def test_it_keeps_them_for_any_other_trouble(tmp_path, closed):
    read_only.note(refused(tmp_path, "INSERT INTO nowhere VALUES (1)", "rw"))
    read_only.note(OSError(30, "Read-only file system"))
    read_only.leave()
    assert closed == []
