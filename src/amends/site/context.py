"""What every page shows around its content."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from amends.doors.demo.guard import is_here
from amends.doors.desk.bell import bell_of
from amends.ground import clock
from amends.records.house.models import House
from amends.records.joining.size import is_small_house
from amends.records.people.models import Person

# What one goes to now and then stands at the foot.
_LOW = {"desk:saved_replies"}
_KEYS = {"desk:hear": "h"}
_PAGES_OF_VERBS = {"absences": "desk:house_people", "told": "desk:hear"}


def frame(request: HttpRequest) -> dict[str, Any]:
    """Name the house, and for people of the house the places of the desk."""
    house = getattr(request, "house", None)
    context: dict[str, Any] = {
        "house": house,
        "house_name": house.name if house else "",
        "house_logo_url": _logo_url(house),
        "page_url": _page_url(request),
    }
    person = getattr(request, "user", None)
    if person is None or not person.is_authenticated:
        return context
    if _has_bar(request):
        context |= {"above": "demo/bar.html", "demo_now": clock.now()}
    return context | {
        "home_url": reverse("desk:my_day"),
        "palette_url": reverse("desk:palette") if person.sees_stories else "",
        "me_url": reverse("mfa_index"),
        # Asked once a page, and only by a page that wants to know.
        "small_house": SimpleLazyObject(lambda: is_small_house(clock.now())),
        "search_url": reverse("desk:cases") if person.sees_stories else "",
        "places": _places(request.path, person),
        **_live(person),
    }


def _has_bar(request: HttpRequest) -> bool:
    framed = request.headers.get("Sec-Fetch-Dest") == "iframe"
    return settings.DEMO_BAR and is_here(request) and not framed


def _live(person: Person) -> dict[str, Any]:
    if not person.sees_stories:
        return {}
    # Asked for when a page is drawn, not for what has no frame.
    bell = SimpleLazyObject(lambda: bell_of(person, clock.now()))
    return {"bell": bell, "pulse_url": reverse("desk:pulse")}


def _logo_url(house: House | None) -> str:
    return reverse("entry:logo", args=[house.logo_digest]) if house and house.logo_digest else ""


def _page_url(request: HttpRequest) -> str:
    """Return where this page can be opened again: what a verb shows stands under its noun."""
    match = request.resolver_match
    if request.method in {"GET", "HEAD"} or match is None:
        return request.get_full_path()
    if "reference" in match.kwargs:
        return reverse("desk:case", args=[match.kwargs["reference"]])
    if match.namespace == "portal" and "token" in match.kwargs:
        return reverse("portal:status", args=[match.kwargs["token"]])
    page = _PAGES_OF_VERBS.get(match.url_name or "")
    return reverse(page) if page else request.path


def _places(path: str, person: Person) -> list[dict[str, Any]]:
    # Only rooms that have something in them, for this person: no dead entry.
    places = []
    if person.sees_stories:
        places += [("desk:my_day", _("My day"), "sun"), ("desk:cases", _("Cases"), "list")]
        places += [("desk:figures", _("Figures"), "chart-no-axes-column")]
        places += [("desk:saved_replies", _("Saved replies"), "text-quote")]
    if person.handles or person.leads:
        places.append(("desk:hear", pgettext("place", "Hear"), "ear"))
    if person.leads or person.administers:
        places += [("desk:house", _("House"), "store")]
    # The first page stands above all others, without being where one is.
    here = max(
        (
            reverse(url)
            for url, *_rest in places
            if path.startswith(reverse(url)) and (url != "desk:my_day" or path == reverse(url))
        ),
        default="",
    )
    return [
        {
            "url": reverse(url),
            "name": name,
            "icon": icon,
            "current": reverse(url) == here,
            "low": url in _LOW,
            "key": _KEYS.get(url, ""),
        }
        for url, name, icon in places
    ]
