from django.http import HttpResponse
from django.views.decorators.http import require_POST

from amends.doors.desk.answers import typed
from amends.doors.desk.asking import DeskRequest, complaint_seen_by, who_answers
from amends.doors.desk.forms import UnderstandingForm
from amends.records.house.books import Books


@require_POST
@who_answers
def update(request: DeskRequest, reference: str) -> HttpResponse:
    complaint = complaint_seen_by(request.user, reference)
    form = UnderstandingForm(
        request.POST, prefix="understanding", books=Books(), keeping=complaint.playbook
    )
    return typed(
        request, complaint.contact, form, name="understanding",
        verb=lambda at: complaint.understand(by=request.user, at=at, **form.cleaned_data),
    )  # fmt: skip
