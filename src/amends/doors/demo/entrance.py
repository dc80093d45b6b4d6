"""The demo's entrance, three doors: watch, look round, and what a house of one's own takes."""

from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from amends.doors.demo.company import person
from amends.doors.demo.guard import only_here
from amends.doors.demo.scenes import script
from amends.ground import clock

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
_ROLES = (
    (
        _("As an agent"),
        (
            ("ana", _("speaks Polish and English")),
            ("zuzana", _("speaks Slovak, English and Polish")),
            ("oleg", _("speaks Russian and Polish")),
            ("daniel", _("speaks English")),
        ),
    ),
    (_("As a lead"), (("ewa", _("leads all teams")),)),
    (_("As the owner"), (("jan", _("leads and sets up the house")),)),
    (_("As quality"), (("beata", _("reads all cases, answers none")),)),
)
_PEOPLE = tuple(one for _role, people in _ROLES for one in people)


@require_safe
@only_here
def page(request: HttpRequest) -> HttpResponse:
    roles = [
        {
            "name": name,
            "people": [{"person": person(key), "key": key, "role": role} for key, role in people],
        }
        for name, people in _ROLES
    ]
    context = {
        "roles": roles,
        "scenes": script(get_language() or "en").scenes,
        "now": clock.now(),
    }
    return render(request, "demo/doors.html", context)


@require_POST
@only_here
def enter(request: HttpRequest, who: str) -> HttpResponse:
    if who in dict(_PEOPLE):
        login(request, person(who), backend=BACKEND)
    return HttpResponseRedirect(reverse("desk:my_day"))
