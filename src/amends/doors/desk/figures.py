"""Plain figures, each with the cases behind it, and one row per case as CSV."""

from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from amends.doors.desk.asking import DeskRequest, at_the_desk
from amends.doors.desk.csv_lines import sheet
from amends.doors.desk.looked import taken
from amends.ground import clock
from amends.records.complaints.models import Contact
from amends.records.insights.case_rows import COLUMNS, case_rows
from amends.records.insights.plain import figures_of


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
    taken(request, found=seen.count())
    return sheet("cases", COLUMNS, ([row[name] for name in COLUMNS] for row in case_rows(seen)))


def _may_export(request: DeskRequest) -> bool:
    return request.user.leads or request.user.assures
