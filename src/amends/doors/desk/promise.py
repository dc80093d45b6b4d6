from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_POST

from amends.doors.desk.answers import act, typed
from amends.doors.desk.asking import DeskRequest, complaint_seen_by, who_answers
from amends.doors.desk.forms import MoveForm, PromiseForm
from amends.records.promises.models import Promise


@require_POST
@who_answers
def create(request: DeskRequest, reference: str) -> HttpResponse:
    complaint = complaint_seen_by(request.user, reference)
    form = PromiseForm(request.POST, prefix="promise")
    return typed(
        request, complaint.contact, form, name="promise",
        verb=lambda at: Promise.objects.give(
            complaint, what=form.cleaned_data["what"], due_at=form.due_at(), by=request.user, at=at
        ),
    )  # fmt: skip


@require_POST
@who_answers
def update(request: DeskRequest, reference: str, key: str) -> HttpResponse:
    """Keep the promise, or move it to another date with a reason."""
    complaint = complaint_seen_by(request.user, reference)
    promise = get_object_or_404(Promise.objects.filter(complaint=complaint), pk=key)
    promise.complaint = complaint
    if request.POST.get("kept"):
        return act(request, complaint.contact, lambda at: promise.keep(by=request.user, at=at))
    form = MoveForm(request.POST, prefix=f"move-{promise.pk}")
    return typed(
        request, complaint.contact, form, name="move",
        verb=lambda at: promise.move(
            to=form.due_at(), why=form.cleaned_data["why"], by=request.user, at=at
        ),
    )  # fmt: skip
