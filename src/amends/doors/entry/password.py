"""A forgotten password: the answer is the same whoever asks, and for whomever."""

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from amends.doors.entry.looked import note_password
from amends.doors.entry.newcomer import PasswordField
from amends.ground import clock
from amends.ground.rates import too_many, too_many_of
from amends.records.joining.refusals import LinkOver
from amends.records.joining.resetting import send_link, set_by_link
from amends.records.joining.tokens import person_behind
from amends.records.post.addresses import can_be_written_to

_ASKED_AN_HOUR = 20
_LETTERS_AN_HOUR = 3
_TRIED_AN_HOUR = 60


class AskForm(forms.Form):
    email = forms.EmailField(
        label=_("E-mail"), widget=forms.EmailInput(attrs={"autocomplete": "username"})
    )


class NewPasswordForm(forms.Form):
    password = PasswordField(label=_("New password"))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest) -> HttpResponse:
    if request.method != "POST":
        return render(request, "entry/forgotten.html", {"form": AskForm()})
    form = AskForm(request.POST)
    if form.is_valid() and too_many(request, "password", _ASKED_AN_HOUR):
        form.add_error(None, _("Too many tries. Wait an hour, then try again."))
    if not form.is_valid():
        return render(request, "entry/forgotten.html", {"form": form}, status=422)
    _have_it_written(form.cleaned_data["email"].lower())
    return render(request, "entry/asked.html", {"email": form.cleaned_data["email"]})


def _have_it_written(email: str) -> None:
    """Leave the address to the worker, known or not: nothing here takes longer for either."""
    if can_be_written_to(email) and not too_many_of("password", email, _LETTERS_AN_HOUR):
        now = clock.now()
        send_link.using(run_after=now).enqueue(email, get_language() or "en", now.isoformat())


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def choose(request: HttpRequest, token: str) -> HttpResponse:
    """The page behind the link; opening it changes nothing, its button does."""
    posted = request.method == "POST"
    form = NewPasswordForm(request.POST if posted else None)
    try:
        person = person_behind(token, at=clock.now())
        if posted and not too_many(request, "new-password", _TRIED_AN_HOUR) and form.is_valid():
            with transaction.atomic():
                person = set_by_link(token, form.cleaned_data["password"], at=clock.now())
                note_password(request, person)
            messages.info(request, gettext("Your new password holds from now on. Sign in with it."))
            return HttpResponseRedirect(reverse("account_login"))
    except LinkOver:
        return render(request, "entry/over.html", status=410)
    context = {"form": form, "token": token, "person": person}
    return render(request, "entry/new_password.html", context, status=422 if posted else 200)
