"""What the command palette finds by typing: cases, and the views that the person has."""

from django.http import HttpResponse, JsonResponse, QueryDict
from django.urls import reverse
from django.views.decorators.http import require_safe

from amends.doors.desk.asking import DeskRequest, at_the_desk
from amends.doors.desk.looked import looked
from amends.doors.desk.saved_view import views_for
from amends.ground import search
from amends.records.complaints.models import Contact
from amends.records.looking.models import What
from amends.records.people.models import Person

_SHOWN = 7
_LONGEST = 200


@require_safe
@at_the_desk
def page(request: DeskRequest) -> HttpResponse:
    words = request.GET.get("q", "").replace("\0", "").strip()[:_LONGEST]
    views, cases = _views(request.user, words), _cases(request.user, words) if words else []
    if cases:
        looked(request, What.SEARCH, found=len(cases))
    return JsonResponse({"found": views + cases})


def _views(person: Person, words: str) -> list[dict[str, str]]:
    where = reverse("desk:cases")
    return [
        {"url": f"{where}?{view.query}" if view.query else where, "name": view.name, "kind": "view"}
        for view in views_for(person, QueryDict(""))
        if words.casefold() in view.name.casefold()
    ]


def _cases(person: Person, words: str) -> list[dict[str, str]]:
    seen = Contact.objects.visible_to(person).select_related("customer", "complaint")
    named = list(seen.filter(reference=words.upper()))
    matching = search.matching(seen, words).order_by("-last_message_at", "-id")
    found = named or list(matching[:_SHOWN])
    return [
        {
            "url": reverse("desk:case", args=[contact.reference]),
            "name": contact.complaint.goal if contact.is_complaint else contact.subject,
            "more": f"{contact.customer.shown_name} · {contact.reference}",
            "kind": "case",
        }
        for contact in found
    ]
