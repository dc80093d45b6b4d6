"""The hours of the house: the week as one types it, drawn, with what it would move."""

from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from amends.doors.desk.asking import DeskRequest, at_the_house
from amends.doors.desk.hours import NoHours, from_words, in_words
from amends.doors.desk.house_frame import is_typed, only_looks, show
from amends.doors.desk.house_words import moves, weekday
from amends.ground import clock
from amends.records.complaints.replanning import moved_by
from amends.records.house.knowledge import Calendar
from amends.records.house.knowledge import calendar as made_of
from amends.records.house.models import Holiday, House

Spans = list[tuple[int, time, time]]
_WEEK = range(7)
# When customers like to write: just before the end of the week, and in the middle of it.
_SAMPLES = ((4, time(16, 30)), (6, time(12)), (1, time(7, 15)))


class HoursForm(forms.Form):
    """One line for each day of the week; empty is closed."""

    def __init__(self, data: Any = None, *, spans: Spans) -> None:
        super().__init__(data)
        for day in _WEEK:
            of_day = [(opens, closes) for on, opens, closes in spans if on == day]
            self.fields[f"day_{day}"] = forms.CharField(
                label=weekday(day), required=False, max_length=80, initial=in_words(of_day),
                widget=forms.TextInput(
                    {"placeholder": pgettext("of a day", "closed"), "inputmode": "text"}
                ),
            )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        self.spans: Spans = []
        for day in _WEEK:
            try:
                for opens, closes in from_words(data.get(f"day_{day}", "")):
                    self.spans.append((day, opens, closes))
            except NoHours:
                self.add_error(
                    f"day_{day}", _("Type hours like 9–17 or 9–12, 13–17, without an overlap.")
                )
        if not self.spans and not self.errors:
            self.add_error(None, _("Leave one day open at least, or no answer could fall due."))
        return data


@require_http_methods(["GET", "HEAD", "POST"])
@at_the_house
def page(request: DeskRequest) -> HttpResponse:
    house = House.objects.current()
    if not is_typed(request, "house_hours"):
        return _show(request, house, HoursForm(spans=_hours_now(house)))
    form = HoursForm(request.POST, spans=_hours_now(house))
    if only_looks(request) or not form.is_valid():
        return _show(request, house, form, status=200 if only_looks(request) else 422)
    if house.work_at(form.spans, by=request.user, at=clock.now()):
        messages.info(request, _("Kept. Open cases are planned anew now."))
    return HttpResponseRedirect(reverse("desk:house_hours"))


def answered_by(house: House, calendar: Calendar, *, language: str) -> list[tuple[str, str]]:
    """Return for some moments when a mail that comes then is answered at the latest."""
    now = clock.now().astimezone(ZoneInfo(house.zone))
    moments = [now, *(_coming(now, day, hour) for day, hour in _SAMPLES)]
    hours = timedelta(hours=house.answer_hours)
    return [
        (house.say_when(at, language), house.say_when(calendar.add(at, hours), language))
        for at in moments
    ]


def _show(request: DeskRequest, house: House, form: HoursForm, status: int = 200) -> HttpResponse:
    valid = form.is_bound and form.is_valid()
    spans = form.spans if valid else _hours_now(house)
    holidays = Holiday.objects.values_list("date", flat=True)
    calendar = made_of(house.zone, spans, holidays)
    is_new = sorted(spans) != _hours_now(house)
    context = {
        "form": form,
        "unread": form.is_bound and bool(form.errors),
        "week": [(weekday(day), _bars(spans, day)) for day in _WEEK],
        "ticks": [(hour, hour * 60) for hour in (0, 6, 12, 18, 24)],
        "answered": answered_by(house, calendar, language=get_language() or house.language),
        "hours": house.answer_hours,
        "effects": moves(moved_by(calendar, house.answer_hours)) if is_new else [],
    }
    return show(request, "house_hours", "hours", context, status=status)


def _hours_now(house: House) -> Spans:
    """Return the hours as they hold: a house that has set none works as most offices do."""
    return sorted(house.hours() or house.calendar().spans)


def _bars(spans: Spans, day: int) -> list[dict[str, Any]]:
    bars = []
    for on, opens, closes in spans:
        if on == day:
            begins, ends = _minutes(opens), _minutes(closes)
            words = in_words([(opens, closes)])
            bars.append({"x": begins, "width": ends - begins, "words": words})
    return bars


def _minutes(at: time) -> int:
    return at.hour * 60 + at.minute + (1 if at.second else 0)


def _coming(now: datetime, day: int, at: time) -> datetime:
    ahead = (day - now.weekday()) % 7 or 7
    return datetime.combine(now.date() + timedelta(days=ahead), at, now.tzinfo)
