"""The survey: two questions and a box, then, for who likes, one more minute."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from amends.doors.portal.asking import kept_from_others, speaking_to
from amends.doors.portal.survey_forms import MoreForm, SurveyForm
from amends.ground import clock
from amends.ground.rates import too_many
from amends.records.aftercare.models import AlreadyAnswered, NothingAnswered, Survey
from amends.records.aftercare.survey_links import SurveyLinkUnreadable, survey_behind

_ANSWERS_AN_HOUR = 30


@require_safe
def page(request: HttpRequest, token: str) -> HttpResponse:
    survey = _find(token)
    if survey is None:
        return render(request, "portal/unreadable.html", status=404)
    with speaking_to(request, survey.complaint.contact):
        return _show(request, survey, token)


@require_POST
def answer(request: HttpRequest, token: str) -> HttpResponse:
    survey = _find(token)
    if survey is None:
        return render(request, "portal/unreadable.html", status=404)
    with speaking_to(request, survey.complaint.contact):
        form = SurveyForm(request.POST)
        if form.is_valid() and too_many(request, "survey", _ANSWERS_AN_HOUR):
            form.add_error(None, _("That was a lot for one hour. Your words are kept below."))
        if not form.is_valid():
            return _show(request, survey, token, form=form, status=422)
        try:
            survey.answer(**form.cleaned_data, language=get_language() or "", at=clock.now())
        except NothingAnswered:
            form.add_error(None, _("Choose an answer, or write a few words."))
            return _show(request, survey, token, form=form, status=422)
        except AlreadyAnswered:
            # Twice the same answer, as with the back button, changes nothing.
            pass
        return HttpResponseRedirect(reverse("portal:survey", args=[token]))


@require_POST
def more(request: HttpRequest, token: str) -> HttpResponse:
    survey = _find(token)
    if survey is None:
        return render(request, "portal/unreadable.html", status=404)
    with speaking_to(request, survey.complaint.contact):
        form = MoreForm(request.POST, items=survey.items)
        if not form.is_valid():
            return _show(request, survey, token, more_form=form, status=422)
        try:
            survey.say_more(form.answers(), at=clock.now())
            messages.info(request, _("Thank you. That is all."))
        except AlreadyAnswered:
            pass
        return HttpResponseRedirect(reverse("portal:survey", args=[token]))


def _show(
    request: HttpRequest,
    survey: Survey,
    token: str,
    *,
    form: SurveyForm | None = None,
    more_form: MoreForm | None = None,
    status: int = 200,
) -> HttpResponse:
    # A template of the portal gets no record: nothing internal can slip out.
    context = {
        "token": token,
        "form": form or SurveyForm(),
        "more_form": more_form or MoreForm(items=survey.items),
        "goal": survey.complaint.goal,
        "open": survey.can_be_answered,
        "may_say_more": survey.can_say_more,
        "answered": survey.answered_at is not None,
        "bad": survey.is_bad,
    }
    return kept_from_others(render(request, "portal/survey.html", context, status=status))


def _find(token: str) -> Survey | None:
    try:
        key: UUID = survey_behind(token)
    except SurveyLinkUnreadable:
        return None
    return Survey.objects.with_contact().filter(pk=key).first()
