"""The points of a case: added, ticked, reworded, removed, and brought back."""

from datetime import datetime

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from amends.doors.desk.answers import act, typed
from amends.doors.desk.asking import DeskRequest, complaint_seen_by, who_answers
from amends.doors.desk.point_forms import PointForm, RewordForm
from amends.records.complaints.models import Complaint, Point


@require_POST
@who_answers
def create(request: DeskRequest, reference: str) -> HttpResponse:
    complaint = complaint_seen_by(request.user, reference)
    form = PointForm(request.POST, prefix="point")
    return typed(
        request, complaint.contact, form, name="point",
        verb=lambda at: complaint.add_point(form.cleaned_data["text"], by=request.user, at=at),
    )  # fmt: skip


@require_POST
@who_answers
def update(request: DeskRequest, reference: str, key: str) -> HttpResponse:
    """Tick the point or open it again, or put it in other words."""
    complaint = complaint_seen_by(request.user, reference)
    point = _point(complaint, key)
    if answered := request.POST.get("answered"):
        return act(
            request, complaint.contact,
            lambda at: point.answer(by=request.user, at=at, answered=answered == "yes"),
        )  # fmt: skip
    form = RewordForm(request.POST, point=point)
    return typed(
        request, complaint.contact, form, name="reworded",
        verb=lambda at: point.reword(form.cleaned_data["text"], by=request.user, at=at),
    )  # fmt: skip


@require_POST
@who_answers
def remove(request: DeskRequest, reference: str, key: str) -> HttpResponse:
    complaint = complaint_seen_by(request.user, reference)
    point = _point(complaint, key)

    def off(at: datetime) -> None:
        point.remove(by=request.user, at=at)
        back = reverse("desk:point_undo", args=[complaint.reference, point.pk])
        messages.info(request, _("“%(text)s” is removed.") % {"text": point.text}, f"undo {back}")

    return act(request, complaint.contact, off)


@require_POST
@who_answers
def undo(request: DeskRequest, reference: str, key: str) -> HttpResponse:
    complaint = complaint_seen_by(request.user, reference)
    point = _point(complaint, key)
    return act(
        request, complaint.contact, lambda at: point.bring_back(by=request.user, at=at)
    )  # fmt: skip


def _point(complaint: Complaint, key: str) -> Point:
    point = get_object_or_404(complaint.points.all(), pk=key)
    point.complaint = complaint
    return point
