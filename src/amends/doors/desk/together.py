"""What is done to several cases at once: those that were ticked, or all that a list holds."""

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect, QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from amends.doors.desk.asking import DeskRequest, at_the_desk, may_act
from amends.doors.desk.filters import FilterForm, narrow
from amends.doors.desk.forms import HandsForm
from amends.doors.desk.sentences import REFUSALS, sentence_for
from amends.ground import clock
from amends.records.complaints.models import Contact

MOST = 200


def selected(request: DeskRequest, asked: QueryDict) -> list[Contact]:
    """Return what was ticked, or all of the list, as far as the person may see it; 200 at most."""
    seen = Contact.objects.visible_to(request.user).select_related(
        "customer", "team", "person", "mailbox", "complaint"
    )
    if asked.get("all"):
        form = FilterForm(QueryDict(asked.get("query", "")))
        form.is_valid()
        found = narrow(seen, form.narrowing, person=request.user, at=clock.now())
    else:
        named = [ref.upper() for ref in asked.getlist("ref") if "\0" not in ref]
        found = seen.filter(reference__in=named[:MOST])
    return list(found.order_by("received_at", "id")[:MOST])


@require_POST
@at_the_desk
def hands(request: DeskRequest) -> HttpResponse:
    """Hand them all over; those that can't be are named, with the reason."""
    if not may_act(request.user):
        raise Http404
    form = HandsForm(request.POST)
    contacts = selected(request, request.POST)
    if not form.is_valid():
        messages.error(request, str(next(iter(form.errors.values()))[0]))
    elif not contacts:
        messages.error(request, _("Tick at least one case."))
    else:
        _hand_over(request, contacts, form)
    return back_to_list(request)


def back_to_list(request: DeskRequest) -> HttpResponseRedirect:
    query = QueryDict(request.POST.get("query", "")).urlencode()
    where = reverse("desk:cases")
    return HttpResponseRedirect(f"{where}?{query}" if query else where)


def _hand_over(request: DeskRequest, contacts: list[Contact], form: HandsForm) -> None:
    refused: dict[str, list[str]] = {}
    for contact in contacts:
        try:
            contact.hand_to(
                by=request.user, at=clock.now(), why=form.cleaned_data["why"],
                **form.cleaned_data["to"],
            )  # fmt: skip
        except REFUSALS as refusal:
            refused.setdefault(sentence_for(refusal), []).append(contact.reference)
    done = len(contacts) - sum(map(len, refused.values()))
    if done:
        said = ngettext("%(count)s case handed over.", "%(count)s cases handed over.", done)
        messages.info(request, said % {"count": done})
    for reason, references in refused.items():
        messages.error(request, f"{', '.join(references)}: {reason}")
