"""What follows for a survey from what happens to its complaint; site/reactions.py calls it."""

from amends.ground.events.models import Event
from amends.records.aftercare.models import Survey
from amends.records.complaints.models import Complaint
from amends.records.complaints.vocabulary import Outcome
from amends.records.house.models import House


def it_was_closed(event: Event) -> None:
    """Plan a survey after the customer's yes, and after no other end."""
    if event.data.get("outcome") != Outcome.CONFIRMED or not House.objects.current().survey:
        return
    complaint = Complaint.objects.select_related("contact").get(contact=event.thread)
    if complaint.contact.merged_into_id:
        return  # the case that it follows is asked about
    if not Survey.objects.settled().filter(complaint=complaint).exists():
        Survey.objects.plan(complaint, at=event.at)


def it_was_reopened(event: Event) -> None:
    """Call off what is planned, or asked and not yet answered."""
    open_ones = Survey.objects.filter(
        complaint__contact=event.thread, answered_at=None, cancelled_at=None
    ).exclude(taken_up_at__isnull=False)
    for survey in open_ones:
        survey.cancel(at=event.at)
