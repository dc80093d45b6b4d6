"""The beginning of a house: the code of its terminal, then its first administrator."""

import uuid
from typing import Any

from django import forms
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from amends.doors.entry.newcomer import Newcomer, NewcomerForm
from amends.ground import clock
from amends.ground.rates import too_many
from amends.records.house.models import House
from amends.records.joining.beginning import first_administrator, is_set_up_code
from amends.records.joining.refusals import HouseIsTaken
from amends.records.people.models import Person
from amends.records.post.addresses import can_be_written_to

_TRIES_AN_HOUR = 30
_SHOWN = "set_up_code"


class CodeForm(forms.Form):
    code = forms.CharField(label=_("Set-up code"), max_length=60)


class AdministratorForm(NewcomerForm):
    name = forms.CharField(
        label=_("Your name"), max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )  # fmt: skip
    email = forms.EmailField(
        label=_("Your e-mail"),
        help_text=_("You sign in with it."),
        widget=forms.EmailInput(attrs={"autocomplete": "username"}),
    )
    field_order = ("name", "email", "password")

    def clean_email(self) -> str:
        email = str(self.cleaned_data["email"]).lower()
        if not can_be_written_to(email):
            raise forms.ValidationError(_("No letter can be sent to this address."))
        return email


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest) -> HttpResponse:
    """Lead to where the set-up is: the code, the first administrator, or the next question."""
    house = House.objects.current()
    if settings.DEMO or house.set_up_at:
        raise Http404
    if Person.objects.get_queryset().exists():
        return HttpResponseRedirect(reverse("entry:question", args=[_next_question(house)]))
    given = request.POST.get("code", request.GET.get("code"))
    if given is not None:
        return _take_code(request, given)
    if not is_set_up_code(request.session.get(_SHOWN, "")):
        return render(request, "entry/code.html", {"form": CodeForm()})
    return _administrator(request)


def _next_question(house: House) -> int:
    return house.set_up_to + 1


def _take_code(request: HttpRequest, given: str) -> HttpResponse:
    form = CodeForm({"code": given})
    if too_many(request, "set-up", _TRIES_AN_HOUR):
        form.add_error("code", _("Too many tries. Wait an hour, or start Amends again."))
    elif is_set_up_code(given):
        # Kept here and off the address, which lands in histories.
        request.session[_SHOWN] = given
        return HttpResponseRedirect(reverse("entry:setup"))
    else:
        form.add_error("code", _("This is not the code. It stands in the terminal of bin/run."))
    return render(request, "entry/code.html", {"form": form}, status=422)


def _administrator(request: HttpRequest) -> HttpResponse:
    posted = request.method == "POST"
    form = AdministratorForm(request.POST if posted else None)
    if posted and form.is_valid():
        try:
            if _comes_in(request, form):
                return HttpResponseRedirect(reverse("entry:setup"))
        except HouseIsTaken as taken:
            raise Http404 from taken
    name, email = str(form["name"].value() or ""), str(form["email"].value() or "")
    context: dict[str, Any] = {
        "form": form,
        "passkey": Newcomer(request, name, email).options(),
    }
    return render(request, "entry/administrator.html", context, status=422 if posted else 200)


def _comes_in(request: HttpRequest, form: AdministratorForm) -> Person | None:
    name, email = form.cleaned_data["name"], form.cleaned_data["email"]

    def join(password: str | None, key: uuid.UUID | None) -> Person:
        return first_administrator(
            name=name, email=email, password=password, key=key,
            language=get_language() or "en", at=clock.now(),
        )  # fmt: skip

    person = Newcomer(request, name, email).comes_in(form, join)
    if person:
        request.session.pop(_SHOWN, None)
    return person
