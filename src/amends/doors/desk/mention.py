"""Whom one may name in a note of a case: those who may see it."""

from django.http import HttpResponse, JsonResponse
from django.views.decorators.http import require_safe

from amends.doors.desk.asking import DeskRequest, at_the_desk, contact_seen_by
from amends.records.notices.mentioning import offered

_LONGEST = 60


@require_safe
@at_the_desk
def offer(request: DeskRequest, reference: str) -> HttpResponse:
    contact = contact_seen_by(request.user, reference)
    begun = request.GET.get("q", "")[:_LONGEST]
    names = [person.name for person in offered(contact, begun, to=request.user)]
    return JsonResponse({"names": names})
