from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_POST

from amends.doors.desk.answers import act
from amends.doors.desk.asking import DeskRequest, complaint_seen_by, who_answers
from amends.records.aftercare.models import CheckBack


@require_POST
@who_answers
def cancel(request: DeskRequest, reference: str) -> HttpResponse:
    """Call off the check-back that waits; the case comes back to hand."""
    complaint = complaint_seen_by(request.user, reference)
    check_back = get_object_or_404(CheckBack.objects.waiting(), complaint=complaint)
    check_back.complaint = complaint
    return act(
        request, complaint.contact,
        lambda at: check_back.cancel(by=request.user, at=at, wake=True),
    )  # fmt: skip
