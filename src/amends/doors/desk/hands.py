from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from amends.doors.desk.answers import act, say_what_is_wrong
from amends.doors.desk.asking import DeskRequest, contact_seen_by, who_answers
from amends.doors.desk.forms import HandsForm
from amends.records.complaints.models import Contact


@require_POST
@who_answers
def update(request: DeskRequest, reference: str) -> HttpResponse:
    """Take it, give it to a colleague, or to a team's queue."""
    contact = contact_seen_by(request.user, reference)
    form = HandsForm(request.POST)
    if not form.is_valid():
        return say_what_is_wrong(request, contact, form)
    answer = act(
        request, contact,
        lambda at: contact.hand_to(
            by=request.user, at=at, why=form.cleaned_data["why"], **form.cleaned_data["to"]
        ),
        done=_("Handed over."),
    )  # fmt: skip
    still_seen = Contact.objects.visible_to(request.user).filter(pk=contact.pk).exists()
    return answer if still_seen else HttpResponseRedirect(reverse("desk:my_day"))
