"""Did we understand you? The customer says yes, or corrects it; opening the page does nothing."""

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from amends.doors.portal.asking import behind_a_link
from amends.doors.portal.forms import MessageForm
from amends.ground import clock
from amends.ground.rates import too_many
from amends.records.answering.understood import paraphrase_of, understood_of
from amends.records.complaints.models import Contact, Paraphrase
from amends.records.complaints.refusals import AnsweredBefore

_ANSWERS_AN_HOUR = 30


class UnderstoodForm(forms.Form):
    right = forms.ChoiceField(
        choices=[("yes", "yes"), ("no", "no")],
        error_messages=dict.fromkeys(
            ("required", "invalid_choice"), gettext_lazy("Choose one: that is it, or it isn’t.")
        ),
    )
    words = forms.CharField(required=False, max_length=20_000, strip=True)

    def clean(self) -> dict[str, str]:
        data = super().clean() or {}
        if data.get("right") == "no" and not data.get("words") and "words" not in self.errors:
            self.add_error("words", _("Write here what is different, then we can correct it."))
        return data


@require_safe
@behind_a_link
def page(request: HttpRequest, contact: Contact, token: str) -> HttpResponse:
    paraphrase = paraphrase_of(contact)
    if paraphrase is None:
        # Nothing was asked, or it was taken back: how it stands says more than nothing.
        return HttpResponseRedirect(reverse("portal:status", args=[token]))
    return _show(request, paraphrase, token)


@require_POST
@behind_a_link
def answer(request: HttpRequest, contact: Contact, token: str) -> HttpResponse:
    paraphrase = paraphrase_of(contact)
    form = UnderstoodForm(request.POST)
    if form.is_valid() and too_many(request, "answer", _ANSWERS_AN_HOUR):
        form.add_error("words", _("That was a lot for one hour. Your words are kept below."))
    if paraphrase is None:
        return _keep_words(request, contact, token, form)
    if not form.is_valid():
        return _show(request, paraphrase, token, form=form)
    _answer(request, paraphrase, form)
    return HttpResponseRedirect(reverse("portal:understood", args=[token]))


def _answer(request: HttpRequest, paraphrase: Paraphrase, form: UnderstoodForm) -> None:
    words, now = form.cleaned_data["words"], clock.now()
    try:
        if form.cleaned_data["right"] == "no":
            paraphrase.correct(words=words, at=now)
        else:
            paraphrase.agree(words=words, at=now)
    except AnsweredBefore:
        # Twice the same answer, as with the back button, changes nothing and needs no words.
        return
    if words:
        messages.info(request, _("We have your message. A person reads it."))


def _keep_words(
    request: HttpRequest, contact: Contact, token: str, form: UnderstoodForm
) -> HttpResponse:
    """What was typed while the question went away is a message all the same."""
    if form.is_valid() and form.cleaned_data["words"]:
        contact.customer_writes(text=form.cleaned_data["words"], at=clock.now())
        messages.info(request, _("We have your message. A person reads it."))
    return HttpResponseRedirect(reverse("portal:status", args=[token]))


def _show(
    request: HttpRequest, paraphrase: Paraphrase, token: str, *, form: UnderstoodForm | None = None
) -> HttpResponse:
    # A template of the portal gets no record: nothing internal can slip out.
    context = {
        "token": token,
        "understood": understood_of(paraphrase),
        "language": paraphrase.complaint.contact.language,
        "answer": form or UnderstoodForm(),
        "form": MessageForm(),
    }
    return render(request, "portal/understood.html", context, status=422 if form else 200)
