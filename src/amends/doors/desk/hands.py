from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from amends.doors.desk.answers import act
from amends.doors.desk.asking import DeskRequest, at_the_desk, contact_seen_by
from amends.records.complaints.models import Contact
from amends.records.people.models import Person, Team


@require_POST
@at_the_desk
def update(request: DeskRequest, reference: str) -> HttpResponse:
    """Take it, give it to a colleague, or to a team's queue."""
    contact = contact_seen_by(request.user, reference)
    kind, _sep, key = request.POST.get("to", "").partition(":")
    person = get_object_or_404(Person, pk=key, is_active=True) if kind == "person" else None
    team = get_object_or_404(Team, pk=key) if kind == "team" else None
    why = request.POST.get("why", "")
    answer = act(
        request, contact,
        lambda at: contact.hand_to(by=request.user, at=at, person=person, team=team, why=why),
        done=_("Handed over."),
    )  # fmt: skip
    still_seen = Contact.objects.visible_to(request.user).filter(pk=contact.pk).exists()
    return answer if still_seen else HttpResponseRedirect(reverse("desk:my_day"))
