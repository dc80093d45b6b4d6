"""Six questions, one a page, each skipped or answered; the house remembers how far it came."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import redirect_to_login
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from amends.doors.entry import question_forms as ask
from amends.doors.entry.asking import PersonRequest
from amends.doors.entry.trying import Trial
from amends.ground import clock
from amends.records.house.models import House


@dataclass(frozen=True)
class Question:
    key: str
    title: str | Promise
    why: str | Promise
    form: type[ask.QuestionForm]


QUESTIONS = (
    Question("name", _("What is your house called?"),
             _("It stands above every page and under every letter."), ask.NameForm),
    Question("logo", _("Have you a logo?"),
             _("Customers see it above the page on which they tell what happened."), ask.LogoForm),
    Question("address", _("Where do customers write to?"),
             _("Mail to this address becomes a case here."), ask.AddressForm),
    Question("languages", _("Which languages do you answer in?"),
             _("The page for customers speaks these, and letters go out in them."),
             ask.LanguagesForm),
    Question("hours", _("When does somebody answer?"),
             _("All clocks count these hours only."), ask.HoursForm),
    Question("sells", _("What do you sell?"),
             _("A few words, as you would say them. They are kept for the suggestions to come."),
             ask.SellsForm),
)  # fmt: skip
ASKED_LATER = ("logo", "languages", "sells")
View = Callable[..., HttpResponse]


def while_set_up(view: View) -> View:
    """Let in an administrator of a house that isn't set up yet; to others there is no such page."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        house = House.objects.current()
        if settings.DEMO or house.set_up_at:
            raise Http404
        if not request.user.is_authenticated:
            return redirect_to_login(reverse("entry:setup"))
        if not request.user.administers:
            raise Http404
        answer = view(request, House.objects.keep(), *args, **kwargs)
        answer["Cache-Control"] = "private, no-store"
        return answer

    return guarded


@require_http_methods(["GET", "HEAD", "POST"])
@while_set_up
def question(request: PersonRequest, house: House, number: int) -> HttpResponse:
    if number == len(QUESTIONS) + 1:
        return HttpResponseRedirect(reverse("entry:ready"))
    if not 1 <= number <= len(QUESTIONS):
        raise Http404
    asked = QUESTIONS[number - 1]
    if request.method != "POST":
        return _show(request, number, asked.form(house=house))
    if "skip" in request.POST:
        return _go_on(house, number)
    form = asked.form(request.POST, request.FILES, house=house)
    if not form.is_valid():
        return _show(request, number, form, status=422)
    with transaction.atomic():
        form.keep(house)
        return _go_on(house, number)


def _go_on(house: House, number: int) -> HttpResponse:
    house.go_through(number)
    return HttpResponseRedirect(reverse("entry:question", args=[number + 1]))


def _show(
    request: PersonRequest, number: int, form: ask.QuestionForm, status: int = 200
) -> HttpResponse:
    context = {
        "asked": QUESTIONS[number - 1], "form": form, "number": number, "of": len(QUESTIONS),
        "before": number - 1, "action": reverse("entry:question", args=[number]),
    }  # fmt: skip
    return render(request, "entry/question.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def later(request: PersonRequest, key: str) -> HttpResponse:
    """Ask once more, in a house that is set up, what has no other page: to the administrator."""
    asked = next((one for one in QUESTIONS if one.key == key and key in ASKED_LATER), None)
    if asked is None or not request.user.administers:
        raise Http404
    house, status = House.objects.keep(), 200
    form = asked.form(house=house)
    if request.method == "POST":
        if key == "logo" and "remove" in request.POST:
            house.take_logo_down()
            return HttpResponseRedirect(reverse("desk:house"))
        form, status = asked.form(request.POST, request.FILES, house=house), 422
        if form.is_valid():
            form.keep(house)
            return HttpResponseRedirect(reverse("desk:house"))
    context = {"asked": asked, "form": form, "action": reverse("entry:later", args=[key])}
    answer = render(request, "entry/question.html", context, status=status)
    answer["Cache-Control"] = "private, no-store"
    return answer


@require_safe
@while_set_up
def ready(request: PersonRequest, house: House) -> HttpResponse:
    """The link for customers, how mail gets here, and a try of mail both ways."""
    trial = Trial(request, house)
    trial.begin_waiting()
    context = {
        "trial": trial,
        "portal_url": f"{settings.HOUSE_URL.rstrip('/')}/",
        "lmtp_host": settings.LMTP_HOST,
        "lmtp_port": settings.LMTP_PORT,
        "smtp": f"{settings.SMTP_HOST}:{settings.SMTP_PORT}",
        "last": len(QUESTIONS),
    }
    return render(request, "entry/ready.html", context)


@require_safe
@while_set_up
def trials(request: PersonRequest, house: House) -> HttpResponse:
    """What the page asks for every two seconds: has the mail gone, has one come?"""
    return render(request, "entry/trials.html", {"trial": Trial(request, house)})


@require_POST
@while_set_up
def send(request: PersonRequest, house: House) -> HttpResponse:
    Trial(request, house).send(at=clock.now())
    return HttpResponseRedirect(f"{reverse('entry:ready')}#mail")


@require_POST
@while_set_up
def finish(_request: PersonRequest, house: House) -> HttpResponse:
    house.finish_set_up(at=clock.now())
    return HttpResponseRedirect(reverse("desk:my_day"))
