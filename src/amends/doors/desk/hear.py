"""Hear: take down what is told on the phone, at the counter or in a letter."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from amends.doors.desk.answers import back_to
from amends.doors.desk.asking import DeskRequest, who_hears
from amends.doors.desk.hear_forms import HearForm
from amends.doors.desk.looked import looked
from amends.doors.desk.sentences import REFUSALS, sentence_for
from amends.ground import clock
from amends.records.complaints.callers import caller, callers
from amends.records.complaints.models import Contact
from amends.records.complaints.taking_down import take_down
from amends.records.house import privacy
from amends.records.looking.models import What


@require_safe
@who_hears
def page(request: DeskRequest) -> HttpResponse:
    return _show(request, HearForm(person=request.user))


@require_POST
@who_hears
def create(request: DeskRequest) -> HttpResponse:
    if "find" in request.POST:
        # With scripts off a button looks for the customer; what was typed so far stays.
        again = HearForm(person=request.user, initial=request.POST.dict())
        return _show(request, again, unfolded=True)
    form = HearForm(request.POST, person=request.user)
    if form.is_valid():
        try:
            contact = take_down(form.taken_down(), by=request.user, at=clock.now())
        except REFUSALS as refusal:
            form.add_error(None, sentence_for(refusal))
        else:
            return _go_on(request, contact)
    return _show(request, form, status=422, unfolded=True)


@require_safe
@who_hears
def find(request: DeskRequest) -> HttpResponse:
    """Show who fits what is typed, as it is typed."""
    asked = {name: request.GET.get(name, "") for name in ("q", "customer")}
    return render(request, "desk/hear/found.html", _found(request, asked))


def _show(
    request: DeskRequest, form: HearForm, *, status: int = 200, unfolded: bool = False
) -> HttpResponse:
    asked = {name: form[name].value() or "" for name in ("q", "customer")}
    aloud = privacy.aloud(request.house, get_language() or "")
    context = {"form": form, "unfolded": unfolded, "aloud": aloud, **_found(request, asked)}
    return render(request, "desk/hear/page.html", context, status=status)


def _found(request: DeskRequest, asked: dict[str, str]) -> dict[str, Any]:
    """Find the few who fit; whoever is chosen already stays, first."""
    chosen = caller(request.user, asked["customer"]) if asked["customer"] else None
    found = callers(request.user, asked["q"])
    if chosen:
        found = [chosen, *(customer for customer in found if customer != chosen)][: len(found) or 1]
    if found:
        looked(request, What.SEARCH, found=len(found))
    return {"found": found, "chosen": chosen, "words": asked["q"].strip(), "now": clock.now()}


def _go_on(request: DeskRequest, contact: Contact) -> HttpResponse:
    """Go to the new case; it may have gone to a closed team that has this customer's case."""
    seen = Contact.objects.visible_to(request.user).filter(pk=contact.pk).exists()
    if seen:
        messages.info(request, _("Taken down."), "kept hear")
        return back_to(contact)
    said = _("Taken down, and given to the team that has an open case of this customer.")
    messages.info(request, said, "kept hear")
    return HttpResponseRedirect(reverse("desk:my_day"))
