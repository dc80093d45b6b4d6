"""A page on which facts of the house are typed, looked at and kept."""

import copy
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from amends.doors.desk.asking import DeskRequest
from amends.doors.desk.house_frame import is_typed, only_looks
from amends.ground import clock
from amends.records.house.models import House

Show = Callable[[DeskRequest, House, Any, int], HttpResponse]


def facts_page(
    request: DeskRequest, url: str, form_of: Callable[..., Form], show: Show
) -> HttpResponse:
    """Show the facts in their form, show what a change would do, or keep it.

    Args:
        request: what was asked.
        url: the name of the page in `house_frame.PAGES`.
        form_of: makes the form, of what was typed and of the house.
        show: renders the page with the house, the form and the status.
    """
    house = House.objects.current()
    if not is_typed(request, url):
        return show(request, house, form_of(house=house), 200)
    form = form_of(request.POST, house=house)
    if only_looks(request) or not form.is_valid():
        return show(request, house, form, 200 if only_looks(request) else 422)
    if house.set(by=request.user, at=clock.now(), **form.cleaned_data):
        messages.info(request, _("Kept. It holds from now on."))
    return HttpResponseRedirect(reverse(f"desk:{url}"))


def as_typed(house: House, form: Form) -> House:
    """Return the house as it would be with what was typed, as far as that can be read."""
    would_be = copy.copy(house)
    if form.is_bound and form.is_valid():
        for name, value in form.cleaned_data.items():
            setattr(would_be, name, value)
    return would_be
