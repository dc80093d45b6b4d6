"""A database of a house's own, for tests that run the program as it is run."""

import secrets
from urllib.parse import quote

import pytest
from django.db import connection


@pytest.fixture
def database_url(transactional_db):
    """Give a database of the house's own, where the tests run on PostgreSQL; SQLite is a file."""
    if connection.vendor != "postgresql":
        yield ""
        return
    name, settings = f"house_{secrets.token_hex(4)}", connection.settings_dict
    with connection.cursor() as cursor:
        cursor.execute(f"create database {name}")
    yield f"postgresql://{settings['USER']}@{quote(settings['HOST'], safe='')}/{name}"
    with connection.cursor() as cursor:
        cursor.execute(f"drop database {name} with (force)")
