"""Tell it: the form to complain, one box first."""

from django.conf import settings
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_http_methods, require_safe

from amends.doors.portal.asking import kept_from_others
from amends.doors.portal.forms import TellForm
from amends.ground import clock
from amends.ground.rates import too_many
from amends.records.complaints.intake import Told, Upload, take_in_told
from amends.records.complaints.links import LinkExpired, LinkUnreadable, contact_behind, token_for

_STORIES_AN_HOUR = 20


@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest) -> HttpResponse:
    if request.method != "POST":
        return render(request, "portal/tell.html", {"form": TellForm()})
    form = TellForm(request.POST, request.FILES)
    if form.is_valid() and not settings.DEBUG and too_many(request, "tell", _STORIES_AN_HOUR):
        form.add_error(
            None,
            gettext(
                "That was a lot for one hour. Your words are kept below; "
                "please call us, or send them a little later."
            ),
        )
    if not form.is_valid():
        return render(request, "portal/tell.html", {"form": form}, status=422)
    with transaction.atomic():
        contact = take_in_told(_told(form), at=clock.now())
        request.session["told"] = token_for(contact)
        # Saved later and in vain, they would hear that nothing was kept, and tell it twice.
        request.session.save()
    return HttpResponseRedirect(reverse("portal:told"))


def _told(form: TellForm) -> Told:
    data = form.cleaned_data
    return Told(
        channel="form",
        language=get_language() or "",
        uploads=[
            Upload(file.name, file.content_type or "", file.read()) for file in data["uploads"]
        ],
        **{name: data[name] for name in ("text", "name", "address", "phone", "wish")},
    )


@require_safe
def told(request: HttpRequest) -> HttpResponse:
    """Say that it is here, who answers and by when; only to the browser that told it."""
    token = request.session.get("told", "")
    try:
        contact = contact_behind(token)
    except (LinkUnreadable, LinkExpired):
        return HttpResponseRedirect(reverse("portal:tell"))
    # Whoever types an address into a form need not own it: the link goes there, not here.
    by_mail = bool(contact.address_of_customer())
    context = {"contact": contact, "token": "" if by_mail else token, "by_mail": by_mail}
    return kept_from_others(render(request, "portal/told.html", context))
