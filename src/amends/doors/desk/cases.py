"""Cases: all that one may see, narrowed by filters and by words, in the order of work."""

import re
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from amends.doors.desk.asking import DeskRequest, at_the_desk
from amends.doors.desk.next_words import next_words
from amends.ground import clock, search
from amends.records.complaints.models import Contact, ContactQuerySet
from amends.records.complaints.vocabulary import Kind, Outcome, State
from amends.records.people.models import Person, Team

_ROWS = 25
LANGUAGE_NAMES = [
    ("en", _("English")),
    ("pl", _("Polish")),
    ("ru", _("Russian")),
    ("sk", _("Slovak")),
]


class FilterForm(forms.Form):
    """What narrows the list; anything unknown narrows nothing."""

    q = forms.CharField(label=_("Words"), required=False, max_length=200)
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
        label=_("Language"), required=False, choices=[("", _("any")), *LANGUAGE_NAMES]
    )
    outcome = forms.ChoiceField(
        label=_("Outcome"), required=False, choices=[("", _("any")), *Outcome.choices]
    )

    @property
    def narrowing(self) -> dict[str, Any]:
        return {name: value for name, value in self.cleaned_data.items() if value}


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
    found = _narrow(Contact.objects.visible_to(request.user), form.narrowing, request.user)
    ordered = _order(found, form.narrowing, now)
    shown = _cut(ordered, request.GET.get("page", "1"))
    for contact in shown.rows:
        contact.words = next_words(contact, request.LANGUAGE_CODE)  # type: ignore[attr-defined]
    context = {
        "form": form,
        "page": shown,
        "now": now,
        "narrowed": form.narrowing,
        "query_without_page": _query_without_page(request),
    }
    return render(request, "desk/cases.html", context)


def _narrow(found: ContactQuerySet, by: dict[str, Any], person: Person) -> ContactQuerySet:
    if words := by.get("q"):
        found = search.matching(found, words)
    state = by.get("state") or State.OPEN
    if state != "all":
        found = found.filter(state=state)
    equal = {name: by[name] for name in ("kind", "team", "language", "outcome") if name in by}
    found = found.filter(**equal)
    if by.get("hands") == "me":
        return found.in_hands_of(person)
    if by.get("hands") == "free":
        return found.filter(person=None)
    return found


def _order(found: ContactQuerySet, by: dict[str, Any], now: Any) -> ContactQuerySet:
    rows = found.select_related("customer", "person", "team", "complaint")
    if by.get("q") or by.get("state") or by.get("outcome"):
        return rows.order_by("-last_message_at", "-id")
    return rows.in_working_order(now)


def _cut(ordered: ContactQuerySet, asked: str) -> Page:
    number = max(1, int(asked)) if re.fullmatch(r"[0-9]{1,5}", asked) else 1
    start = (number - 1) * _ROWS
    rows = list(ordered[start : start + _ROWS + 1])
    return Page(rows[:_ROWS], number, has_more=len(rows) > _ROWS)


def _query_without_page(request: DeskRequest) -> str:
    query = request.GET.copy()
    query.pop("page", None)
    return query.urlencode()
