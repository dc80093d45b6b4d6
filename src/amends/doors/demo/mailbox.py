"""The customers' mailbox: one reads what customers received, and answers as them."""

import smtplib

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from amends.doors.demo import letters
from amends.doors.demo.guard import only_here
from amends.ground import clock
from amends.records.house.models import House


class AnswerForm(forms.Form):
    text = forms.CharField(label=gettext_lazy("Answer"), max_length=20_000)


class NewMailForm(forms.Form):
    name = forms.CharField(label=gettext_lazy("Name"), max_length=120)
    address = forms.EmailField(label=gettext_lazy("E-mail"))
    subject = forms.CharField(label=gettext_lazy("Subject"), max_length=200)
    text = forms.CharField(label=gettext_lazy("What happened"), max_length=20_000)


@require_safe
@only_here
def page(request: HttpRequest) -> HttpResponse:
    return render(request, "demo/mailbox.html", {"received": letters.received()})


@require_safe
@only_here
def letter(request: HttpRequest, key: str) -> HttpResponse:
    return _show(request, key, AnswerForm())


@require_POST
@only_here
def answer(request: HttpRequest, key: str) -> HttpResponse:
    form = AnswerForm(request.POST)
    one = letters.received_one(key)
    if one is None:
        raise Http404
    if form.is_valid():
        subject = one.letter.subject
        sent = _send(
            form, name=one.to_name, address=one.to, text=form.cleaned_data["text"],
            subject=subject if subject.lower().startswith("re:") else f"Re: {subject}",
            answers=one.letter,
        )  # fmt: skip
        if sent:
            messages.info(request, _("Sent. It is on the desk in a moment."))
            return HttpResponseRedirect(reverse("demo:mailbox"))
    return _show(request, key, form, status=422)


@require_http_methods(["GET", "HEAD", "POST"])
@only_here
def write(request: HttpRequest) -> HttpResponse:
    form = NewMailForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and _send(form, **form.cleaned_data):
        messages.info(request, _("Sent. It is on the desk in a moment."))
        return HttpResponseRedirect(reverse("demo:mailbox"))
    status = 422 if request.method == "POST" else 200
    return render(request, "demo/write.html", {"form": form}, status=status)


def _send(form: forms.Form, **mail: object) -> bool:
    house = House.objects.current()
    try:
        letters.write(to=house.address, at=clock.now(), **mail)  # type: ignore[arg-type]
    except (OSError, smtplib.SMTPException):
        form.add_error(None, _("The mail door is closed just now. Your words are kept; try again."))
        return False
    return True


def _show(request: HttpRequest, key: str, form: forms.Form, status: int = 200) -> HttpResponse:
    one = letters.received_one(key)
    if one is None:
        raise Http404
    return render(request, "demo/letter.html", {"one": one, "form": form}, status=status)
