"""What every page shows around its content."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from amends.doors.demo.guard import is_here
from amends.ground import clock
from amends.records.people.models import Person


def frame(request: HttpRequest) -> dict[str, Any]:
    """Name the house, and for people of the house the places of the desk."""
    house = getattr(request, "house", None)
    context: dict[str, Any] = {
        "house": house,
        "house_name": house.name if house else "",
        "page_url": _page_url(request),
    }
    person = getattr(request, "user", None)
    if person is None or not person.is_authenticated:
        return context
    if is_here(request) and request.headers.get("Sec-Fetch-Dest") != "iframe":
        context |= {"above": "demo/bar.html", "demo_now": clock.now()}
    return context | {
        "home_url": reverse("desk:my_day"),
        "search_url": reverse("desk:cases") if person.sees_stories else "",
        "places": _places(request.path, person),
    }


def _page_url(request: HttpRequest) -> str:
    """Return where this page can be opened again: what a verb shows stands under its noun."""
    match = request.resolver_match
    if request.method in {"GET", "HEAD"} or match is None:
        return request.get_full_path()
    if "reference" in match.kwargs:
        return reverse("desk:case", args=[match.kwargs["reference"]])
    if "token" in match.kwargs:
        return reverse("portal:status", args=[match.kwargs["token"]])
    return reverse("desk:house") if match.url_name == "absences" else request.path


def _places(path: str, person: Person) -> list[dict[str, Any]]:
    # Only rooms that have something in them, for this person: no dead entry.
    places = []
    if person.sees_stories:
        places += [("desk:my_day", _("My day"), "sun"), ("desk:cases", _("Cases"), "list")]
    if person.leads or person.administers:
        places += [("desk:house", _("House"), "store")]
    here = max(
        (reverse(url) for url, *_rest in places if path.startswith(reverse(url))), default=""
    )
    return [
        {"url": reverse(url), "name": name, "icon": icon, "current": reverse(url) == here}
        for url, name, icon in places
    ]
