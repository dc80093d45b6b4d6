"""A call or a letter that was put on record by mistake is taken back, and stands in its form."""

from collections.abc import Iterable
from datetime import datetime
from functools import partial

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from amends.doors.desk.answers import back_to
from amends.doors.desk.asking import DeskRequest, contact_seen_by, who_answers
from amends.doors.desk.sentences import REFUSALS, sentence_for
from amends.doors.desk.telling_drafts import retyped_telling
from amends.ground import clock
from amends.ground.events.models import Event
from amends.records.complaints.models import Message
from amends.records.complaints.timeline import Entry
from amends.records.house.models import House
from amends.records.people.models import Person
from amends.records.writing.taking_back import take_back_to_draft


@require_POST
@who_answers
def undo(request: DeskRequest, reference: str, key: str) -> HttpResponse:
    contact = contact_seen_by(request.user, reference)
    message = get_object_or_404(contact.messages.filter(noted_at__isnull=False), pk=key)
    if message.author_id != request.user.pk:
        raise Http404
    message.contact = contact
    typed = partial(retyped_telling, message)
    try:
        take_back_to_draft(message, typed, by=request.user, at=clock.now())
    except REFUSALS as refusal:
        messages.error(request, sentence_for(refusal))
    else:
        messages.info(request, _("Taken back. It counts as no answer; your text is below."))
    return back_to(contact)


def undoable_told(
    request: HttpRequest, timeline: Iterable[Entry], person: Person, at: datetime
) -> dict[str, object]:
    """Return which of the timeline's calls and letters the person can take back, until when."""
    house: House = getattr(request, "house", None) or House.objects.current()
    said = [entry.what for entry in timeline if isinstance(entry.what, Message)]
    events = [entry.what for entry in timeline if isinstance(entry.what, Event)]
    mine = [one for one in said if one.author_id == person.pk and not one.outgoing_id]
    return {
        "told_undoable": {
            one.pk: one.undo_ends_at(house)
            for one in mine
            if one.is_undoable(said, events, house=house, at=at)
        }
    }
