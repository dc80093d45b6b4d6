"""How the portal asks for a contact: by a signed link, for that one contact and no other."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation

from amends.doors.portal.forms import MessageForm
from amends.records.complaints.links import LinkExpired, LinkUnreadable, contact_behind
from amends.records.complaints.models import Contact

LANGUAGES = ("en", "pl", "ru", "sk")


def behind_a_link(
    view: Callable[..., HttpResponse],
) -> Callable[..., HttpResponse]:
    """Open the view with the link's contact; an old link leads to a page that takes a message."""

    @wraps(view)
    def opened(request: HttpRequest, token: str, **more: Any) -> HttpResponse:
        try:
            contact = contact_behind(token)
        except LinkUnreadable:
            return render(request, "portal/unreadable.html", status=404)
        except LinkExpired as old:
            with speaking_to(request, old.contact):
                # What was typed on a page that grew old meanwhile can still be sent as a message.
                form = MessageForm(initial={"text": request.POST.get("words", "")})
                context = {"token": token, "form": form}
                page = render(request, "portal/expired.html", context, status=410)
            return kept_from_others(page)
        with speaking_to(request, contact):
            return kept_from_others(view(request, contact, token, **more))

    return opened


def kept_from_others(answer: HttpResponse) -> HttpResponse:
    """Keep a page that shows what is behind a link, or the link itself, to this browser."""
    # The link is a key: no cache keeps what it shows, no other site learns it. Not
    # "no-referrer": with that browsers post from here as if from nowhere, and are refused.
    answer["Cache-Control"] = "no-store"
    answer["Referrer-Policy"] = "same-origin"
    return answer


def speaking_to(request: HttpRequest, contact: Contact) -> translation.override:
    """Speak the customer's language, unless they chose another in this browser."""
    chosen = request.COOKIES.get("django_language")
    theirs = contact.language or contact.customer.language
    language = chosen or (theirs if theirs in LANGUAGES else "en")
    return translation.override(language if language in LANGUAGES else "en")
