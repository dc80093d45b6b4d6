from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from amends.doors.desk.answers import act, say_what_is_wrong
from amends.doors.desk.asking import DeskRequest, complaint_seen_by, who_answers
from amends.doors.desk.forms import NamedForm
from amends.records.complaints.models import Contact
from amends.records.people.models import Person


@require_POST
@who_answers
def create(request: DeskRequest, reference: str) -> HttpResponse:
    """Say that the complaint is about a colleague, who from then on never sees it."""
    complaint = complaint_seen_by(request.user, reference)
    form = NamedForm(request.POST)
    if not form.is_valid():
        return say_what_is_wrong(request, complaint.contact, form)
    person = get_object_or_404(Person, pk=form.cleaned_data["named"])
    answer = act(
        request, complaint.contact,
        lambda at: complaint.name_person(person, by=request.user, at=at),
        done=_("Noted. Whom it is about no longer sees it."),
    )  # fmt: skip
    still_seen = Contact.objects.visible_to(request.user).filter(pk=complaint.contact_id).exists()
    return answer if still_seen else HttpResponseRedirect(reverse("desk:my_day"))
