from datetime import datetime

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from amends.doors.desk.answers import act, say_what_is_wrong
from amends.doors.desk.asking import DeskRequest, contact_seen_by, who_answers
from amends.doors.desk.forms import VerdictForm

_SAID = {
    "complaint": _("%(reference)s is a complaint."),
    "question": _("%(reference)s is a question."),
    "nothing": _("%(reference)s is set aside."),
}


@require_POST
@who_answers
def create(request: DeskRequest, reference: str) -> HttpResponse:
    contact = contact_seen_by(request.user, reference)
    form = VerdictForm(request.POST)
    if not form.is_valid():
        return say_what_is_wrong(request, contact, form)
    kind = form.cleaned_data["kind"]

    def decide(at: datetime) -> None:
        contact.decide(kind, by=request.user, at=at)
        undo = f"undo-verdict {contact.reference}"
        messages.info(request, _SAID[kind] % {"reference": contact.reference}, undo)

    return _onwards(request, act(request, contact, decide))


@require_POST
@who_answers
def undo(request: DeskRequest, reference: str) -> HttpResponse:
    contact = contact_seen_by(request.user, reference)
    return act(request, contact, lambda at: contact.undo_verdict(by=request.user, at=at))


def _onwards(request: DeskRequest, answer: HttpResponse) -> HttpResponse:
    # Set aside from My day, one goes on there; a complaint one wants to open.
    if request.POST.get("then") == "day":
        return HttpResponseRedirect(reverse("desk:my_day"))
    return answer
