"""Holidays of the house: by hand or by country, and what each would move."""

from datetime import date
from typing import Any

from babel import Locale
from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy, ngettext, pgettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from amends.doors.desk.asking import DeskRequest, at_the_house
from amends.doors.desk.forms import DateField
from amends.doors.desk.house_frame import is_typed, only_looks, only_who_sets, show
from amends.doors.desk.house_words import moves
from amends.expertise.language.words import fold
from amends.ground import clock
from amends.records.complaints.replanning import moved_by
from amends.records.house import knowledge
from amends.records.house.models import Holiday, House

Days = dict[date, str]
# The countries of our languages stand first, the rest by name.
_NEAREST = ("PL", "SK", "RU", "GB")


def _countries() -> list[tuple[str, str]]:
    names = Locale.parse(get_language() or "en").territories
    named = {code: names.get(code, code) for code in knowledge.countries()}
    named["GB"] = _("England and Wales")
    rest = sorted(set(named) - set(_NEAREST), key=lambda code: fold(named[code]))
    return [(code, named[code]) for code in (*_NEAREST, *rest)]


class HolidayForm(forms.Form):
    date = DateField(label=gettext_lazy("Day"))
    name = forms.CharField(label=pgettext_lazy("of a day", "Name"), max_length=80)

    def days(self) -> Days:
        return {self.cleaned_data["date"]: self.cleaned_data["name"]}


class CountryForm(forms.Form):
    country = forms.ChoiceField(
        label=gettext_lazy("Public holidays of"), choices=_countries,
        help_text=gettext_lazy("Of this year, from today, and of the next."),
    )  # fmt: skip

    def days(self) -> Days:
        today = timezone.localdate(clock.now())
        code = self.cleaned_data["country"]
        years = (today.year, today.year + 1)
        days = [day for year in years for day in knowledge.public_holidays(code, year).items()]
        return {day: name for day, name in days if day >= today}


@require_http_methods(["GET", "HEAD", "POST"])
@at_the_house
def page(request: DeskRequest) -> HttpResponse:
    by_country = CountryForm(request.POST if "country" in request.POST else None)
    by_hand = HolidayForm(request.POST if "date" in request.POST else None)
    form = by_hand if by_hand.is_bound else by_country
    if not is_typed(request, "house_holidays"):
        return _show(request, by_hand, by_country)
    if only_looks(request) or not form.is_valid():
        return _show(request, by_hand, by_country, status=200 if only_looks(request) else 422)
    added = House.objects.current().close_on(form.days(), by=request.user, at=clock.now())
    said = ngettext("%(n)s day added.", "%(n)s days added.", len(added)) % {"n": len(added)}
    messages.info(request, said if added else _("These days are on the list already."))
    return HttpResponseRedirect(reverse("desk:house_holidays"))


@require_POST
@at_the_house
def gone(request: DeskRequest, key: str) -> HttpResponse:
    only_who_sets(request, "house_holidays")
    holiday = get_object_or_404(Holiday, pk=key)
    House.objects.current().work_on([holiday.date], by=request.user, at=clock.now())
    messages.info(request, _("Off the list. Open cases are planned anew now."))
    return HttpResponseRedirect(reverse("desk:house_holidays"))


def _show(
    request: DeskRequest, by_hand: HolidayForm, by_country: CountryForm, status: int = 200
) -> HttpResponse:
    today = timezone.localdate(clock.now())
    form = by_hand if by_hand.is_bound else by_country
    wanted = form.days() if form.is_bound and form.is_valid() else {}
    holidays = list(Holiday.objects.filter(date__gte=today).order_by("date"))
    known = {holiday.date for holiday in holidays}
    context: dict[str, Any] = {
        "by_hand": by_hand,
        "by_country": by_country,
        "unread": form.is_bound and bool(form.errors),
        "holidays": holidays,
        "wanted": [(day, name, day in known) for day, name in wanted.items()],
        "effects": _effects(set(wanted) - known) if set(wanted) - known else [],
        "rules": knowledge.country(by_country.cleaned_data["country"])
        if by_country.is_bound and by_country.is_valid()
        else None,
        "now": clock.now(),
    }
    return show(request, "house_holidays", "holidays", context, status=status)


def _effects(fresh: set[date]) -> list[str]:
    house = House.objects.current()
    calendar = house.calendar()
    would_be = knowledge.calendar(
        calendar.zone, calendar.spans, {*calendar.holidays, *fresh}
    )  # fmt: skip
    return moves(moved_by(would_be, house.answer_hours))
