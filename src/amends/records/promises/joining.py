"""What a merge does to promises: the head keeps those of both; site/reactions.py calls it."""

from amends.ground.events.models import Event
from amends.records.complaints.models import Contact
from amends.records.promises.models import tell_contact


def the_head_keeps_them(event: Event) -> None:
    head = Contact.objects.select_related("customer", "team", "person").get(pk=event.thread)
    tell_contact(head, at=event.at)
