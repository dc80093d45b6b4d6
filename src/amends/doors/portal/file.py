"""A file that went to the customer with a reply, behind the same link as the page."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from amends.doors.portal.asking import behind_a_link
from amends.ground.ui.saving import to_save
from amends.records.answering.standing import file_for_customer
from amends.records.complaints.models import Contact


@require_safe
@behind_a_link
def page(_request: HttpRequest, contact: Contact, _token: str, *, key: UUID) -> HttpResponse:
    file = file_for_customer(contact, key)
    if file is None:
        raise Http404
    return to_save(file.content(), file.name)
