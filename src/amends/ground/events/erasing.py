"""Erasing what events tell: the one way, and it is on record itself."""

import uuid
from collections import defaultdict
from datetime import datetime

from django.db import transaction

from amends.ground.events.models import Actor, EventQuerySet, Happening, record_all

ERASED = "events_erased"


def erase(events: EventQuerySet, *, by: Actor, at: datetime) -> int:
    """Erase who did it and the data, and say in each thread of which events; returns how many.

    What kind of thing happened, and when, stays. So does what an earlier erasing said: it names
    numbers and nobody but who erased, and without it a chain would look tampered with.
    """
    with transaction.atomic():
        full = events.exclude(salt=None).exclude(verb=ERASED)
        numbers: dict[uuid.UUID, list[int]] = defaultdict(list)
        for thread, number in full.order_by("thread", "number").values_list("thread", "number"):
            numbers[thread].append(number)
        record_all(
            Happening(ERASED, thread, by, at, {"numbers": erased})
            for thread, erased in numbers.items()
        )
        # After the chains are held: of what came between, nothing is erased without being named.
        return sum(
            full.filter(thread=thread, number__in=erased).empty()
            for thread, erased in numbers.items()
        )
