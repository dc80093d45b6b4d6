"""My day: the next best case, what is due, who wrote, what is undecided; one screen."""

from datetime import datetime, timedelta
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_required
from django.db.models import Exists, OuterRef
from django.http import HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from amends.doors.desk.asking import DeskRequest, at_the_desk
from amends.doors.desk.belonging import with_offers
from amends.doors.desk.held import held_for
from amends.doors.desk.next_words import next_words
from amends.doors.desk.strips import strips_of
from amends.doors.desk.survey import to_write_to
from amends.ground import clock
from amends.records.complaints.models import Contact, ContactQuerySet
from amends.records.complaints.vocabulary import Direction, Kind, State
from amends.records.house.books import Books
from amends.records.promises.models import Promise
from amends.records.writing.models import Draft

_SHOWN = 12


@require_safe
@login_required
def page(request: DeskRequest) -> HttpResponseBase:
    if not request.user.sees_stories and request.user.administers:
        return HttpResponseRedirect(reverse("desk:house"))
    return _day(request)


@at_the_desk
def _day(request: DeskRequest) -> HttpResponse:
    now = clock.now()
    mine = Contact.objects.visible_to(request.user).for_hands_of(request.user)
    open_now = mine.open()
    undecided = _first(open_now.filter(kind=Kind.UNDECIDED), now, _SHOWN).with_first_words()
    working = list(_first(open_now.exclude(kind=Kind.UNDECIDED), now, _SHOWN + 1))
    books = Books()
    for contact in working:
        contact.words = next_words(contact, books, request.LANGUAGE_CODE)  # type: ignore[attr-defined]
    best, queue = (working[0], working[1:]) if working else (None, [])
    context = {
        "now": now,
        "pulse_url": f"{reverse('desk:my_day_pulse')}?{_shown(best, now)}",
        "best": best,
        "queue": [contact for contact in queue if contact.last_direction != Direction.IN],
        "undecided": with_offers(list(undecided), request.user),
        "promises": _promises_due(request, now),
        "wrote": [contact for contact in queue if contact.last_direction == Direction.IN],
        "to_write_to": to_write_to(request.user),
        "resting": mine.filter(state=State.RESTING).count(),
        "set_aside": _sample_of_set_aside(request, now),
        "drafts": _drafts(request),
        "held": held_for(request.user),
    }
    return render(request, "desk/my_day.html", context | strips_of(request, now))


def _first(contacts: ContactQuerySet, now: datetime, many: int) -> ContactQuerySet:
    first = contacts.in_working_order(now).cut(0, many)
    return first.select_related("customer", "person", "team", "complaint")


def _shown(best: Contact | None, now: datetime) -> str:
    """Say what the page shows, so that it hears when that is outdated."""
    return urlencode({"since": now.isoformat(), "best": best.reference if best else ""})


def _promises_due(request: DeskRequest, now: datetime) -> list[Promise]:
    end_of_tomorrow = timezone.localtime(now).replace(hour=23, minute=59) + timedelta(days=1)
    # Asked of each, or the database lists all that one may see to find a few.
    seen = Contact.objects.visible_to(request.user).filter(pk=OuterRef("complaint__contact"))
    mine = Promise.objects.open().filter(who=request.user, due_at__lte=end_of_tomorrow)
    return list(
        mine.filter(Exists(seen))
        .select_related("complaint__contact__customer").order_by("due_at", "id")[:_SHOWN]
    )  # fmt: skip


def _drafts(request: DeskRequest) -> list[Draft]:
    """What the person has typed and not sent; nobody else's."""
    mine = Draft.objects.of(request.user)
    seen = Contact.objects.visible_to(request.user).filter(pk=OuterRef("contact"))
    mine = mine.filter(Exists(seen))
    return list(mine.select_related("contact__customer").order_by("-at", "id")[:_SHOWN])


def _sample_of_set_aside(request: DeskRequest, now: datetime) -> list[Contact]:
    """Leads see a few of what was set aside, so that no complaint lies among the spam."""
    if not request.user.leads:
        return []
    lately = Contact.objects.visible_to(request.user).filter(
        kind=Kind.NOTHING, closed_at__gte=now - timedelta(days=7)
    )
    # By the random part of the key: a sample that stays the same while one reads it.
    return list(lately.select_related("customer").order_by("-closed_at", "id")[:5])
