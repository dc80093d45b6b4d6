"""How the desk asks for anything: a signed-in person, and only what that person may see."""

from collections.abc import Callable
from functools import wraps
from typing import Any, cast

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse

from amends.records.complaints.models import Complaint, Contact
from amends.records.people.models import Person

View = Callable[..., HttpResponse]


class DeskRequest(HttpRequest):
    """A request of a person of the house."""

    user: Person


def at_the_desk(view: View) -> View:
    """Let people of the house in who see stories; to others the page does not exist."""

    @wraps(view)
    @login_required
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not cast("Person", request.user).sees_stories:
            raise Http404
        return view(request, *args, **kwargs)

    return guarded


def at_the_house(view: View) -> View:
    """Let in who leads or administers; to others the page does not exist."""

    @wraps(view)
    @login_required
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        person = cast("Person", request.user)
        if not (person.leads or person.administers):
            raise Http404
        return view(request, *args, **kwargs)

    return guarded


def contact_seen_by(person: Person, reference: str) -> Contact:
    """Return the contact that the person may see; to a stranger it is not there."""
    seen = Contact.objects.visible_to(person).select_related(
        "customer", "team", "person", "mailbox", "complaint"
    )
    contact = seen.filter(reference=reference.upper()).first()
    if contact is None:
        raise Http404
    return contact


def complaint_seen_by(person: Person, reference: str) -> Complaint:
    complaint = contact_seen_by(person, reference).complaint_or_none()
    if complaint is None:
        raise Http404
    return complaint
