from django.http import HttpResponse
from django.views.decorators.http import require_POST

from amends.doors.desk.answers import typed
from amends.doors.desk.asking import DeskRequest, contact_seen_by, who_answers
from amends.doors.desk.forms import NextForm


@require_POST
@who_answers
def update(request: DeskRequest, reference: str) -> HttpResponse:
    contact = contact_seen_by(request.user, reference)
    form = NextForm(request.POST, prefix="next")
    return typed(
        request, contact, form, name="next_form",
        verb=lambda at: contact.set_next(
            text=form.cleaned_data["text"], due_at=form.due_at(), by=request.user, at=at
        ),
    )  # fmt: skip
