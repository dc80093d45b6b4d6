"""How long things are kept, with what would go tonight."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.http import HttpResponse
from django.views.decorators.http import require_http_methods

from amends.doors.desk.asking import DeskRequest, at_the_house
from amends.doors.desk.house_facts import as_typed, facts_page
from amends.doors.desk.house_frame import show
from amends.doors.desk.keeping_forms import KeepingForm
from amends.doors.desk.keeping_words import NAMES, kept_for, would_go
from amends.ground import clock
from amends.ground.ui.templatetags.amends_time import letter_day
from amends.records.house.models import House
from amends.records.retention import due


@require_http_methods(["GET", "HEAD", "POST"])
@at_the_house
def page(request: DeskRequest) -> HttpResponse:
    return facts_page(request, "house_keeping", KeepingForm, _show)


def _show(request: DeskRequest, house: House, form: KeepingForm, status: int) -> HttpResponse:
    would_be = as_typed(house, form)
    context = {
        "form": form,
        "unread": form.is_bound and bool(form.errors),
        "effects": [
            {
                "about": label,
                "old": kept_for(getattr(house, name)),
                "new": kept_for(getattr(would_be, name)),
            }
            for name, label in NAMES.items()
            if getattr(house, name) != getattr(would_be, name)
        ],
        "rules": _rules(would_be, clock.now()),
    }
    return show(request, "house_keeping", "keeping", context, status=status)


def _rules(house: House, at: datetime) -> list[dict[str, Any]]:
    counts = due.waiting(house, at)
    rules = []
    for name, label in NAMES.items():
        rule: dict[str, Any] = {"name": label, "kept": kept_for(getattr(house, name))}
        before = due.cut_off(house, name, at)
        if before is not None:
            rule["day"] = letter_day(before.astimezone(ZoneInfo(house.zone)).date())
            rule["goes"], rule["count"] = would_go(name, counts[name]), counts[name]
        rules.append(rule)
    return rules
