"""A provider's permission to open a mailbox: our program is named, then one signs in there."""

from typing import Any
from urllib.parse import urlsplit

from django import forms
from django.conf import settings
from django.contrib import messages
from django.core.validators import RegexValidator
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from amends.doors.desk.asking import DeskRequest, at_the_house
from amends.doors.desk.house_frame import is_typed, only_looks, only_who_sets, show
from amends.doors.desk.mailbox_pickup import ONE_LINE, first_server
from amends.ground import clock, oauth
from amends.ground.loopback import is_loopback
from amends.ground.sealing import CannotUnseal
from amends.records.post.models import Grant, Mailbox, Pickup
from amends.records.post.providers import PROVIDERS

_ASKED = "mailbox_grant"


class GrantForm(forms.Form):
    provider = forms.ChoiceField(
        label=gettext_lazy("Provider"), choices=[(key, one.name) for key, one in PROVIDERS.items()]
    )
    user = forms.CharField(
        label=gettext_lazy("Address of the mailbox there"), max_length=320, validators=[ONE_LINE]
    )
    client_id = forms.CharField(
        label=gettext_lazy("Client ID"), max_length=300, validators=[ONE_LINE],
        help_text=gettext_lazy("You get it at the provider, where you register this program."),
    )  # fmt: skip
    client_secret = forms.CharField(
        label=gettext_lazy("Client secret"), max_length=1000, validators=[ONE_LINE],
        widget=forms.PasswordInput({"autocomplete": "off"}),
    )  # fmt: skip
    tenant = forms.CharField(
        label=gettext_lazy("Directory (tenant) ID, at Microsoft"), max_length=100, required=False,
        validators=[RegexValidator(r"^[A-Za-z0-9.-]*\Z")],
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@at_the_house
def page(request: DeskRequest, key: str) -> HttpResponse:
    mailbox = get_object_or_404(Mailbox.objects.select_related("grant"), pk=key)
    if not is_typed(request, "house_mail"):
        return _show(request, mailbox, GrantForm(initial=_initial(mailbox)))
    form = GrantForm(request.POST)
    if only_looks(request) or not form.is_valid():
        return _show(request, mailbox, form, status=200 if only_looks(request) else 422)
    said = form.cleaned_data
    said["tenant"] = said["tenant"] or "organizations"
    Grant.objects.prepare(mailbox, **said, by=request.user, at=clock.now())
    return HttpResponseRedirect(reverse("desk:house_grant", args=[mailbox.pk]))


@require_safe
@at_the_house
def go(request: DeskRequest, key: str) -> HttpResponse:
    """Send the administrator to the provider; what comes back has to know what is noted here."""
    only_who_sets(request, "house_mail")
    grant = get_object_or_404(Grant, mailbox=key)
    state, verifier = oauth.drawn(), oauth.drawn()
    request.session[_ASKED] = {"state": state, "verifier": verifier, "mailbox": str(key)}
    try:
        client = grant.client(redirect())
    except CannotUnseal:
        messages.error(request, _("The secret can’t be opened with the house’s key. Type it anew."))
        return HttpResponseRedirect(reverse("desk:house_grant", args=[key]))
    return HttpResponseRedirect(
        oauth.where_to_ask(
            grant.endpoints, client, state=state, verifier=verifier, user=grant.user
        )
    )  # fmt: skip


@require_safe
@at_the_house
def back(request: DeskRequest) -> HttpResponse:
    """Take the permission that the provider sends the administrator back with, once."""
    only_who_sets(request, "house_mail")
    asked = request.session.pop(_ASKED, None)
    if not asked or not constant_time_compare(asked["state"], request.GET.get("state", "")):
        raise Http404
    grant = get_object_or_404(Grant.objects.select_related("mailbox"), mailbox=asked["mailbox"])
    if trouble := _redeemed(request, grant, asked["verifier"]):
        messages.error(request, trouble)
        return HttpResponseRedirect(reverse("desk:house_grant", args=[grant.mailbox_id]))
    messages.info(request, _("The permission is there. A worker goes to the mailbox now."))
    return HttpResponseRedirect(reverse("desk:house_pickup", args=[grant.mailbox_id]))


def redirect() -> str:
    """Where the provider sends people back to; it has to be told beforehand."""
    return settings.HOUSE_URL.rstrip("/") + reverse("desk:house_grant_back")


def _redeemed(request: DeskRequest, grant: Grant, verifier: str) -> str:
    """Fetch the tokens and arrange the picking up; return what is to be said if that can't be."""
    code = request.GET.get("code", "")
    if not code:
        return _("The provider gave no permission: %(answer)s.") % {
            "answer": request.GET.get("error", "")[:100]
        }
    try:
        client = grant.client(redirect())
        tokens = oauth.redeem(grant.endpoints, client, code=code, verifier=verifier)
    except oauth.Refused as no:
        return _("The provider gave no permission: %(answer)s.") % {"answer": no}
    except oauth.Unanswered as nothing:
        return _("The provider could not be asked: %(answer)s.") % {"answer": nothing}
    if not tokens.refresh:
        return _(
            "The provider gave a permission that ends within the hour. Ask it for one that lasts."
        )
    at = clock.now()
    grant.give(tokens, by=request.user, at=at)
    server = first_server(grant, at)
    Pickup.objects.arrange(grant.mailbox, server, grant=grant, by=request.user, at=at)
    return ""


def _initial(mailbox: Mailbox) -> dict[str, Any]:
    known = getattr(mailbox, "grant", None)
    if known is None:
        return {"user": mailbox.address}
    return {name: getattr(known, name) for name in ("provider", "user", "client_id", "tenant")}


def _show(
    request: DeskRequest, mailbox: Mailbox, form: GrantForm, status: int = 200
) -> HttpResponse:
    grant = getattr(mailbox, "grant", None)
    house = urlsplit(settings.HOUSE_URL)
    context = {
        "mailbox": mailbox,
        "form": form,
        "grant": grant,
        "redirect": redirect(),
        "is_reachable": house.scheme == "https" or is_loopback(house.hostname or ""),
        "unread": form.is_bound and bool(form.errors),
        "effects": [_("Nothing happens until you have signed in at the provider.")]
        if form.is_bound and form.is_valid() else [],
    }  # fmt: skip
    return show(request, "house_mail", "grant", context, status=status)
