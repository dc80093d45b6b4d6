"""What fails for now only is told apart from what fails for good."""

import errno

import pytest
from django.db import DataError, IntegrityError, OperationalError, connection, transaction

from amends.ground.passing import is_passing


def raised_by(statement):
    with pytest.raises(Exception) as caught, transaction.atomic(), connection.cursor() as cursor:  # noqa: PT011
        cursor.execute(statement)
    return caught.value


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EIO])
def test_it_is_for_now_when_the_disk_takes_nothing(number):
    assert is_passing(OSError(number, "no"))


@pytest.mark.parametrize(
    "trouble", [OSError(errno.ENOENT, "no"), DataError(), IntegrityError(), ValueError(), None]
)
def test_it_is_for_good_when_the_thing_itself_is_wrong(trouble):
    assert not is_passing(trouble)


def test_it_is_for_now_when_the_database_is_away():
    assert is_passing(OperationalError("the server closed the connection"))


@pytest.mark.django_db
def test_it_is_for_good_when_the_program_asks_wrongly():
    assert not is_passing(raised_by("SELECT nothing FROM nowhere"))


@pytest.mark.django_db
def test_it_is_for_now_when_the_database_takes_no_words():
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA query_only=1")
        try:
            assert is_passing(raised_by("DELETE FROM jobs_job"))
        finally:
            with connection.cursor() as cursor:
                cursor.execute("PRAGMA query_only=0")
    else:
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION READ ONLY")
        assert is_passing(raised_by("DELETE FROM jobs_job"))
