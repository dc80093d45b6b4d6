"""What narrows the list of cases: choices that stand in its address, so a view can be kept."""

from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from amends.doors.desk.forms import DateField
from amends.ground import search
from amends.records.complaints.models import ContactQuerySet
from amends.records.complaints.vocabulary import Kind, Outcome, State
from amends.records.insights.plain import answered_within, confirmed_within, first_moment
from amends.records.people.models import Person, Team


class FilterForm(forms.Form):
    q = forms.CharField(label=_("Words"), max_length=200, required=False)
    state = forms.ChoiceField(
        label=_("State"), required=False,
        choices=[("", _("open")), *State.choices[1:], ("all", _("all"))],
    )  # fmt: skip
    kind = forms.ChoiceField(
        label=_("What it is"), required=False, choices=[("", _("any")), *Kind.choices]
    )
    hands = forms.ChoiceField(
        label=_("In whose hands"), required=False,
        choices=[("", _("anyone’s")), ("me", _("mine")), ("free", _("nobody’s yet"))],
    )  # fmt: skip
    team = forms.ModelChoiceField(
        Team.objects.order_by("name", "id"), label=_("Team"), required=False, empty_label=_("any")
    )
    language = forms.ChoiceField(
        label=_("Language"), required=False, choices=[("", _("any")), *settings.LANGUAGES]
    )
    outcome = forms.ChoiceField(
        label=_("Outcome"), required=False, choices=[("", _("any")), *Outcome.choices]
    )
    only = forms.ChoiceField(
        label=_("Only"), required=False,
        choices=[
            ("", _("any")), ("late", _("overdue")), ("not_solved", _("not solved")),
            ("waits", _("customer waits")),
        ],
    )  # fmt: skip
    received_from = DateField(label=_("Came in from"), required=False)
    received_until = DateField(label=_("Came in until"), required=False)
    answered_from = DateField(label=_("Answered from"), required=False)
    answered_until = DateField(label=_("Answered until"), required=False)
    confirmed_from = DateField(label=_("Confirmed from"), required=False)
    confirmed_until = DateField(label=_("Confirmed until"), required=False)

    @property
    def narrowing(self) -> dict[str, Any]:
        return {name: value for name, value in self.cleaned_data.items() if value}

    @property
    def chosen(self) -> list[forms.BoundField]:
        """Return the fields that are always in sight: words and choices."""
        return [field for field in self if not isinstance(field.field, DateField)]

    @property
    def days(self) -> list[forms.BoundField]:
        """Return the days that are set; they come from a figure and can be taken away."""
        set_ones = self.narrowing
        return [field for field in self if field.name in set_ones and field not in self.chosen]


def narrow(
    found: ContactQuerySet, by: dict[str, Any], *, person: Person, at: datetime
) -> ContactQuerySet:
    """Narrow the contacts that the person may see by what the form says."""
    if words := by.get("q"):
        found = search.matching(found, words)
    state = by.get("state") or State.OPEN
    if state != "all":
        found = found.filter(state=state)
    equal = {name: by[name] for name in ("kind", "team", "language", "outcome") if name in by}
    found = _only(found.filter(**equal), by.get("only", ""), at)
    if by.get("hands") == "me":
        found = found.in_hands_of(person)
    elif by.get("hands") == "free":
        found = found.filter(person=None)
    return _within(found, by)


def _only(found: ContactQuerySet, what: str, at: datetime) -> ContactQuerySet:
    if what == "late":
        return found.filter(next_at__lt=at)
    if what == "not_solved":
        return found.filter(said_no=True)
    return found.filter(last_direction="in") if what == "waits" else found


def _within(found: ContactQuerySet, by: dict[str, Any]) -> ContactQuerySet:
    zone = timezone.get_current_timezone()
    assert isinstance(zone, ZoneInfo)  # noqa: S101 -- the middleware sets the house's
    if day := by.get("received_from"):
        found = found.filter(received_at__gte=first_moment(day, zone))
    if day := by.get("received_until"):
        found = found.filter(received_at__lt=_end_of(day, zone))
    for what, within in (("answered", answered_within), ("confirmed", confirmed_within)):
        first, last = by.get(f"{what}_from"), by.get(f"{what}_until")
        if first or last:
            since = first_moment(first or date(2000, 1, 1), zone)
            found = within(found, since, _end_of(last or date(2099, 12, 30), zone))
    return found


def _end_of(day: date, zone: ZoneInfo) -> datetime:
    return first_moment(day + timedelta(days=1), zone)
