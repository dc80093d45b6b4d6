"""House style: what the house is called, how soon it answers and how it signs."""

from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.views.decorators.http import require_http_methods

from amends.doors.desk.asking import DeskRequest, at_the_house
from amends.doors.desk.house_facts import as_typed, facts_page
from amends.doors.desk.house_forms import HouseForm
from amends.doors.desk.house_frame import show
from amends.doors.desk.house_greeting import greetings
from amends.doors.desk.house_samples import samples
from amends.doors.desk.house_stance import stance_effects
from amends.doors.desk.house_words import NAMES, moves, shown
from amends.ground import clock
from amends.records.complaints.replanning import moved_by
from amends.records.house.models import House

_MOVING = {"answer_hours", "zone"}


@require_http_methods(["GET", "HEAD", "POST"])
@at_the_house
def page(request: DeskRequest) -> HttpResponse:
    return facts_page(request, "house", HouseForm, _show)


def _show(request: DeskRequest, house: House, form: HouseForm, status: int) -> HttpResponse:
    would_be = as_typed(house, form)
    context = {
        "form": form,
        "may_go_on": not settings.DEMO and not house.set_up_at,
        "facts": [(field.label, shown(field.name, field.initial)) for field in form],
        "effects": _effects(house, would_be, form),
        "unread": form.is_bound and bool(form.errors),
        "samples": [
            (code, name, samples(would_be, code, at=clock.now()))
            for code, name in settings.LANGUAGES
        ],
        "greetings": greetings(would_be),
        "language": would_be.language,
    }
    return show(request, "house", "style", context, status=status)


def _effects(house: House, would_be: House, form: HouseForm) -> list[Any]:
    changed = [name for name in form.fields if getattr(house, name) != getattr(would_be, name)]
    effects = [
        {
            "about": NAMES[name],
            "old": shown(name, getattr(house, name)),
            "new": shown(name, getattr(would_be, name)),
        }
        for name in changed
    ]
    effects += stance_effects(house, would_be)
    if _MOVING & set(changed):
        moved = moved_by(would_be.calendar(), would_be.answer_hours)
        effects += [{"said": said} for said in moves(moved)]
    return effects
