"""Teams of the house: who answers together, and whose cases others don't see."""

from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.db.models import Count, Q
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from amends.doors.desk.asking import DeskRequest, at_the_house
from amends.doors.desk.house_frame import is_typed, only_looks, show
from amends.ground import clock
from amends.records.complaints.models import Contact
from amends.records.complaints.vocabulary import State
from amends.records.people.models import DefaultStaysOpen, NameTaken, Person, Team


class TeamForm(forms.Form):
    name = forms.CharField(label=pgettext_lazy("of a team", "Name"), max_length=80)
    languages = forms.MultipleChoiceField(
        label=gettext_lazy("Languages"), required=False, choices=settings.LANGUAGES,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("What comes in one of these is theirs. With none, only by address."),
    )  # fmt: skip
    members = forms.ModelMultipleChoiceField(
        Person.objects.none(), label=gettext_lazy("Members"), required=False,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    closed = forms.BooleanField(
        label=pgettext_lazy("of a team", "Closed"), required=False,
        help_text=gettext_lazy("Only its members and quality see its cases."),
    )  # fmt: skip
    is_default = forms.BooleanField(
        label=gettext_lazy("Gets what no other team does"), required=False,
        help_text=gettext_lazy("One team does. Tick it elsewhere to move it."),
    )  # fmt: skip

    def __init__(self, data: Any = None, *, team: Team) -> None:
        is_new = team.is_new
        members = [] if is_new else list(team.members.values_list("pk", flat=True))
        names = ("name", "languages", "closed", "is_default")
        super().__init__(
            data, initial={name: getattr(team, name) for name in names} | {"members": members}
        )
        people = Person.objects.get_queryset().filter(Q(is_active=True) | Q(pk__in=members))
        self.fields["members"].queryset = people.order_by("name", "id")  # type: ignore[attr-defined]


@require_safe
@at_the_house
def page(request: DeskRequest) -> HttpResponse:
    teams = list(Team.objects.prefetch_related("members").order_by("-is_default", "name", "id"))
    waiting = _open_cases()
    rows = [(team, waiting.get(team.pk, 0)) for team in teams]
    return show(request, "house_teams", "teams", {"rows": rows})


@require_http_methods(["GET", "HEAD", "POST"])
@at_the_house
def new(request: DeskRequest) -> HttpResponse:
    return _edit(request, Team())


@require_http_methods(["GET", "HEAD", "POST"])
@at_the_house
def team(request: DeskRequest, key: str) -> HttpResponse:
    known = Team.objects.filter(pk=key).first()
    if known is None:
        raise Http404
    return _edit(request, known)


def _edit(request: DeskRequest, team: Team) -> HttpResponse:
    if not is_typed(request, "house_teams"):
        return _show(request, team, TeamForm(team=team))
    form = TeamForm(request.POST, team=team)
    if only_looks(request):
        return _show(request, team, form)
    if not form.is_valid() or not _kept(request, team, form):
        return _show(request, team, form, status=422)
    messages.info(request, _("Kept. It holds from now on."))
    return HttpResponseRedirect(reverse("desk:house_teams"))


def _kept(request: DeskRequest, team: Team, form: TeamForm) -> bool:
    try:
        team.set(**form.cleaned_data, by=request.user, at=clock.now())
    except NameTaken:
        form.add_error("name", _("Another team has this name."))
        return False
    except DefaultStaysOpen:
        form.add_error("closed", _("The team that gets everything else stays open."))
        return False
    return True


def _show(request: DeskRequest, team: Team, form: TeamForm, status: int = 200) -> HttpResponse:
    context = {
        "form": form,
        "team": team,
        "is_new": team.is_new,
        "members": [] if team.is_new else list(team.members.order_by("name", "id")),
        "effects": _effects(team, form) if form.is_bound and form.is_valid() else [],
        "unread": form.is_bound and bool(form.errors),
    }
    return show(request, "house_teams", "team", context, status=status)


def _effects(team: Team, form: TeamForm) -> list[str]:
    """Say what becomes of the team's open cases, where their seeing or holding changes."""
    if team.is_new:
        return [_("The team begins without a case.")]
    cases = Contact.objects.filter(team=team).exclude(state=State.CLOSED)
    said, count = [], cases.count()
    if form.cleaned_data["closed"]:
        seen = ngettext("%(n)s open case is seen by its members and by quality only.",
                        "%(n)s open cases are seen by its members and by quality only.",
                        count)  # fmt: skip
        said.append(seen % {"n": count})
        quality = Q(person__assures=True)
        outside = cases.exclude(person=None).exclude(person__in=form.cleaned_data["members"])
        held = outside.exclude(quality).count()
        if held:
            back = ngettext("%(n)s of them is held by somebody outside and goes to the queue.",
                            "%(n)s of them are held by somebody outside and go to the queue.",
                            held)  # fmt: skip
            said.append(back % {"n": held})
    elif team.closed:
        seen = ngettext("%(n)s open case is seen by everybody who answers.",
                        "%(n)s open cases are seen by everybody who answers.", count)  # fmt: skip
        said.append(seen % {"n": count})
    if form.cleaned_data["is_default"] and not team.is_default:
        said.append(_("What no other team gets comes here from now on."))
    return said or [_("No case moves.")]


def _open_cases() -> dict[Any, int]:
    waiting = Contact.objects.exclude(state=State.CLOSED).order_by()
    return dict(waiting.values_list("team").annotate(n=Count("pk")))
