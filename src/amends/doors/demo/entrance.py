"""The demo's entrance: look round as somebody of the company, without a password."""

from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from amends.doors.demo.company import person
from amends.doors.demo.guard import only_here

_BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
_PEOPLE = (
    ("ana", _("agent, speaks Polish and English")),
    ("zuzana", _("agent, speaks Slovak, English and Polish")),
    ("oleg", _("agent, speaks Russian and Polish")),
    ("daniel", _("agent, speaks English")),
    ("ewa", _("lead of all teams")),
    ("beata", _("quality, reads all cases")),
)


@require_safe
@only_here
def page(request: HttpRequest) -> HttpResponse:
    people = [{"key": key, "person": person(key), "role": role} for key, role in _PEOPLE]
    return render(request, "demo/entrance.html", {"people": people})


@require_POST
@only_here
def enter(request: HttpRequest, who: str) -> HttpResponse:
    if who in dict(_PEOPLE):
        login(request, person(who), backend=_BACKEND)
    return HttpResponseRedirect(reverse("desk:my_day"))
