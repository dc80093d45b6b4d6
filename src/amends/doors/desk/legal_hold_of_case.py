"""A legal hold on one case: put with a reason by who leads, shown on its page, and lifted there."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from amends.doors.desk.asking import DeskRequest, at_the_desk, contact_seen_by
from amends.doors.desk.legal_hold import HoldForm
from amends.doors.desk.sentences import sentence_for
from amends.ground import clock
from amends.records.complaints.models import Contact
from amends.records.retention.models import HoldRefused, LegalHold


@require_POST
@at_the_desk
def put(request: DeskRequest, reference: str) -> HttpResponse:
    contact = _seen_by_who_leads(request, reference)
    form = HoldForm(request.POST, prefix="hold")
    if not form.is_valid():
        messages.error(request, _("Say why it is held; a date is not needed, but has to be one."))
        return _back(contact)
    said: dict[str, Any] = form.cleaned_data
    return _act(
        request, contact, _("Held. Nothing of this case goes until somebody lifts it."),
        lambda: LegalHold.objects.put_on_case(contact, **said, by=request.user, at=clock.now()),
    )  # fmt: skip


@require_POST
@at_the_desk
def lift(request: DeskRequest, reference: str) -> HttpResponse:
    contact = _seen_by_who_leads(request, reference)
    hold = LegalHold.objects.filter(contact=contact).order_by("-at", "-id").first()
    if hold is None:
        return _back(contact)
    return _act(
        request, contact, _("Lifted. What the house has set holds for this case again."),
        lambda: hold.lift(by=request.user, at=clock.now()),
    )  # fmt: skip


def holds_over(contact: Contact) -> dict[str, Any]:
    """Return what the page of the case shows of holds; one query."""
    holds = list(
        LegalHold.objects.standing().over(contact).select_related("by").order_by("at", "id")
    )
    return {
        "holds": holds,
        "held_alone": any(hold.contact_id for hold in holds),
        "hold_form": HoldForm(prefix="hold"),
    }


def _seen_by_who_leads(request: DeskRequest, reference: str) -> Contact:
    contact = contact_seen_by(request.user, reference)
    if not request.user.leads:
        raise Http404
    return contact


def _act(
    request: DeskRequest, contact: Contact, done: str, verb: Callable[[], object]
) -> HttpResponseRedirect:
    try:
        verb()
    except HoldRefused as refusal:
        messages.error(request, sentence_for(refusal))
    else:
        messages.info(request, done)
    return _back(contact)


def _back(contact: Contact) -> HttpResponseRedirect:
    return HttpResponseRedirect(reverse("desk:case", args=[contact.reference]))
