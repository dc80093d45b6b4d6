"""What a "not solved" leaves of the remedies; site/reactions.py calls it."""

from django.db.models import Q

from amends.ground.events.models import PROGRAM, Event
from amends.records.recovery.models import Remedy


def a_fix_is_still_owed(event: Event) -> None:
    """Let a fix that was decided and never delivered stay what is to be done."""
    reopened = Q(complaint__contact=event.thread) | Q(complaint__contact__merged_into=event.thread)
    owed = Remedy.objects.filter(reopened, gesture=False, delivered_at=None, dropped_at=None)
    remedy = owed.select_related("complaint__contact").order_by("decided_at", "id").first()
    if remedy is not None:
        remedy.tell_contact(by=PROGRAM, at=event.at)
