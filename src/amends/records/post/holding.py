"""Held mail: let go, or discarded, by a person and on record; never lost by itself."""

import uuid
from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from amends.ground.events.models import Actor, Happening, record_all
from amends.records.post.models import Outgoing, OutgoingState

# A batch at a time: who has looked at some sends these, and sees what becomes of them.
BATCH = 50


def let_go(*, by: Actor, at: datetime, only: uuid.UUID | None = None) -> int:
    """Send the oldest that are held, one batch, or only one; return how many."""
    values = {"state": OutgoingState.QUEUED, "not_before": at, "next_try_at": at}
    return _end("mail_let_go", values, only, by=by, at=at)


def discard(*, by: Actor, at: datetime, only: uuid.UUID | None = None) -> int:
    """Send none of the oldest that are held, one batch, or only one; they stay on record."""
    values = {"state": OutgoingState.CANCELLED, "cancelled_at": at}
    return _end("mail_discarded", values, only, by=by, at=at)


def _end(
    verb: str, values: dict[str, object], only: uuid.UUID | None, *, by: Actor, at: datetime
) -> int:
    with transaction.atomic():
        held = Outgoing.objects.held()
        held = held.filter(pk=only) if only else held
        batch = list(held.select_for_update().values_list("pk", "thread")[:BATCH])
        # Of two who press at once the second changes what is left.
        changed = held.filter(pk__in=[pk for pk, _thread in batch]).update(**values)
        record_all(_happenings(verb, batch, by, at))
    return changed


def _happenings(
    verb: str, batch: Iterable[tuple[uuid.UUID, uuid.UUID]], by: Actor, at: datetime
) -> list[Happening]:
    return [Happening(verb, thread, by, at, {"outgoing": str(pk)}) for pk, thread in batch]
