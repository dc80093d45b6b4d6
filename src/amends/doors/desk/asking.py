"""How the desk asks for anything: a signed-in person, and only what that person may see."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from amends.doors.desk.looked import turned_away
from amends.records.complaints.models import Complaint, Contact
from amends.records.house.models import House
from amends.records.people.models import Person

View = Callable[..., HttpResponseBase]


class DeskRequest(HttpRequest):
    """A request of a person of the house."""

    user: Person
    house: House


def at_the_desk(view: View) -> View:
    """Let people of the house in who see stories; to others the page does not exist."""
    return _for_those_who(lambda person: person.sees_stories, view)


def who_answers(view: View) -> View:
    """Let act who answers or leads; who only reads, as quality does, is told so."""

    @wraps(view)
    def guarded(request: DeskRequest, reference: str, **kwargs: Any) -> HttpResponseBase:
        if may_act(request.user):
            return view(request, reference, **kwargs)
        contact = contact_seen_by(request.user, reference)
        messages.error(request, _("You read this case. Who answers it does that."))
        return redirect("desk:case", contact.reference)

    return at_the_desk(guarded)


def may_act(person: Person) -> bool:
    return person.handles or person.leads


def who_hears(view: View) -> View:
    """Let in who answers or leads, to take down what is told; to others it does not exist."""
    return _for_those_who(may_act, view)


def at_the_house(view: View) -> View:
    """Let in who leads or administers; to others the page does not exist."""
    return _for_those_who(lambda person: person.leads or person.administers, view)


def _for_those_who(may: Callable[[Person], bool], view: View) -> View:
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return redirect_to_login(_page_of(request, **kwargs))
        asked = str(kwargs.get("reference", ""))
        if not may(request.user):
            turned_away(request, asked)
            raise Http404
        try:
            answer = view(request, *args, **kwargs)
        except Http404:
            turned_away(request, asked)
            raise
        # Stories are for this person alone, whatever stands between the house and the browser.
        if not answer.has_header("Cache-Control"):
            answer["Cache-Control"] = "private, no-cache"
        return answer

    return guarded


def _page_of(request: HttpRequest, reference: str = "", **_rest: Any) -> str:
    """Return a page to come back to: a verb can't be opened, its case can."""
    if request.method == "GET":
        return request.get_full_path()
    return reverse("desk:case", args=[reference]) if reference else reverse("desk:my_day")


def contact_seen_by(person: Person, reference: str) -> Contact:
    """Return the contact that the person may see; to a stranger it is not there."""
    seen = Contact.objects.visible_to(person).select_related(
        "customer",
        "team",
        "person",
        "mailbox",
        "complaint__paraphrase",
        "merged_into",
        "forwarded_by",
    )
    # PostgreSQL can't even ask for a text with a null in it.
    contact = seen.filter(reference=reference.upper()).first() if "\0" not in reference else None
    if contact is None:
        raise Http404
    return contact


def complaint_seen_by(person: Person, reference: str) -> Complaint:
    complaint = contact_seen_by(person, reference).complaint_or_none()
    if complaint is None:
        raise Http404
    return complaint
