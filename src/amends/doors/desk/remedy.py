from datetime import datetime

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_POST

from amends.doors.desk.answers import act, say_what_is_wrong, typed
from amends.doors.desk.asking import DeskRequest, complaint_seen_by, who_answers
from amends.doors.desk.forms import DeliveryForm, RemedyForm
from amends.records.house.knowledge import CURRENCIES
from amends.records.recovery.models import Remedy


@require_POST
@who_answers
def create(request: DeskRequest, reference: str) -> HttpResponse:
    complaint = complaint_seen_by(request.user, reference)
    form = RemedyForm(request.POST, prefix="remedy")

    def decide(at: datetime) -> None:
        data = form.cleaned_data
        currency = (data["currency"] or CURRENCIES[0]) if data["cost"] is not None else ""
        Remedy.objects.decide(
            complaint, what=data["what"], cost=data["cost"], currency=currency,
            gesture=data["gesture"], by=request.user, at=at,
        )  # fmt: skip

    return typed(request, complaint.contact, form, decide, name="remedy")


@require_POST
@who_answers
def update(request: DeskRequest, reference: str, key: str) -> HttpResponse:
    """Say that it is delivered, with the proof, or drop it."""
    complaint = complaint_seen_by(request.user, reference)
    remedy = get_object_or_404(Remedy.objects.filter(complaint=complaint), pk=key)
    remedy.complaint = complaint
    if request.POST.get("dropped"):
        return act(request, complaint.contact, lambda at: remedy.drop(by=request.user, at=at))
    form = DeliveryForm(request.POST)
    if not form.is_valid():
        return say_what_is_wrong(request, complaint.contact, form)
    proof = form.cleaned_data["proof"]
    return act(
        request, complaint.contact, lambda at: remedy.deliver(by=request.user, at=at, proof=proof)
    )
