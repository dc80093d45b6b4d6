"""Solved, or not solved: the customer's word, the only one that closes."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from amends.doors.portal.asking import behind_a_link
from amends.doors.portal.forms import AnswerForm
from amends.doors.portal.status import show
from amends.ground import clock
from amends.ground.rates import too_many
from amends.records.complaints.models import Contact
from amends.records.complaints.refusals import Refusal

_ANSWERS_AN_HOUR = 30


@require_POST
@behind_a_link
def create(request: HttpRequest, contact: Contact, token: str) -> HttpResponse:
    complaint = contact.complaint_or_none()
    form = AnswerForm(request.POST)
    if complaint is not None and form.is_valid() and too_many(request, "answer", _ANSWERS_AN_HOUR):
        form.add_error("words", _("That was a lot for one hour. Your words are kept below."))
    if complaint is None or not form.is_valid():
        for problems in form.errors.values():
            messages.error(request, str(problems[0]))
        return show(request, contact, token, status=422, words=request.POST.get("words", ""))
    words, now = form.cleaned_data["words"], clock.now()
    try:
        if form.cleaned_data["solved"] == "no":
            complaint.deny(words=words, at=now)
            messages.info(request, _("Thank you for saying so. It is open again, before all else."))
        elif complaint.confirm(words=words, at=now):
            messages.info(request, _("Thank you. We are glad that it is solved."))
        else:
            messages.info(request, _("Thank you. A person reads what you wrote and answers it."))
    except Refusal:
        # Twice the same answer, as with the back button, changes nothing and needs no words.
        pass
    return HttpResponseRedirect(reverse("portal:status", args=[token]))
