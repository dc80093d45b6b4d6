"""What an open page asks for every few seconds: what has changed, or 304 when nothing has."""

import hashlib
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.utils.dateparse import parse_datetime
from django.utils.http import quote_etag
from django.views.decorators.http import require_safe

from amends.doors.desk import presence
from amends.doors.desk.asking import DeskRequest, at_the_desk, contact_seen_by
from amends.doors.desk.bell import bell_of
from amends.doors.desk.filters import FilterForm, narrow
from amends.doors.desk.meanwhile import seen_in
from amends.ground import clock
from amends.records.answering.meanwhile import said_since
from amends.records.complaints.models import Contact, ContactQuerySet
from amends.records.complaints.vocabulary import Direction, Kind


@require_safe
@at_the_desk
def frame(request: DeskRequest) -> HttpResponse:
    """Tell who is here and what the bell says, on a page that has nothing more that lives."""
    now = clock.now()
    presence.beat(request.user, now)
    return _answer(request, now, {})


@require_safe
@at_the_desk
def case(request: DeskRequest, reference: str) -> HttpResponse:
    """Tell who else is at the case, and what has been said since the page was opened."""
    contact, now = contact_seen_by(request.user, reference), clock.now()
    is_writing = request.GET.get("writing") == "1"
    presence.beat(request.user, now, reference=contact.reference, is_writing=is_writing)
    seen = seen_in(request.GET)
    context = {
        "at_case": True,
        "contact": contact,
        "now": now,
        "others": presence.others_at(contact.reference, request.user, now),
        "meanwhile": said_since(contact, seen, by=request.user) if seen else [],
    }
    return _answer(request, now, context)


@require_safe
@at_the_desk
def my_day(request: DeskRequest) -> HttpResponse:
    now = clock.now()
    presence.beat(request.user, now)
    mine = Contact.objects.visible_to(request.user).for_hands_of(request.user).open()
    outdated, first = _first_now(mine, request, now)
    context = {
        "at_day": True,
        "best_is_outdated": outdated,
        "news": _news(mine, request, also=first if outdated else None),
        "news_url": reverse("desk:my_day"),
    }
    return _answer(request, now, context)


@require_safe
@at_the_desk
def cases(request: DeskRequest) -> HttpResponse:
    now = clock.now()
    presence.beat(request.user, now)
    form = FilterForm(request.GET)
    form.is_valid()
    seen = Contact.objects.visible_to(request.user)
    found = narrow(seen, form.narrowing, person=request.user, at=now)
    query = request.GET.copy()
    query.pop("since", None)
    news_url = f"{reverse('desk:cases')}?{query.urlencode()}"
    return _answer(request, now, {"news": _news(found, request), "news_url": news_url})


def _first_now(
    mine: ContactQuerySet, request: DeskRequest, now: datetime
) -> tuple[bool, UUID | None]:
    """Tell whether another case is first than the page shows, and which; nothing may be left."""
    if "best" not in request.GET:
        return False, None
    waiting = mine.exclude(kind=Kind.UNDECIDED).in_working_order(now)
    key, reference = waiting.values_list("pk", "reference").first() or (None, "")
    return reference != request.GET["best"], key


def _news(found: ContactQuerySet, request: DeskRequest, also: UUID | None = None) -> int:
    """Count what came, or was handed on by a colleague, since the page was opened.

    What has come before all else without a word, as by a promise that broke, counts also.
    """
    since = _moment(request.GET.get("since", ""))
    if since is None:
        return 0
    wrote = Q(last_direction=Direction.IN, last_message_at__gt=since)
    handed = Q(assignments__at__gt=since) & ~Q(assignments__actor_key=request.user.pk)
    return found.filter(wrote | handed | Q(pk=also)).values("pk").distinct().count()


def _moment(text: str) -> datetime | None:
    try:
        moment = parse_datetime(text)
    except ValueError:
        return None
    return moment if moment and moment.tzinfo else None


def _answer(request: DeskRequest, now: datetime, more: dict[str, Any]) -> HttpResponse:
    context = {
        "bell": bell_of(request.user, now),
        "here": presence.others_in_the_house(request.user, now),
        "news": None,
    }
    answer = render(request, "desk/live/pulse.html", context | more)
    tag = quote_etag(hashlib.sha256(answer.content).hexdigest()[:32])
    unchanged = get_conditional_response(request, etag=tag, response=answer)
    answer = unchanged if isinstance(unchanged, HttpResponse) else answer
    answer["ETag"] = tag
    # The page asks with the tag itself; a copy in the browser's cache would serve nobody.
    answer["Cache-Control"] = "private, no-store"
    return answer
