"""What a merge does to remedies: those of both are the head's to do; site/reactions.py calls it."""

from amends.ground.events.models import PROGRAM, Event
from amends.records.complaints.models import Complaint
from amends.records.complaints.vocabulary import Fix
from amends.records.recovery.models import Remedy, tell_of_fixes


def the_head_owes_them(event: Event) -> None:
    complaint = Complaint.objects.select_related("contact__customer").filter(contact=event.thread)
    for one in complaint:
        remedies = Remedy.objects.filter(complaint__in=Complaint.objects.of_one_case(one))
        if remedies.exists() or one.contact.fix != Fix.NONE:
            tell_of_fixes(one, by=PROGRAM, at=event.at)
