"""Whose a case is: the sender of what was passed on, and who writes for somebody else."""

from datetime import datetime

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from amends.doors.desk.answers import act, typed
from amends.doors.desk.asking import DeskRequest, contact_seen_by, who_answers
from amends.doors.desk.whose_forms import RepresentativeForm, SenderForm, WritesForForm
from amends.records.complaints.whose import (
    add_representative,
    confirm_sender,
    remove_representative,
    write_for,
)


@require_POST
@who_answers
def sender(request: DeskRequest, reference: str) -> HttpResponse:
    """Say that the sender of what a colleague passed on is right, or that it is somebody else."""
    contact = contact_seen_by(request.user, reference)
    if request.POST.get("right"):
        return act(request, contact, lambda at: confirm_sender(contact, by=request.user, at=at))
    form = SenderForm(request.POST, prefix="sender")
    return typed(
        request, contact, form, name="sender_form",
        verb=lambda at: confirm_sender(contact, by=request.user, at=at, **form.cleaned_data),
    )  # fmt: skip


@require_POST
@who_answers
def writes_for(request: DeskRequest, reference: str) -> HttpResponse:
    """Say that the case is about another customer, for whom the sender writes."""
    contact = contact_seen_by(request.user, reference)
    form = WritesForForm(request.POST, prefix="for")
    return typed(
        request, contact, form, name="writes_for_form",
        verb=lambda at: write_for(contact, by=request.user, at=at, **form.cleaned_data),
    )  # fmt: skip


@require_POST
@who_answers
def represent(request: DeskRequest, reference: str) -> HttpResponse:
    contact = contact_seen_by(request.user, reference)
    form = RepresentativeForm(request.POST, prefix="representative")
    return typed(
        request, contact, form, name="representative_form",
        verb=lambda at: add_representative(contact, by=request.user, at=at, **form.cleaned_data),
    )  # fmt: skip


@require_POST
@who_answers
def represent_no_more(request: DeskRequest, reference: str, key: str) -> HttpResponse:
    contact = contact_seen_by(request.user, reference)
    representative = get_object_or_404(contact.customer.representatives, pk=key)

    def remove(at: datetime) -> None:
        remove_representative(contact, representative, by=request.user, at=at)
        said = _("%(name)s no longer writes for the customer.") % {"name": representative.name}
        messages.info(request, said)

    return act(request, contact, remove)
