"""What was changed in the house: who, when, what it was and is; the latest can be undone."""

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from amends.doors.desk.asking import DeskRequest, at_the_house
from amends.doors.desk.house_frame import PAGES, only_who_sets, show
from amends.doors.desk.house_words import change
from amends.ground import clock
from amends.ground.events.models import Event
from amends.records.house.models import ChangedSince, House

_SHOWN = 60
_OFFERING = {"playbook_retired", "playbook_taken_up"}
# What can be set back, and on which page it is set.
_UNDONE_ON = {
    "house_set": "house", "hours_set": "house_hours", "holidays_added": "house_holidays",
    "holidays_removed": "house_holidays", "text_set": "house_texts",
    "playbook_worded": "house_playbook", "playbook_usual": "house_playbook",
    "playbook_retired": "house_playbook", "playbook_taken_up": "house_playbook",
}  # fmt: skip


@require_safe
@at_the_house
def page(request: DeskRequest) -> HttpResponse:
    house = House.objects.current()
    events = Event.objects.filter(thread=house.id).order_by("-at", "-id")[:_SHOWN]
    sets = {one.url for one in PAGES if one.is_set_by(request.user)}
    rows, seen = [], set()
    for event in events:
        subject = _subject(event)
        is_latest = subject not in seen
        seen.add(subject)
        undone = is_latest and _page_of(event) in sets
        rows.append({"event": event, "undo": undone, **change(event)})
    return show(request, "house_changes", "changes", {"rows": rows, "now": clock.now()})


@require_POST
@at_the_house
def undo(request: DeskRequest, key: str) -> HttpResponse:
    house = House.objects.current()
    known = Event.objects.filter(thread=house.id, verb__in=_UNDONE_ON)
    event = get_object_or_404(known, pk=key)
    only_who_sets(request, _page_of(event))
    try:
        house.undo_change(event, by=request.user, at=clock.now())
    except ChangedSince:
        messages.error(request, _("This was set again since, so it stays as it is."))
    else:
        messages.info(request, _("Set as it was before."))
    return HttpResponseRedirect(reverse("desk:house_changes"))


def _page_of(event: Event) -> str:
    # The address decides where mail comes from, so it is set with the mail.
    if event.data.get("what") == "address":
        return "house_mail"
    return _UNDONE_ON.get(event.verb, "")


def _subject(event: Event) -> tuple[str, ...]:
    said = event.data
    if event.verb.startswith("holidays"):
        return ("holidays",)
    # To retire and to take up again are two ways of one thing.
    verb = "playbook_offered" if event.verb in _OFFERING else event.verb
    told = (str(said.get(name, "")) for name in ("what", "kind", "language", "key", "book"))
    return (verb, *told)
