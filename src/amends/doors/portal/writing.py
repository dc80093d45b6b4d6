"""A message from the status page; an expired link still takes one, and a fresh link goes out."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from amends.doors.portal.asking import behind_a_link, kept_from_others, speaking_to
from amends.doors.portal.forms import MessageForm
from amends.doors.portal.status import show
from amends.ground import clock
from amends.ground.rates import too_many
from amends.records.complaints.acknowledging import send_fresh_link
from amends.records.complaints.links import LinkExpired, LinkUnreadable, contact_behind
from amends.records.complaints.models import Contact

_MESSAGES_AN_HOUR = 30


@require_POST
def create(request: HttpRequest, token: str) -> HttpResponse:
    try:
        contact_behind(token)
    except LinkExpired as old:
        return _late(request, old.contact, token)
    except LinkUnreadable:
        return render(request, "portal/unreadable.html", status=404)
    return _now(request, token)


@behind_a_link
def _now(request: HttpRequest, contact: Contact, token: str) -> HttpResponse:
    form = MessageForm(request.POST)
    if form.is_valid() and too_many(request, "message", _MESSAGES_AN_HOUR):
        form.add_error(None, _("That was a lot for one hour. Your words are kept below."))
    if not form.is_valid():
        return show(request, contact, token, status=422, form=form)
    contact.customer_writes(text=form.cleaned_data["text"], at=clock.now())
    messages.info(request, _("We have your message. A person reads it."))
    return HttpResponseRedirect(reverse("portal:status", args=[token]))


def _late(request: HttpRequest, contact: Contact, token: str) -> HttpResponse:
    form = MessageForm(request.POST)
    with speaking_to(request, contact):
        if form.is_valid() and too_many(request, "message", _MESSAGES_AN_HOUR):
            form.add_error(None, _("That was a lot for one hour. Your words are kept below."))
        if not form.is_valid():
            context = {"token": token, "form": form}
            return kept_from_others(render(request, "portal/expired.html", context, status=422))
        now = clock.now()
        contact.customer_writes(text=form.cleaned_data["text"], at=now)
        send_fresh_link(contact, at=now)
        page = render(request, "portal/expired.html", {"token": token, "sent": True})
        return kept_from_others(page)
