"""Erasing a customer: found by an address or a number, shown what goes, confirmed by typing."""

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from amends.doors.desk.asking import DeskRequest, at_the_house
from amends.doors.desk.erasing_words import counted
from amends.doors.desk.extract import may_be_taken
from amends.doors.desk.house_frame import show
from amends.doors.desk.legal_hold import HoldForm
from amends.doors.desk.looked import looked
from amends.doors.desk.sentences import sentence_for
from amends.ground import clock
from amends.records.customers.models import Customer
from amends.records.looking.models import What
from amends.records.retention import erasing
from amends.records.retention.models import LegalHold

_MOST = 20


class ConfirmingForm(forms.Form):
    """Typed, not clicked: nobody erases a customer by a slip of the hand."""

    typed = forms.CharField(
        label=gettext_lazy("Type the name, an address or a number of this customer"),
        max_length=320, widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )  # fmt: skip

    def __init__(self, data: object = None, *, customer: Customer) -> None:
        super().__init__(data)  # type: ignore[arg-type]
        self._customer = customer

    def clean_typed(self) -> str:
        typed: str = self.cleaned_data["typed"]
        if typed.strip().casefold() not in erasing.goes_by(self._customer):
            raise forms.ValidationError(_("That is not what this customer goes by."))
        return typed


@require_safe
@at_the_house
def find(request: DeskRequest) -> HttpResponse:
    typed = request.GET.get("who", "").replace("\0", "").strip()[:320]
    found = list(erasing.look_up(typed, by=request.user)[: _MOST + 1]) if typed else []
    if typed:
        looked(request, What.SEARCH, found=len(found[:_MOST]))
    if len(found) == 1:
        return HttpResponseRedirect(reverse("desk:customer_erasing", args=[found[0].pk]))
    context = {"typed": typed, "found": found[:_MOST]}
    return show(request, "house_keeping", "erasing_find", context)


@require_http_methods(["GET", "HEAD", "POST"])
@at_the_house
def page(request: DeskRequest, key: str) -> HttpResponse:
    customer = get_object_or_404(erasing.within_reach_of(request.user), pk=key)
    form = ConfirmingForm(request.POST if request.method == "POST" else None, customer=customer)
    if form.is_bound and form.is_valid():
        try:
            erasing.erase_customer(customer, by=request.user, at=clock.now())
        except erasing.ErasingRefused as refusal:
            return _show(request, customer, form, refusal)
        messages.info(request, _("Erased. The files go from the disk within two nights."))
        return HttpResponseRedirect(reverse("desk:house_changes"))
    try:
        erasing.must_be_erasable(customer, by=request.user)
    except erasing.ErasingRefused as refusal:
        return _show(request, customer, form, refusal)
    return _show(request, customer, form)


def _show(
    request: DeskRequest, customer: Customer, form: ConfirmingForm,
    refusal: erasing.ErasingRefused | None = None,
) -> HttpResponse:  # fmt: skip
    looked(request, What.CUSTOMER, customer=customer)
    context = {
        "customer": customer,
        "addresses": list(customer.addresses.order_by("address", "id")),
        "form": form,
        "hold": LegalHold.objects.standing().filter(customer=customer).select_related("by").first(),
        "hold_form": HoldForm(),
        "held_cases": LegalHold.objects.standing().filter(contact__customer=customer)
        .select_related("contact").order_by("at", "id"),
        "may_be_taken": may_be_taken(request.user, customer),
        "refused": sentence_for(refusal) if refusal else "",
        "goes": counted(erasing.what_goes(customer)),
    }  # fmt: skip
    wrong = refusal is not None or bool(form.errors)
    status = 422 if form.is_bound and wrong else 200
    return show(request, "house_keeping", "erasing", context, status=status)
