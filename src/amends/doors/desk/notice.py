"""Notices: what happened to one's cases; opening a case has seen those of it."""

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST, require_safe

from amends.doors.desk.asking import DeskRequest, at_the_desk
from amends.ground import clock
from amends.records.complaints.models import Contact
from amends.records.notices.models import Notice
from amends.records.people.models import Person

_SHOWN = 100


@require_safe
@at_the_desk
def page(request: DeskRequest) -> HttpResponse:
    notices = list(Notice.objects.shown_to(request.user).newest_first()[:_SHOWN])
    context = {
        "notices": notices,
        "has_unseen": any(notice.seen_at is None for notice in notices),
        "now": clock.now(),
    }
    return render(request, "desk/notice/list.html", context)


@require_POST
@at_the_desk
def see_all(request: DeskRequest) -> HttpResponse:
    """Take all as seen, and go on where one was."""
    Notice.objects.see(request.user, at=clock.now())
    back = request.POST.get("back", "")
    safe = url_has_allowed_host_and_scheme(back, allowed_hosts=None) and back.startswith("/desk/")
    return HttpResponseRedirect(back if safe else reverse("desk:notices"))


def see_of_case(person: Person, contact: Contact) -> None:
    """Opening the case is how its notices are seen; without any, nothing is written."""
    mine = Notice.objects.unseen().filter(person=person, contact=contact)
    if mine.exists():
        Notice.objects.see(person, at=clock.now(), contact=contact)
