"""Mail of the house: its addresses, the way in and the way out, and what waits or failed."""

from datetime import timedelta
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.db import transaction
from django.db.models import Max
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from amends.doors.desk.asking import DeskRequest, at_the_house
from amends.doors.desk.house_frame import is_typed, only_looks, only_who_sets, show
from amends.doors.desk.house_words import NAMES
from amends.doors.desk.pickup_words import HowItGoes, how_it_goes
from amends.ground import clock
from amends.ground.jobs.models import Recurrence
from amends.records.house.models import House
from amends.records.people.models import Team
from amends.records.post.models import Mailbox, Outgoing, Pickup, RawMail
from amends.records.post.models.mailbox import AddressKnown, AddressOfTheHouse
from amends.records.post.models.states import OutgoingState

# The worker looks every second; a silence as long as this means that it doesn't run.
_SILENCE = timedelta(minutes=15)
_SECURITY = {
    "none": gettext_lazy("not encrypted"),
    "starttls": gettext_lazy("encrypted (STARTTLS)"),
    "tls": gettext_lazy("encrypted (TLS)"),
}


class AddressForm(forms.Form):
    address = forms.EmailField(label=NAMES["address"], max_length=254)


class MailboxForm(forms.Form):
    prefix = "mailbox"
    address = forms.EmailField(label=gettext_lazy("Address"), max_length=254)
    name = forms.CharField(
        label=gettext_lazy("What you call it"), max_length=200, required=False
    )  # fmt: skip
    team = forms.ModelChoiceField(
        Team.objects.order_by("name", "id"), label=gettext_lazy("Team that answers there"),
        empty_label=None,
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@at_the_house
def page(request: DeskRequest) -> HttpResponse:
    house = House.objects.current()
    typed = request.POST if is_typed(request, "house_mail") else None
    mailbox = MailboxForm(typed if typed and "mailbox-address" in typed else None)
    address = AddressForm(
        typed if typed and "address" in typed else None, initial={"address": house.address}
    )
    form = mailbox if mailbox.is_bound else address
    if typed is None or only_looks(request):
        return _show(request, house, address, mailbox)
    if not form.is_valid() or not _kept(request, house, form):
        return _show(request, house, address, mailbox, status=422)
    messages.info(request, _("Kept. It holds from now on."))
    return HttpResponseRedirect(reverse("desk:house_mail"))


@require_POST
@at_the_house
def gone(request: DeskRequest, key: str) -> HttpResponse:
    only_who_sets(request, "house_mail")
    try:
        get_object_or_404(Mailbox, pk=key).remove(by=request.user, at=clock.now())
    except AddressOfTheHouse:
        messages.error(
            request, _("The house answers from this address. Set another one first.")
        )  # fmt: skip
    else:
        messages.info(request, _("Off the list. Mail to this address is no longer its team’s."))
    return HttpResponseRedirect(reverse("desk:house_mail"))


def _kept(request: DeskRequest, house: House, form: forms.Form) -> bool:
    said, at = form.cleaned_data, clock.now()
    if isinstance(form, AddressForm):
        with transaction.atomic():
            house.set(address=said["address"], by=request.user, at=at)
            Mailbox.objects.receive_at(house.address)
        return True
    try:
        Mailbox.objects.add(
            address=said["address"], name=said["name"] or said["address"], team=said["team"],
            by=request.user, at=at,
        )  # fmt: skip
    except AddressKnown:
        form.add_error("address", _("Mail to this address comes in already."))
        return False
    return True


def _show(
    request: DeskRequest, house: House, address: AddressForm, mailbox: MailboxForm,
    status: int = 200,
) -> HttpResponse:  # fmt: skip
    form = mailbox if mailbox.is_bound else address
    context = {
        "address_form": address,
        "mailbox_form": mailbox,
        "house": house,
        "mailboxes": _mailboxes(),
        "unread": form.is_bound and bool(form.errors),
        "effects": _effects(house, form) if form.is_bound and form.is_valid() else [],
        **_ways(),
        **_state(),
    }
    return show(request, "house_mail", "mail", context, status=status)


def _mailboxes() -> list[tuple[Mailbox, Pickup | None, HowItGoes | None]]:
    now = clock.now()
    known = Mailbox.objects.select_related("team", "pickup").order_by("address", "id")
    pickups = [(mailbox, getattr(mailbox, "pickup", None)) for mailbox in known]
    return [(one, pickup, how_it_goes(pickup, now) if pickup else None) for one, pickup in pickups]


def _effects(house: House, form: forms.Form) -> list[str]:
    address = form.cleaned_data["address"]
    if isinstance(form, MailboxForm):
        team = form.cleaned_data["team"].name
        return [
            _("A new mail to %(address)s goes to %(team)s.") % {"address": address, "team": team}
        ]
    if address.lower() == house.address:
        return []
    return [
        _("What begins from now on is answered from %(address)s.") % {"address": address},
        _("Mail to %(address)s still comes in.") % {"address": house.address},
    ]


def _ways() -> dict[str, Any]:
    return {
        "lmtp": f"{settings.LMTP_HOST}:{settings.LMTP_PORT}",
        "smtp": f"{settings.SMTP_HOST}:{settings.SMTP_PORT}",
        "smtp_user": settings.SMTP_USER,
        "smtp_security": _SECURITY.get(settings.SMTP_SECURITY, settings.SMTP_SECURITY),
    }


def _state() -> dict[str, Any]:
    now = clock.now()
    waiting = Outgoing.objects.filter(state__in=(OutgoingState.QUEUED, OutgoingState.SENDING))
    failed = Outgoing.objects.filter(state=OutgoingState.REFUSED).order_by("-refused_at", "-id")
    delayed = waiting.exclude(server_answer="").order_by("-next_try_at", "-id")
    seen_at = Recurrence.objects.aggregate(last=Max("last_run_at"))["last"]
    return {
        "now": now,
        "waiting_out": waiting.count(),
        "held": Outgoing.objects.held().count(),
        "waiting_in": RawMail.objects.waiting().count(),
        "failed": failed.first(),
        "delayed": delayed.first(),
        "worker_at": seen_at,
        "worker_silent": seen_at is None or now - seen_at > _SILENCE,
    }
