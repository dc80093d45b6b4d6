"""Begin anew: the demo as it was when it was first opened, in one click, without a new start.

Whatever was in the house goes in one transaction and the company is there again at its end, so
that no page and no job ever meets a house without one. SQLite's file itself is never touched.
"""

import shutil
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from django.conf import settings
from django.contrib.auth import logout
from django.core.management.color import no_style
from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from amends.doors.demo import letters, opening
from amends.doors.demo.guard import only_here
from amends.ground import clock
from amends.ground.search import index
from amends.records.house.models import House

# What Django itself looks up by number, and what tells it which tables there are.
_KEPT = {"django_content_type", "auth_permission", "django_migrations"}


@require_POST
@only_here
def create(request: HttpRequest) -> HttpResponse:
    logout(request)
    begin_anew()
    return HttpResponseRedirect(reverse("demo:entrance"))


def begin_anew() -> None:
    """Empty the house and open the company in it; its stories follow from the worker."""
    with transaction.atomic():
        index.clear()
        _empty_tables()
        clock.set_back()
        now = _house_time(clock.now())
        opening.open_house(now)
        opening.load_stories.enqueue(now.isoformat())
        gone = _put_files_aside()
    letters.clear()
    shutil.rmtree(gone, ignore_errors=True)


def _empty_tables() -> None:
    # PostgreSQL truncates nothing whose foreign keys still wait to be checked.
    connection.check_constraints()
    tables = set(connection.introspection.django_table_names(only_existing=True))
    flushing = connection.ops.sql_flush(no_style(), sorted(tables - _KEPT))
    connection.ops.execute_sql_flush(flushing)


def _put_files_aside() -> Path:
    """Move the kept bytes away while nobody else writes; what comes now makes a new folder."""
    kept = Path(settings.HOUSE_HOME) / "files"
    gone = kept.with_name("files.gone")
    shutil.rmtree(gone, ignore_errors=True)
    if kept.exists():
        kept.rename(gone)
    return gone


def _house_time(at: datetime) -> datetime:
    return at.astimezone(ZoneInfo(House.objects.current().zone))
