"""Files that came with a message: always to be saved, never opened by the browser as a page."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from amends.doors.desk.asking import DeskRequest, at_the_desk, contact_seen_by
from amends.doors.desk.looked import looked
from amends.ground.ui.saving import to_save
from amends.records.complaints.models import Attachment
from amends.records.looking.models import What


@require_safe
@at_the_desk
def page(request: DeskRequest, reference: str, key: str) -> HttpResponse:
    contact = contact_seen_by(request.user, reference)
    attachment = get_object_or_404(Attachment.objects.filter(message__contact=contact), pk=key)
    looked(request, What.FILE, contact=contact)
    return to_save(attachment.content(), attachment.name)


@require_safe
@at_the_desk
def source(request: DeskRequest, reference: str, key: str) -> HttpResponse:
    """The mail as it came, byte for byte."""
    contact = contact_seen_by(request.user, reference)
    message = get_object_or_404(contact.messages.select_related("raw"), pk=key)
    if message.raw is None:
        raise Http404
    looked(request, What.FILE, contact=contact)
    return to_save(message.raw.content(), f"{contact.reference}.eml")
