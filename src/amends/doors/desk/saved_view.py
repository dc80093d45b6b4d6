"""The views of Cases: a few that everybody has, and those that somebody has kept."""

from dataclasses import dataclass
from urllib.parse import urlsplit
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from amends.doors.desk.asking import DeskRequest, at_the_desk
from amends.doors.desk.filters import FilterForm
from amends.records.people.models import Person, SavedView, TooManyViews

_EVERYBODYS = (
    ("", gettext_lazy("Open")),
    ("hands=me", gettext_lazy("Mine")),
    ("hands=free", gettext_lazy("Nobody’s yet")),
    ("only=late", gettext_lazy("Overdue")),
    ("only=not_solved", gettext_lazy("Not solved")),
    ("state=resting", gettext_lazy("Resting")),
    ("state=closed", gettext_lazy("Closed")),
)


@dataclass(frozen=True)
class View:
    """One of the links above the list; `key` is set where the asker may forget it."""

    name: str
    query: str
    current: bool
    shared: bool = False
    key: UUID | None = None


class KeepForm(forms.Form):
    name = forms.CharField(label=gettext_lazy("Name of the view"), max_length=80)
    shared = forms.BooleanField(label=gettext_lazy("For all colleagues"), required=False)
    query = forms.CharField(max_length=1000)


def views_for(person: Person, query: QueryDict) -> list[View]:
    """Return the views that the person has, with the one that is being looked at marked."""
    here = _canonical(query)
    views = [View(str(name), asked, here == asked) for asked, name in _EVERYBODYS]
    for kept in SavedView.objects.for_person(person):
        mine = kept.person_id == person.pk or person.leads
        views.append(
            View(kept.name, kept.query, here == kept.query, kept.shared, kept.pk if mine else None)
        )
    return views


@require_POST
@at_the_desk
def keep(request: DeskRequest) -> HttpResponse:
    form = KeepForm(request.POST)
    query = _canonical(QueryDict(urlsplit(f"?{request.POST.get('query', '')}").query))
    if not form.is_valid() or not query:
        messages.error(request, _("Give the view a name, and narrow the list first."))
        return _back_to(query)
    name, shared = form.cleaned_data["name"], form.cleaned_data["shared"]
    try:
        view = SavedView.objects.keep(person=request.user, name=name, query=query, shared=shared)
    except TooManyViews:
        messages.error(request, _("You have as many views as fit. Forget one of them first."))
    else:
        messages.info(request, _("Kept as “%(name)s”.") % {"name": view.name})
    return _back_to(query)


@require_POST
@at_the_desk
def forget(request: DeskRequest, key: UUID) -> HttpResponse:
    view = get_object_or_404(SavedView.objects.may_be_forgotten_by(request.user), pk=key)
    view.forget()
    messages.info(request, _("View “%(name)s” is gone.") % {"name": view.name})
    return _back_to(view.query)


def _canonical(query: QueryDict) -> str:
    """Return what narrows the list, in the form's order: the same list has one address."""
    form = FilterForm(query)
    form.is_valid()
    asked = QueryDict(mutable=True)
    for name in form.fields:
        if name in form.narrowing:
            asked[name] = str(query[name])
    return asked.urlencode()


def _back_to(query: str) -> HttpResponseRedirect:
    where = reverse("desk:cases")
    return HttpResponseRedirect(f"{where}?{query}" if query else where)
