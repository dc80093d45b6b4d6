"""What a case's page shows of merging, splitting and moving."""

from typing import Any

from django.db.models import Q

from amends.records.complaints.models import Contact, Message, Split
from amends.records.complaints.timeline import Entry
from amends.records.complaints.vocabulary import Direction, State
from amends.records.people.models import Person

_SHOWN = 12


def followers_seen_by(person: Person, contact: Contact) -> list[Contact]:
    """Return what is merged into the contact, as far as the person may see it."""
    followers = Contact.objects.visible_to(person).filter(merged_into=contact.pk)
    return list(followers.select_related("complaint").order_by("received_at", "id"))


def joined_of(
    contact: Contact, person: Person, timeline: list[Entry], followers: list[Contact]
) -> dict[str, Any]:
    splits = Split.objects.filter(Q(contact=contact) | Q(new=contact), undone_at=None)
    written = [entry.what for entry in timeline if not entry.joined]
    heard = [one for one in written if isinstance(one, Message) and one.direction == Direction.IN]
    return {
        "head": contact.merged_into,
        "followers": followers,
        "other_open": [] if contact.is_closed and not heard else _others(contact, person),
        "splits": list(splits.select_related("contact", "new").order_by("at", "id")),
        "heard": heard,
    }


def _others(contact: Contact, person: Person) -> list[Contact]:
    """Return the customer's other open contacts, which it can be joined with."""
    others = Contact.objects.visible_to(person).filter(customer=contact.customer_id)
    others = others.exclude(state__in=[State.CLOSED, State.MERGED]).exclude(pk=contact.pk)
    return list(others.select_related("complaint").order_by("-received_at", "-id")[:_SHOWN])
