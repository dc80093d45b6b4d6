from datetime import datetime

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_POST

from amends.doors.desk.answers import act, typed
from amends.doors.desk.asking import DeskRequest, complaint_seen_by, who_answers
from amends.doors.desk.forms import ClosingForm, ConfirmationForm


@require_POST
@who_answers
def create(request: DeskRequest, reference: str) -> HttpResponse:
    """Close on the spot, or as a lead with a reason."""
    complaint = complaint_seen_by(request.user, reference)
    form = ClosingForm(request.POST, prefix="closing")

    def close(at: datetime) -> None:
        reason, why = form.cleaned_data["reason"], form.cleaned_data["why"]
        if reason == "on_the_spot":
            complaint.close_on_the_spot(by=request.user, at=at, how=why)
        else:
            complaint.close_as_lead(by=request.user, at=at, reason=reason, why=why)

    return typed(request, complaint.contact, form, close, name="closing")


@require_POST
@who_answers
def confirm(request: DeskRequest, reference: str) -> HttpResponse:
    """Record the customer's yes that stands in a message of theirs."""
    complaint = complaint_seen_by(request.user, reference)
    form = ConfirmationForm(request.POST)
    key = form.cleaned_data["message"] if form.is_valid() else None
    message = get_object_or_404(complaint.contact.messages, pk=key)
    return act(
        request, complaint.contact,
        lambda at: complaint.confirmed_in(message, by=request.user, at=at),
    )  # fmt: skip
