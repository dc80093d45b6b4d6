from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from amends.doors.desk.answers import act, back_to
from amends.doors.desk.asking import DeskRequest, at_the_desk, contact_seen_by
from amends.doors.desk.forms import VerdictForm


@require_POST
@at_the_desk
def create(request: DeskRequest, reference: str) -> HttpResponse:
    contact = contact_seen_by(request.user, reference)
    form = VerdictForm(request.POST)
    if not form.is_valid():
        return back_to(contact)
    kind = form.cleaned_data["kind"]
    answer = act(request, contact, lambda at: contact.decide(kind, by=request.user, at=at))
    if contact.kind == kind:
        said = {
            "complaint": _("%(reference)s is a complaint."),
            "question": _("%(reference)s is a question."),
            "nothing": _("%(reference)s is set aside."),
        }
        undo = f"undo-verdict {contact.reference}"
        messages.info(request, said[kind] % {"reference": contact.reference}, undo)
    return _onwards(request, answer)


@require_POST
@at_the_desk
def undo(request: DeskRequest, reference: str) -> HttpResponse:
    contact = contact_seen_by(request.user, reference)
    return act(request, contact, lambda at: contact.undo_verdict(by=request.user, at=at))


def _onwards(request: DeskRequest, answer: HttpResponse) -> HttpResponse:
    # Set aside from My day, one goes on there; a complaint one wants to open.
    if request.POST.get("then") == "day":
        from django.urls import reverse

        return HttpResponseRedirect(reverse("desk:my_day"))
    return answer
