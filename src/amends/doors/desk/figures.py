"""Plain figures, each with the cases behind it, and one row per case as CSV."""

import csv
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from amends.doors.desk.asking import DeskRequest, at_the_desk
from amends.ground import clock
from amends.records.complaints.models import Contact
from amends.records.insights.case_rows import COLUMNS, case_rows
from amends.records.insights.plain import figures_of

# A spreadsheet takes what begins like this for a formula, and a customer may have written it.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


@require_safe
@at_the_desk
def page(request: DeskRequest) -> HttpResponse:
    figures = figures_of(Contact.objects.visible_to(request.user), at=clock.now())
    context = {"figures": figures, "may_export": _may_export(request)}
    return render(request, "desk/figures.html", context)


@require_safe
@at_the_desk
def rows(request: DeskRequest) -> StreamingHttpResponse:
    """All cases that the person may see; for leads and quality, as it is much at once."""
    if not _may_export(request):
        raise Http404
    seen = Contact.objects.visible_to(request.user)
    answer = StreamingHttpResponse(_lines(case_rows(seen)), content_type="text/csv; charset=utf-8")
    day = timezone.localdate(clock.now())
    answer["Content-Disposition"] = f'attachment; filename="cases-{day}.csv"'
    return answer


def _may_export(request: DeskRequest) -> bool:
    return request.user.leads or request.user.assures


class _Line:
    """What csv writes to: it hands back the line instead of keeping it."""

    def write(self, line: str) -> str:
        return line


def _lines(found: Iterator[dict[str, Any]]) -> Iterator[str]:
    # With a mark of byte order, or Excel reads UTF-8 as the code page of its country.
    writer = csv.writer(_Line())
    yield "\ufeff" + writer.writerow(COLUMNS)
    for row in found:
        yield writer.writerow([_cell(row[name]) for name in COLUMNS])


def _cell(value: Any) -> Any:
    if isinstance(value, datetime):
        return timezone.localtime(value).isoformat(timespec="seconds")
    if value is None:
        return ""
    text = str(value)
    return f"'{text}" if text.startswith(_FORMULA) else text
