from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_POST

from amends.doors.desk.answers import act, typed
from amends.doors.desk.asking import DeskRequest, complaint_seen_by, who_answers
from amends.doors.desk.forms import PointForm


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
    complaint = complaint_seen_by(request.user, reference)
    point = get_object_or_404(complaint.points.select_related("complaint"), pk=key)
    answered = request.POST.get("answered") == "yes"
    return act(
        request, complaint.contact,
        lambda at: point.answer(by=request.user, at=at, answered=answered),
    )  # fmt: skip
