"""The house and its people: what an administrator sets; no story is in sight here."""

from django.conf import settings
from django.contrib import messages
from django.db import transaction
from django.forms import BoundField
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from amends.doors.desk.asking import DeskRequest, at_the_house
from amends.doors.desk.house_forms import AbsenceForm, HouseForm
from amends.ground import clock
from amends.records.house.models import House
from amends.records.people.models import Absence, Person
from amends.records.post.models import Mailbox

_SAID = ("name", "address", "phone", "language", "zone", "answer_hours", "check_backs")


@require_http_methods(["GET", "HEAD", "POST"])
@at_the_house
def page(request: DeskRequest) -> HttpResponse:
    house = House.objects.current()
    if request.method == "POST":
        if not request.user.administers:
            raise Http404
        form = HouseForm(request.POST)
        if form.is_valid():
            with transaction.atomic():
                house.say(**form.cleaned_data)
                Mailbox.objects.receive_at(house.address)
            messages.info(request, _("Kept. It holds from now on."))
            return HttpResponseRedirect(reverse("desk:house"))
        return _show(request, form, AbsenceForm(people=_people()), status=422)
    form = HouseForm(initial={name: getattr(house, name) for name in _SAID})
    return _show(request, form, AbsenceForm(people=_people()))


@require_POST
@at_the_house
def absence(request: DeskRequest) -> HttpResponse:
    form = AbsenceForm(request.POST, people=_people())
    if form.is_valid():
        Absence.objects.note(**form.cleaned_data)
        messages.info(request, _("Noted. Open cases move to the stand-in when the day comes."))
        return HttpResponseRedirect(reverse("desk:house"))
    house = House.objects.current()
    fresh = HouseForm(initial={name: getattr(house, name) for name in _SAID})
    return _show(request, fresh, form, status=422)


@require_POST
@at_the_house
def second_factor(request: DeskRequest) -> HttpResponse:
    """Ask everybody for a second factor, or no more."""
    if not request.user.administers:
        raise Http404
    House.objects.keep().ask_second_factor(asked="on" in request.POST)
    messages.info(request, _("Kept. It holds from now on."))
    return HttpResponseRedirect(reverse("desk:house"))


@require_POST
@at_the_house
def growth(_request: DeskRequest) -> HttpResponse:
    """Somebody has read that the house shows more now; nobody needs to be told again."""
    House.objects.keep().read_of_growth(at=clock.now())
    return HttpResponseRedirect(reverse("desk:my_day"))


@require_POST
@at_the_house
def back_early(_request: DeskRequest, key: str) -> HttpResponse:
    get_object_or_404(Absence, pk=key).end()
    return HttpResponseRedirect(reverse("desk:house"))


def _show(
    request: DeskRequest, form: HouseForm, absence_form: AbsenceForm, status: int = 200
) -> HttpResponse:
    today = timezone.localdate(clock.now())
    context = {
        "form": form,
        "facts": [(field.label, _said(field)) for field in form],
        "absence_form": absence_form,
        "people": _people(),
        "absences": list(
            Absence.objects.filter(until_date__gte=today)
            .select_related("person", "stand_in")
            .order_by("from_date", "id")
        ),
        "today": today,
        "may_set": request.user.administers,
        "may_go_on": not settings.DEMO and not House.objects.current().set_up_at,
    }
    return render(request, "desk/house.html", context, status=status)


def _said(field: BoundField) -> object:
    choices = dict(getattr(field.field, "choices", ()))
    return choices.get(field.value(), field.value())


def _people() -> list[Person]:
    active = Person.objects.get_queryset().filter(is_active=True)
    return list(active.prefetch_related("teams").order_by("name", "id"))
