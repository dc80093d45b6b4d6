"""My notices: which kinds, in the desk or by mail, and the quiet hours."""

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from amends.doors.desk.asking import DeskRequest, at_the_desk
from amends.doors.desk.notice_forms import ChoiceForm, meaning, typed_as
from amends.doors.desk.sentences import sentence_for
from amends.records.notices.models import Choice, ChoiceRefused


@require_http_methods(["GET", "HEAD", "POST"])
@at_the_desk
def page(request: DeskRequest) -> HttpResponse:
    choice = Choice.objects.of(request.user)
    if request.method != "POST":
        return _show(request, choice, ChoiceForm(initial=typed_as(choice)))
    form = ChoiceForm(request.POST)
    if form.is_valid():
        try:
            choice.choose(**form.cleaned_data)
        except ChoiceRefused as refusal:
            form.add_error("quiet_from", sentence_for(refusal))
        else:
            messages.info(request, _("Kept. It holds from now on."))
            return HttpResponseRedirect(reverse("desk:my_notices"))
    return _show(request, Choice.objects.of(request.user), form, status=422)


def _show(
    request: DeskRequest, choice: Choice, form: ChoiceForm, status: int = 200
) -> HttpResponse:
    context = {"form": form, "meaning": meaning(choice), "address": request.user.email}
    return render(request, "desk/notice/choice.html", context, status=status)
