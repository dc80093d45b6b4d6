"""People of the house: what each may do, who has left, and who is away."""

from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from amends.doors.desk.asking import DeskRequest, at_the_house
from amends.doors.desk.house_forms import AbsenceForm
from amends.doors.desk.house_frame import is_typed, only_looks, show
from amends.doors.desk.house_words import NAMES
from amends.ground import clock
from amends.records.complaints.models import Contact
from amends.records.complaints.vocabulary import State
from amends.records.people.models import Absence, LastAdministrator, Person

_ROLES = ("handles", "leads", "assures", "administers")


class PersonForm(forms.Form):
    name = forms.CharField(label=gettext_lazy("Name"), max_length=120)
    chosen_name = forms.CharField(
        label=NAMES["chosen_name"], max_length=80, required=False,
        help_text=gettext_lazy("Empty: the first name."),
    )  # fmt: skip
    languages = forms.MultipleChoiceField(
        label=gettext_lazy("Languages"), required=False, choices=settings.LANGUAGES,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    handles = forms.BooleanField(label=NAMES["handles"], required=False)
    leads = forms.BooleanField(label=NAMES["leads"], required=False)
    assures = forms.BooleanField(label=NAMES["assures"], required=False)
    administers = forms.BooleanField(label=NAMES["administers"], required=False)
    is_active = forms.BooleanField(
        label=NAMES["is_active"], required=False,
        help_text=gettext_lazy("Who has left can’t sign in. What they wrote stays."),
    )  # fmt: skip

    def __init__(self, data: Any = None, *, person: Person) -> None:
        super().__init__(data, initial={name: getattr(person, name) for name in self.base_fields})

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not any(data.get(role) for role in _ROLES):
            self.add_error("handles", _("Tick one at least: without it there is nothing to see."))
        return data

    def roles(self) -> list[forms.BoundField]:
        return [self[name] for name in _ROLES]


@require_safe
@at_the_house
def page(request: DeskRequest) -> HttpResponse:
    return _show_all(request, AbsenceForm(people=_active()))


@require_POST
@at_the_house
def absence(request: DeskRequest) -> HttpResponse:
    form = AbsenceForm(request.POST, people=_active())
    if not form.is_valid():
        return _show_all(request, form, status=422)
    Absence.objects.note(**form.cleaned_data)
    messages.info(request, _("Noted. Open cases move to the stand-in when the day comes."))
    return HttpResponseRedirect(reverse("desk:house_people"))


@require_POST
@at_the_house
def back_early(_request: DeskRequest, key: str) -> HttpResponse:
    get_object_or_404(Absence, pk=key).end()
    return HttpResponseRedirect(reverse("desk:house_people"))


@require_http_methods(["GET", "HEAD", "POST"])
@at_the_house
def person(request: DeskRequest, key: str) -> HttpResponse:
    known = Person.objects.get_queryset().filter(pk=key).first()
    if known is None:
        raise Http404
    if not is_typed(request, "house_people"):
        return _show(request, known, PersonForm(person=known))
    form = PersonForm(request.POST, person=known)
    if only_looks(request):
        return _show(request, known, form)
    if not form.is_valid() or not _kept(request, known, form):
        return _show(request, known, form, status=422)
    messages.info(request, _("Kept. It holds from now on."))
    return HttpResponseRedirect(reverse("desk:house_people"))


def _kept(request: DeskRequest, person: Person, form: PersonForm) -> bool:
    try:
        person.set(**form.cleaned_data, by=request.user, at=clock.now())
    except LastAdministrator:
        field = "administers" if form.cleaned_data["is_active"] else "is_active"
        form.add_error(field, _("Somebody has to administer the house. Give it to another first."))
        return False
    return True


def _show(
    request: DeskRequest, person: Person, form: PersonForm, status: int = 200
) -> HttpResponse:
    context = {
        "form": form,
        "person": person,
        "effects": _effects(person, form) if form.is_bound and form.is_valid() else [],
        "unread": form.is_bound and bool(form.errors),
        "teams": list(person.teams.order_by("name", "id")),
    }
    return show(request, "house_people", "person", context, status=status)


def _effects(person: Person, form: PersonForm) -> list[str]:
    said = form.cleaned_data
    held = Contact.objects.filter(person=person).exclude(state=State.CLOSED).count()
    effects = []
    if person.is_active and not said["is_active"]:
        effects.append(_("Signing in ends at once."))
        moved = ngettext("%(n)s open case goes to the stand-in or to the team’s queue.",
                         "%(n)s open cases go to the stand-in or to the team’s queue.",
                         held)  # fmt: skip
        effects.append(moved % {"n": held})
    if person.sees_stories and not (said["handles"] or said["leads"] or said["assures"]):
        effects.append(_("Cases are no longer in sight, only the settings are."))
    return effects or [_("No case moves.")]


def _show_all(request: DeskRequest, form: AbsenceForm, status: int = 200) -> HttpResponse:
    today = timezone.localdate(clock.now())
    people = Person.objects.get_queryset().prefetch_related("teams")
    absences = Absence.objects.filter(until_date__gte=today).select_related("person", "stand_in")
    context = {
        "people": list(people.order_by("-is_active", "name", "id")),
        "absence_form": form,
        "absences": list(absences.order_by("from_date", "id")),
    }
    return show(request, "house_people", "people", context, status=status)


def _active() -> list[Person]:
    return list(Person.objects.get_queryset().filter(is_active=True).order_by("name", "id"))
