"""Watch a complaint saved: the desk on the left, the customer's phone on the right, both real."""

import smtplib
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from amends.doors.demo.company import person
from amends.doors.demo.entrance import BACKEND
from amends.doors.demo.guard import only_here
from amends.doors.demo.tour import REFUSED, NotYet, Tour
from amends.ground import clock
from amends.records.house.models import House

KEPT = "tour"


@require_POST
@only_here
def start(request: HttpRequest) -> HttpResponse:
    """Begin with a customer of its own, signed in as who answers in the viewer's language."""
    language = get_language() or "en"
    tour = Tour.begin(language)
    try:
        tour.open()
    except (OSError, smtplib.SMTPException):
        messages.error(request, _("The mail door is closed just now. Try again in a moment."))
        return HttpResponseRedirect(reverse("demo:entrance"))
    login(request, person(tour.script.told["agent"]), backend=BACKEND)
    request.session[KEPT] = tour.kept()
    response = HttpResponseRedirect(reverse("demo:watch"))
    # Desk and phone speak as the tour does, whatever language the agent prefers.
    response.set_cookie(settings.LANGUAGE_COOKIE_NAME, tour.language, samesite="Lax")
    return response


@require_safe
@only_here
def page(request: HttpRequest) -> HttpResponse:
    tour = tour_of(request)
    if tour is None:
        return HttpResponseRedirect(reverse("demo:entrance"))
    _follow(request, tour)
    return render(request, "demo/watch.html", _shown(tour))


@require_safe
@only_here
def strip(request: HttpRequest) -> HttpResponse:
    """What the strip says now; the page asks for it again and again."""
    tour = tour_of(request)
    if tour is None:
        return HttpResponse(headers={"HX-Redirect": reverse("demo:entrance")})
    _follow(request, tour)
    return render(request, "demo/watch/strip.html", _shown(tour))


@require_POST
@only_here
def go_on(request: HttpRequest) -> HttpResponse:
    tour = tour_of(request)
    if tour is None:
        return HttpResponseRedirect(reverse("demo:entrance"))
    problem = ""
    try:
        tour.go_on()
    except NotYet:
        problem = _("A moment, the mail is still on its way. Press again.")
    except REFUSED:
        problem = _("This case went a way of its own. Begin anew to see the rest.")
    request.session[KEPT] = tour.kept()
    if request.headers.get("HX-Request"):
        return render(request, "demo/watch/strip.html", _shown(tour, problem))
    if problem:
        messages.info(request, problem)
    return HttpResponseRedirect(reverse("demo:watch"))


def tour_of(request: HttpRequest) -> Tour | None:
    return Tour.read(request.session.get(KEPT))


def _follow(request: HttpRequest, tour: Tour) -> None:
    if tour.follow():
        request.session[KEPT] = tour.kept()


def _shown(tour: Tour, problem: str = "") -> dict[str, Any]:
    scene, scenes = tour.scene, tour.script.scenes
    undo = House.objects.current().undo_seconds
    return {
        "tour": tour,
        "scene": scene,
        "say": tour.say.replace("{undo}", str(undo)),
        "next_scene": None if tour.is_over else scenes[tour.number + 1],
        "dots": [{"scene": one, "at": number} for number, one in enumerate(scenes)],
        "problem": problem,
        "now": clock.now(),
        "desk_url": _desk_url(tour),
        "phone_url": _phone_url(tour),
        "words": tour.script.told["no"]["words"] if scene.key == "asked" else "",
    }


def _desk_url(tour: Tour) -> str:
    reference = tour.reference
    if tour.scene.desk == "case" and reference:
        return reverse("desk:case", args=[reference])
    return reverse("desk:my_day")


def _phone_url(tour: Tour) -> str:
    token = tour.token if tour.scene.phone == "page" else ""
    return reverse("portal:status", args=[token]) if token else reverse("demo:phone")
