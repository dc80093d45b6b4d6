"""Ten kills at random instants, others in each run; `bin/storm kills` does two hundred."""

import secrets
from urllib.parse import quote

import pytest
from django.db import connection
from storm import kills


@pytest.fixture
def database_url(transactional_db):
    """Give a database of the house's own, where the tests run on PostgreSQL; SQLite is a file."""
    if connection.vendor != "postgresql":
        yield ""
        return
    name, settings = f"storm_{secrets.token_hex(4)}", connection.settings_dict
    with connection.cursor() as cursor:
        cursor.execute(f"create database {name}")
    yield f"postgresql://{settings['USER']}@{quote(settings['HOST'], safe='')}/{name}"
    with connection.cursor() as cursor:
        cursor.execute(f"drop database {name} with (force)")


def test_nothing_is_lost_and_nothing_doubled(tmp_path, database_url):
    seed = secrets.randbelow(10**6)
    report = kills.run(tmp_path, 10, seed=seed, database_url=database_url)
    assert not report.faults, (seed, str(report))
    assert report.kills.total() == 10
    assert report.mails > 120
    assert report.sent > 50
