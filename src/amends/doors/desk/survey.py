"""What the customer said of how it went, and whom a person writes to instead of a survey."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_POST

from amends.doors.desk.answers import act
from amends.doors.desk.asking import DeskRequest, complaint_seen_by, who_answers
from amends.records.aftercare.models import Survey
from amends.records.complaints.models import Complaint, Contact
from amends.records.people.models import Person

_SHOWN, _LOOKED_THROUGH = 12, 500


@require_POST
@who_answers
def take_up(request: DeskRequest, reference: str) -> HttpResponse:
    """Open the case again to write to the customer oneself, in place of the survey."""
    complaint = complaint_seen_by(request.user, reference)
    survey = get_object_or_404(Survey.objects.for_a_person(), complaint=complaint)
    survey.complaint = complaint
    return act(request, complaint.contact, lambda at: survey.take_up(by=request.user, at=at))


def last_survey(complaint: Complaint) -> Survey | None:
    return Survey.objects.filter(complaint=complaint).order_by("-due_at", "-id").first()


def to_write_to(person: Person) -> list[Contact]:
    """Return whose survey was left out because they were hurt enough: a person writes."""
    mine = Contact.objects.visible_to(person).for_hands_of(person)
    waiting = Survey.objects.for_a_person().order_by("due_at", "id")
    # Keys, and the oldest: inside the query the database would go through all that is theirs.
    hurt = list(waiting.values_list("complaint__contact", flat=True)[:_LOOKED_THROUGH])
    first = mine.filter(pk__in=hurt).order_by("closed_at", "id").cut(0, _SHOWN)
    return list(first.select_related("customer", "complaint"))
