"""Move time: the demo's clock goes on by an hour or to the morning; the worker does what is due."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from amends.doors.demo.guard import only_here
from amends.ground import clock
from amends.ground.ui.templatetags.amends_time import whole_moment
from amends.records.house.models import House

_MORNING = 9


@require_POST
@only_here
def move(request: HttpRequest) -> HttpResponse:
    by = _span(request.POST.get("to", ""), clock.now())
    if by is None:
        return HttpResponseBadRequest()
    clock.move(by)
    said = _("It is now %(moment)s. What has fallen due happens in the next seconds.")
    messages.info(request, said % {"moment": whole_moment(clock.now())})
    return HttpResponseRedirect(_back(request))


def _span(to: str, now: datetime) -> timedelta | None:
    if to == "hour":
        return timedelta(hours=1)
    return _morning_after(now) - now if to == "morning" else None


def _morning_after(now: datetime) -> datetime:
    """Tomorrow at nine by the house's own clock, also in the night when clocks change."""
    zone = ZoneInfo(House.objects.current().zone)
    day = (now.astimezone(zone) + timedelta(days=1)).date()
    return datetime(day.year, day.month, day.day, _MORNING, tzinfo=zone)


def _back(request: HttpRequest) -> str:
    """Where one was: only a page of this house."""
    where = request.POST.get("next", "")
    ours = url_has_allowed_host_and_scheme(where, allowed_hosts={request.get_host()})
    return where if ours else reverse("demo:entrance")
