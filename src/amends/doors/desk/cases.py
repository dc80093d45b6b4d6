"""Cases: all that one may see, narrowed by filters and by words, in the order of work."""

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from amends.doors.desk.asking import DeskRequest, at_the_desk, may_act
from amends.doors.desk.filters import FilterForm, narrow
from amends.doors.desk.holders import holders
from amends.doors.desk.looked import looked
from amends.doors.desk.next_words import next_words
from amends.doors.desk.saved_view import views_for
from amends.ground import clock
from amends.records.complaints.models import Contact, ContactQuerySet
from amends.records.house.books import Books
from amends.records.looking.models import What

_ROWS = 25


@dataclass(frozen=True)
class Page:
    rows: list[Contact]
    number: int
    has_more: bool


@require_safe
@at_the_desk
def page(request: DeskRequest) -> HttpResponse:
    asked = request.GET.copy()
    if "state" not in asked and (asked.get("q") or asked.get("outcome")):
        asked["state"] = "all"  # who looks for words looks everywhere, and is shown that
    form = FilterForm(asked)
    form.is_valid()
    now = clock.now()
    seen = Contact.objects.visible_to(request.user)
    found = narrow(seen, form.narrowing, person=request.user, at=now)
    ordered = _order(found, form.narrowing, now)
    shown = _cut(ordered, request.GET.get("page", "1"))
    if form.narrowing.get("q"):
        looked(request, What.SEARCH, found=len(shown.rows))
    books = Books()
    for contact in shown.rows:
        contact.words = next_words(contact, books, request.LANGUAGE_CODE)  # type: ignore[attr-defined]
    may = may_act(request.user)
    views = views_for(request.user, request.GET)
    context = {
        "form": form,
        "views": views,
        "may_act": may,
        "holders": holders() if may else {},
        "may_keep_view": bool(form.narrowing) and not any(view.current for view in views),
        "page": shown,
        "now": now,
        **_pulse_of(form, asked, now),
        "narrowed": form.narrowing,
        "query_without_page": _query_without_page(request),
    }
    return render(request, "desk/cases.html", context)


def _pulse_of(form: FilterForm, asked: QueryDict, now: datetime) -> dict[str, str]:
    """Return where the list asks for news; not while one searches for words, which costs more."""
    if form.narrowing.get("q"):
        return {}
    query = asked.copy()
    query["since"] = now.isoformat()
    return {"pulse_url": f"{reverse('desk:cases_pulse')}?{query.urlencode()}"}


def _order(found: ContactQuerySet, by: dict[str, Any], now: Any) -> ContactQuerySet:
    if by.get("q") or by.get("state") or by.get("outcome"):
        return found.order_by("-last_message_at", "-id")
    return found.in_working_order(now)


def _cut(ordered: ContactQuerySet, asked: str) -> Page:
    number = max(1, int(asked)) if re.fullmatch(r"[0-9]{1,5}", asked) else 1
    start = (number - 1) * _ROWS
    cut = ordered.cut(start, start + _ROWS + 1)
    rows = list(cut.select_related("customer", "person", "team", "complaint"))
    return Page(rows[:_ROWS], number, has_more=len(rows) > _ROWS)


def _query_without_page(request: DeskRequest) -> str:
    query = request.GET.copy()
    query.pop("page", None)
    return query.urlencode()
