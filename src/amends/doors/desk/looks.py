"""Who looked: a list for administrators, narrowed by who, whose, what and when, and its sheet.

Who administers may have no right to read stories, so it names references and no customers; what
is about the administrator themselves is not in it.
"""

import logging
import uuid
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db import DatabaseError
from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.views.decorators.http import require_safe

from amends.doors.desk.asking import DeskRequest, at_the_house
from amends.doors.desk.csv_lines import sheet
from amends.doors.desk.house_frame import show
from amends.doors.desk.looked import taken
from amends.doors.desk.looks_forms import LooksForm
from amends.records.complaints.models import Contact
from amends.records.looking.batch import LOOKS
from amends.records.looking.models import Look, LookQuerySet

log = logging.getLogger(__name__)

_ROWS = 50
_HEAD = ("first", "last", "times", "who", "what", "reference", "shown", "address")


@dataclass(frozen=True)
class Row:
    look: Look
    reference: str
    opens: bool


@require_safe
@at_the_house
def page(request: DeskRequest) -> HttpResponse:
    found, form = _found(request)
    rows = list(_older(found, request.GET.get("before", ""))[: _ROWS + 1])
    query = request.GET.copy()
    query.pop("before", None)
    context = {
        "form": form,
        "rows": _rows(request, rows[:_ROWS]),
        "older": rows[_ROWS - 1].pk if len(rows) > _ROWS else None,
        "narrowed": bool(form.narrowing) or bool(form.errors),
        "query": query.urlencode(),
    }
    return show(request, "house_looks", "looks", context)


@require_safe
@at_the_house
def rows(request: DeskRequest) -> StreamingHttpResponse:
    found, _form = _found(request)
    taken(request, found=found.count())
    return sheet("who-looked", _HEAD, _lines(found))


def _found(request: DeskRequest) -> tuple[LookQuerySet, LooksForm]:
    """Return what the person may see, narrowed; first what this process has not written yet."""
    if not request.user.administers:
        raise Http404
    try:
        LOOKS.write()
    except DatabaseError:
        log.exception("looks are not written yet")
    about = Contact.objects.filter(complaint__named=request.user).values("pk")
    seen = Look.objects.exclude(contact_key__in=about).select_related("person")
    form = LooksForm(request.GET)
    return form.narrow(seen).latest_first(), form


def _older(found: LookQuerySet, before: str) -> LookQuerySet:
    try:
        last = Look.objects.filter(pk=uuid.UUID(before)).first() if before else None
    except ValueError:
        last = None
    return found.older_than(last) if last else found


def _rows(request: DeskRequest, looks: list[Look]) -> list[Row]:
    keys = {look.contact_key for look in looks if look.contact_key}
    may_open = Contact.objects.none()
    if request.user.sees_stories:
        may_open = Contact.objects.visible_to(request.user).filter(pk__in=keys)
    opens = set(may_open.values_list("pk", flat=True))
    named = _references(looks)
    return [
        Row(look, look.reference or named.get(look.customer_key, ""), look.contact_key in opens)
        for look in looks
    ]


def _references(looks: Iterable[Look]) -> dict[uuid.UUID | None, str]:
    """Name a customer by their first case, where no case was looked at."""
    keys = {look.customer_key for look in looks if look.customer_key and not look.reference}
    cases = Contact.objects.filter(customer__in=keys).order_by("-received_at", "-id")
    return dict(cases.values_list("customer", "reference"))


def _lines(found: LookQuerySet) -> Iterator[list[Any]]:
    for look in found.iterator(chunk_size=1000):
        who = look.person.email if look.person else ""
        yield [
            look.at, look.last_at, look.times, who, look.what, look.reference, look.found or "",
            look.from_address,
        ]  # fmt: skip
