"""Invitations: who is invited, and with which roles; a letter with a link does the rest."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from amends.doors.desk.asking import DeskRequest, at_the_house
from amends.doors.desk.invitations_forms import InvitationForm
from amends.doors.desk.sentences import sentence_for
from amends.ground import clock
from amends.records.house.models import House
from amends.records.joining.inviting import invite, invite_again, take_back
from amends.records.joining.models import Invitation
from amends.records.joining.refusals import JoiningRefused
from amends.records.post.models import Outgoing, OutgoingState


@dataclass(frozen=True)
class Row:
    invitation: Invitation
    refused: str
    expired: bool


@require_http_methods(["GET", "HEAD", "POST"])
@at_the_house
def page(request: DeskRequest) -> HttpResponse:
    if request.method != "POST":
        return _show(request, InvitationForm(by=request.user))
    form = InvitationForm(request.POST, by=request.user)
    if form.is_valid():
        try:
            made = invite(**form.facts(), by=request.user, at=clock.now())
        except JoiningRefused as refusal:
            form.add_error("email", sentence_for(refusal))
        else:
            messages.info(request, _("A letter is on its way to %(name)s.") % {"name": made.name})
            return HttpResponseRedirect(reverse("desk:invitations"))
    return _show(request, form, status=422)


@require_POST
@at_the_house
def again(request: DeskRequest, key: str) -> HttpResponse:
    return _act(request, key, invite_again, _("A new letter is on its way; the old link is void."))


@require_POST
@at_the_house
def back(request: DeskRequest, key: str) -> HttpResponse:
    return _act(request, key, take_back, _("Taken back. The link leads nowhere now."))


def _act(request: DeskRequest, key: str, verb: Any, done: str) -> HttpResponse:
    invitation = get_object_or_404(Invitation, pk=key)
    # A lead gives no more than a lead has, not even by renewing what an administrator gave.
    if invitation.administers and not request.user.administers:
        raise Http404
    try:
        verb(invitation, by=request.user, at=clock.now())
    except JoiningRefused as refusal:
        messages.error(request, sentence_for(refusal))
    else:
        messages.info(request, done)
    return HttpResponseRedirect(reverse("desk:invitations"))


def _show(request: DeskRequest, form: InvitationForm, status: int = 200) -> HttpResponse:
    context = {"form": form, "rows": _rows()}
    return render(request, "desk/invitations/page.html", context, status=status)


def _rows() -> list[Row]:
    now = clock.now()
    open_ones = list(
        Invitation.objects.open().select_related("invited_by").order_by("-invited_at", "-id")
    )
    refused = {
        mail.thread: mail.server_answer
        for mail in Outgoing.objects.filter(thread__in=[one.pk for one in open_ones])
        .order_by("created_at", "id").only("thread", "state", "server_answer")
        if mail.state == OutgoingState.REFUSED
    }  # fmt: skip
    return [Row(one, refused.get(one.pk, ""), one.expires_at <= now) for one in open_ones]


@require_POST
@at_the_house
def second_factor(request: DeskRequest) -> HttpResponse:
    """Ask everybody for a second factor, or no more."""
    if not request.user.administers:
        raise Http404
    House.objects.keep().ask_second_factor(asked="on" in request.POST)
    messages.info(request, _("Kept. It holds from now on."))
    return HttpResponseRedirect(reverse("desk:house_people"))


@require_POST
@at_the_house
def growth(_request: DeskRequest) -> HttpResponse:
    """Somebody has read that the house shows more now; nobody needs to be told again."""
    House.objects.keep().read_of_growth(at=clock.now())
    return HttpResponseRedirect(reverse("desk:my_day"))
