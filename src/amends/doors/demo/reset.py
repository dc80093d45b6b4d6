"""Begin anew: the demo as it was when it was first opened, in one click, without a new start.

Whatever was in the house goes in one transaction and the company with its stories is there again
at its end, so that no page and no job ever meets a house without one. SQLite's file itself is
never touched, nor anything that is not the demo's own.
"""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.contrib.auth import logout
from django.core.management.color import no_style
from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from amends.doors.demo import as_new, letters, opening
from amends.doors.demo.guard import only_here
from amends.ground import clock
from amends.ground.search import index


@require_POST
@only_here
def create(request: HttpRequest) -> HttpResponse:
    logout(request)
    begin_anew()
    return HttpResponseRedirect(reverse("demo:entrance"))


def begin_anew() -> None:
    """Empty the house and open the company in it; its history follows from the worker."""
    # The folders move only once nobody else can write, and are back if anything fails.
    with transaction.atomic():
        index.clear()
        _empty_tables()
        with _folders_put_aside():
            clock.set_back()
            opening.open_house(clock.now())


def _empty_tables() -> None:
    # PostgreSQL truncates nothing whose foreign keys still wait to be checked.
    connection.check_constraints()
    flushing = connection.ops.sql_flush(no_style(), as_new.tables())
    connection.ops.execute_sql_flush(flushing)


@contextmanager
def _folders_put_aside() -> Iterator[None]:
    """Move the kept bytes and the customers' mail away, and back if what follows fails."""
    moved = [(place, place.with_name(f"{place.name}.gone")) for place in _folders()]
    for place, gone in moved:
        shutil.rmtree(gone, ignore_errors=True)
        if place.exists():
            place.rename(gone)
    letters.clear()
    try:
        yield
    except BaseException:
        for place, gone in moved:
            shutil.rmtree(place, ignore_errors=True)
            if gone.exists():
                gone.rename(place)
        raise
    for _place, gone in moved:
        shutil.rmtree(gone, ignore_errors=True)


def _folders() -> list[Path]:
    return [Path(settings.HOUSE_HOME) / "files", letters.folder()]
