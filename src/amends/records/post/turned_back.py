"""A clock that ran ahead was put back: what was to be tried in a minute must not wait for hours."""

from datetime import datetime

from amends.ground.jobs.models import SMALL_STEP
from amends.records.house.models import House
from amends.records.post.models import Outgoing, Pickup
from amends.records.post.models.outgoing import LEASE
from amends.records.post.models.pickup import LEASE as STAY
from amends.records.post.models.states import OutgoingState


def set_right(at: datetime) -> None:
    """Count from this moment what was counted from one that has not come yet.

    What is being sent, or visited, has a whole lease: whoever does it may be alive.
    """
    ahead = Outgoing.objects.filter(next_try_at__gt=at)
    # The undo of a mail that was just written is not cut short.
    ahead.filter(state=OutgoingState.QUEUED).update(next_try_at=at + House.objects.current().undo)
    ahead.filter(state=OutgoingState.SENDING, next_try_at__gt=at + LEASE).update(
        next_try_at=at + LEASE
    )
    Pickup.objects.filter(due_at__gt=at, lease=None).update(due_at=at)
    Pickup.objects.filter(due_at__gt=at + STAY).update(due_at=at + STAY)


def bring_forward(at: datetime) -> None:
    """Let mail leave that nobody has tried to send, and that a clock ahead of its time has dated.

    No mail is planned ahead by more than its undo.
    """
    soon = at + House.objects.current().undo
    untried = Outgoing.objects.filter(state=OutgoingState.QUEUED, attempts=0)
    untried.filter(next_try_at__gt=soon + SMALL_STEP).update(next_try_at=soon)
