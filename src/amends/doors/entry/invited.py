"""Coming in by an invitation: its link opens a page, and only the page's button takes one in."""

import uuid

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from amends.doors.entry.newcomer import Newcomer, NewcomerForm
from amends.ground import clock
from amends.records.joining.inviting import come_in
from amends.records.joining.models import Invitation
from amends.records.joining.refusals import AlreadyHere, InvitationOver
from amends.records.people.models import Person


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest, token: str) -> HttpResponse:
    try:
        invitation = Invitation.objects.behind(token, at=clock.now())
        with _speaking_to(request, invitation):
            return _page(request, invitation, token)
    except (InvitationOver, AlreadyHere):
        return render(request, "entry/over.html", {"invitation": True}, status=410)


def _speaking_to(request: HttpRequest, invitation: Invitation) -> translation.override:
    """Speak the language of the letter, unless they chose another in this browser."""
    return translation.override(request.COOKIES.get("django_language") or invitation.language)


def _page(request: HttpRequest, invitation: Invitation, token: str) -> HttpResponse:
    newcomer = Newcomer(request, invitation.name, invitation.email)
    posted = request.method == "POST"
    form = NewcomerForm(request.POST if posted else None)
    if posted and form.is_valid():

        def join(password: str | None, key: uuid.UUID | None) -> Person:
            return come_in(invitation, password=password, key=key, at=clock.now())

        if newcomer.comes_in(form, join):
            return HttpResponseRedirect(reverse("desk:my_day"))
    context = {
        "form": form, "invitation": invitation, "token": token, "passkey": newcomer.options(),
    }  # fmt: skip
    return render(request, "entry/invited.html", context, status=422 if posted else 200)
