"""Where a mailbox's mail is picked up: server, sign-in and folders, and how it goes there."""

import re
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.conf import settings
from django.contrib import messages
from django.core.validators import RegexValidator
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from amends.doors.desk.asking import DeskRequest, at_the_house
from amends.doors.desk.house_frame import is_typed, only_looks, only_who_sets, show
from amends.doors.desk.pickup_words import SECURITY, how_it_goes
from amends.ground import clock
from amends.ground.loopback import is_loopback
from amends.ground.ui.templatetags.amends_time import letter_day
from amends.records.house.models import House
from amends.records.post.models import Grant, Mailbox, Pickup
from amends.records.post.models.pickup import PasswordMissing, Security, Server

ONE_LINE = RegexValidator(
    re.compile(r"^[^\x00-\x1f\x7f]*\Z"), gettext_lazy("This holds a line break or another control.")
)
_HOST = RegexValidator(
    re.compile(r"^[A-Za-z0-9]([A-Za-z0-9.:-]*[A-Za-z0-9])?\Z"),
    gettext_lazy("This is no name of a server."),
)
# No wildcard: a server would take it for many folders.
_FOLDER = RegexValidator(
    re.compile(r"^[^\x00-\x1f\x7f*%\"\\]*\Z"), gettext_lazy("This is no name of a folder.")
)


_FOLDERS = ("folder", "done_folder", "failed_folder")


class PickupForm(forms.Form):
    host = forms.CharField(
        label=gettext_lazy("Server (IMAP)"), max_length=255, validators=[_HOST],
        widget=forms.TextInput({"autocomplete": "off", "spellcheck": "false"}),
    )  # fmt: skip
    port = forms.IntegerField(label=gettext_lazy("Port"), min_value=1, max_value=65535, initial=993)
    security = forms.ChoiceField(label=gettext_lazy("How the line is encrypted"), choices=SECURITY)
    user = forms.CharField(
        label=gettext_lazy("Name to sign in with"), max_length=320, validators=[ONE_LINE],
        widget=forms.TextInput({"autocomplete": "off", "spellcheck": "false"}),
    )  # fmt: skip
    password = forms.CharField(
        label=gettext_lazy("Password"), max_length=1000, required=False, strip=False,
        validators=[ONE_LINE],
        widget=forms.PasswordInput({"autocomplete": "new-password"}),
        help_text=gettext_lazy("Left empty, what is set stays."),
    )  # fmt: skip
    folder = forms.CharField(
        label=gettext_lazy("Folder that mail comes into"), max_length=200, initial="INBOX",
        validators=[_FOLDER],
    )  # fmt: skip
    done_folder = forms.CharField(
        label=gettext_lazy("Folder for what was taken in"), max_length=200, validators=[_FOLDER],
        initial="Amends taken in",
    )  # fmt: skip
    failed_folder = forms.CharField(
        label=gettext_lazy("Folder for what could not be taken in"), max_length=200,
        validators=[_FOLDER], initial="Amends not taken in",
    )  # fmt: skip
    since_date = forms.DateField(
        label=gettext_lazy("Only what came on this day or later"),
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
        help_text=gettext_lazy("What is older stays where it is."),
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        folders = [said.get(name) for name in _FOLDERS]
        if len(set(folders)) < len(folders) and all(folders):
            self.add_error("done_folder", _("The three folders have to be different."))
        if said.get("security") == Security.NONE and not is_loopback(said.get("host", "")):
            self.add_error("security", _("A password goes to no other machine in the open."))
        return said

    def server(self) -> Server:
        said = {name: value for name, value in self.cleaned_data.items() if name != "password"}
        return Server(**said)


@require_http_methods(["GET", "HEAD", "POST"])
@at_the_house
def page(request: DeskRequest, key: str) -> HttpResponse:
    mailbox = get_object_or_404(Mailbox.objects.select_related("pickup"), pk=key)
    known = getattr(mailbox, "pickup", None)
    if not is_typed(request, "house_mail"):
        return _show(request, mailbox, known, PickupForm(initial=_initial(mailbox, known)))
    form = PickupForm(request.POST)
    if only_looks(request):
        return _show(request, mailbox, known, form)
    if not form.is_valid() or not _kept(request, mailbox, form):
        return _show(request, mailbox, known, form, status=422)
    messages.info(request, _("Kept. A worker goes there now; this page says how it went."))
    return HttpResponseRedirect(reverse("desk:house_pickup", args=[mailbox.pk]))


@require_POST
@at_the_house
def gone(request: DeskRequest, key: str) -> HttpResponse:
    only_who_sets(request, "house_mail")
    known = get_object_or_404(Pickup.objects.select_related("mailbox"), mailbox=key)
    known.drop(by=request.user, at=clock.now())
    messages.info(request, _("Mail is no longer picked up there. What lies there stays."))
    return HttpResponseRedirect(reverse("desk:house_mail"))


def first_server(grant: Grant, at: datetime) -> Server:
    """Return where the grant is for, with the folders that are set or usual."""
    known = Pickup.objects.filter(mailbox=grant.mailbox_id).first()
    usual = {name: PickupForm.base_fields[name].initial for name in _FOLDERS}
    folders = {name: getattr(known, name) for name in _FOLDERS} if known else usual
    there = grant.where
    return Server(
        host=there.host, port=there.port, security=there.security, user=grant.user, **folders,
        since_date=known.since_date if known else _today(at),
    )  # fmt: skip


def _today(at: datetime) -> date:
    return at.astimezone(ZoneInfo(House.objects.current().zone)).date()


def _kept(request: DeskRequest, mailbox: Mailbox, form: PickupForm) -> bool:
    try:
        Pickup.objects.arrange(
            mailbox, form.server(), password=form.cleaned_data["password"], by=request.user,
            at=clock.now(),
        )  # fmt: skip
    except PasswordMissing:
        form.add_error("password", _("For another server or name, the password is needed anew."))
        return False
    return True


def _initial(mailbox: Mailbox, known: Pickup | None) -> dict[str, Any]:
    if known is None:
        return {"user": mailbox.address, "since_date": _today(clock.now())}
    return {name: getattr(known, name) for name in PickupForm.base_fields if name != "password"}


def _show(
    request: DeskRequest, mailbox: Mailbox, known: Pickup | None, form: PickupForm,
    status: int = 200,
) -> HttpResponse:  # fmt: skip
    now = clock.now()
    context = {
        "mailbox": mailbox,
        "pickup": known,
        "form": form,
        "how": how_it_goes(known, now) if known else None,
        "in_the_demo": settings.DEMO,
        "unread": form.is_bound and bool(form.errors),
        "effects": _effects(form) if form.is_bound and form.is_valid() else [],
    }
    if known is None:
        # Nothing is set that could stay.
        form.fields["password"].required, form.fields["password"].help_text = True, ""
    return show(request, "house_mail", "pickup", context, status=status)


def _effects(form: PickupForm) -> list[str]:
    said = form.cleaned_data
    day = letter_day(said["since_date"])
    return [
        _("What came into “%(folder)s” on %(day)s or later comes in here, read or not.")
        % {"folder": said["folder"], "day": day},
        _("It lies in “%(folder)s” then. Nothing is deleted.") % {"folder": said["done_folder"]},
    ]
