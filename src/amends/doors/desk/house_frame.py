"""The pages of the house: what each is for, who sets it, and the list beside them all."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from amends.doors.desk.asking import DeskRequest
from amends.records.people.models import Person

# The button that shows what a change would do and keeps nothing.
LOOK = "look"


@dataclass(frozen=True)
class Page:
    url: str
    icon: str
    name: str | Promise
    purpose: str | Promise
    for_administrators: bool = False
    is_only_read: bool = False
    is_for_nobody_else: bool = False

    def is_shown_to(self, person: Person) -> bool:
        return person.administers or not self.is_for_nobody_else

    def is_set_by(self, person: Person) -> bool:
        return person.administers or (person.leads and not self.for_administrators)


PAGES = (
    Page(
        "house", "store", _("House style"),
        _("How the house is called, how soon it answers and how it signs."),
    ),
    Page(
        "house_texts", "file-text", _("Texts"),
        _("What customers get by mail from the program, and what stands below a reply."),
    ),
    Page(
        "house_hours", "clock", _("Hours"),
        _("When you work. Every date that customers are given is counted in these hours."),
    ),
    Page(
        "house_holidays", "calendar-off", _("Holidays"),
        _("Days on which nobody works. No answer falls due on them."),
    ),
    Page(
        "house_teams", "users", _("Teams"),
        _("Who answers together, in which languages, and whose cases others don’t see."),
    ),
    Page(
        "house_people", "contact-round", _("People"),
        _("Who works here, what they may do, and who is away."), for_administrators=True,
    ),
    Page(
        "house_mail", "mail", _("Mail"),
        _("The addresses that customers write to, and how mail comes in and goes out."),
        for_administrators=True,
    ),
    Page(
        "house_playbook", "book-open", _("Playbooks"),
        _("The way a complaint goes: five steps, their advice, and the words for what is next."),
    ),
    Page(
        "house_keeping", "archive", _("Keeping and deleting"),
        _("How long things stay before the program deletes them."),
    ),
    Page(
        "house_running", "activity", _("How it runs"),
        _("Whether the work goes on, and when the house was last backed up."),
        for_administrators=True,
    ),
    Page(
        "house_looks", "eye", _("Who looked"),
        _("Who opened which case, searched, took data out or signed in."),
        for_administrators=True, is_only_read=True, is_for_nobody_else=True,
    ),
    Page(
        "house_changes", "history", _("What was changed"),
        _("Who set what and when, with what it was before."),
        is_only_read=True,
    ),
)  # fmt: skip


def show(
    request: DeskRequest, url: str, template: str, context: Mapping[str, Any], status: int = 200
) -> HttpResponse:
    """Render a page of the house inside the frame that they all share."""
    page = _page(url)
    frame = {
        "setting": page,
        "setting_pages": [
            (one, reverse(f"desk:{one.url}"), one is page)
            for one in PAGES
            if one.is_shown_to(request.user)
        ],
        "may_set": page.is_set_by(request.user),
    }
    return render(request, f"desk/house/{template}.html", {**frame, **context}, status=status)


def is_typed(request: DeskRequest, url: str) -> bool:
    """Tell whether something is to be set; to who may only read the address isn't there."""
    if request.method != "POST":
        return False
    only_who_sets(request, url)
    return True


def only_who_sets(request: DeskRequest, url: str) -> None:
    if not _page(url).is_set_by(request.user):
        raise Http404


def only_looks(request: DeskRequest) -> bool:
    return request.POST.get("act") == LOOK


def _page(url: str) -> Page:
    return next(page for page in PAGES if page.url == url)
