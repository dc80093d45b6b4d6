from django.http import HttpResponse
from django.views.decorators.http import require_POST

from amends.doors.desk.answers import typed
from amends.doors.desk.asking import DeskRequest, at_the_desk, contact_seen_by
from amends.doors.desk.forms import NoteForm
from amends.records.complaints.models import Note


@require_POST
@at_the_desk
def create(request: DeskRequest, reference: str) -> HttpResponse:
    contact = contact_seen_by(request.user, reference)
    form = NoteForm(request.POST, prefix="note")
    return typed(
        request, contact, form, name="note",
        verb=lambda at: Note.objects.write(
            contact, by=request.user, text=form.cleaned_data["text"], at=at
        ),
    )  # fmt: skip
