"""A legal hold on a customer: put with a reason, and lifted."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from amends.doors.desk.asking import DeskRequest, at_the_house
from amends.doors.desk.forms import DateField
from amends.doors.desk.sentences import sentence_for
from amends.ground import clock
from amends.records.retention import erasing
from amends.records.retention.models import HoldRefused, LegalHold


class HoldForm(forms.Form):
    why = forms.CharField(label=gettext_lazy("Why it is held"), max_length=300)
    review_date = DateField(label=gettext_lazy("Look again on"), required=False)


@require_POST
@at_the_house
def put(request: DeskRequest, key: str) -> HttpResponse:
    customer = get_object_or_404(erasing.within_reach_of(request.user), pk=key)
    form = HoldForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Say why it is held; a date is not needed, but has to be one."))
        return _back(key)
    said: dict[str, Any] = form.cleaned_data
    return _act(
        request, key, _("Held. Nothing of this customer goes until somebody lifts it."),
        lambda: LegalHold.objects.put(customer, **said, by=request.user, at=clock.now()),
    )  # fmt: skip


@require_POST
@at_the_house
def lift(request: DeskRequest, key: str) -> HttpResponse:
    customer = get_object_or_404(erasing.within_reach_of(request.user), pk=key)
    hold = LegalHold.objects.filter(customer=customer).order_by("-at", "-id").first()
    if hold is None:
        return _back(key)
    return _act(
        request, key, _("Lifted. What the house has set holds for this customer again."),
        lambda: hold.lift(by=request.user, at=clock.now()),
    )  # fmt: skip


def _act(
    request: DeskRequest, key: str, done: str, verb: Callable[[], object]
) -> HttpResponseRedirect:
    try:
        verb()
    except HoldRefused as refusal:
        messages.error(request, sentence_for(refusal))
    else:
        messages.info(request, done)
    return _back(key)


def _back(key: str) -> HttpResponseRedirect:
    return HttpResponseRedirect(reverse("desk:customer_erasing", args=[key]))
