"""What must not leave twice when a house goes back to its back-up.

What waited to be sent when the back-up was made may have been sent since. So none of it goes by
itself: each such mail counts as refused, and its case comes back to a person, who knows or asks.
What the program writes by itself from then on may have been written before too, so it waits until
somebody lets it go (`bin/amends release`). What people write anew leaves as ever.
"""

from datetime import datetime
from pathlib import Path

from django.conf import settings

from amends.records.post.models import Outgoing
from amends.records.post.models.states import OutgoingState

_MARK = "automatic-mail-is-held"
_OPEN = (OutgoingState.QUEUED, OutgoingState.SENDING)


def hold_automatic(at: datetime) -> None:
    """Let no automatic mail leave, on any worker of this folder, until it is released."""
    _mark().write_text(at.isoformat())


def held_since() -> datetime | None:
    """Return since when automatic mail is held; None if it is not."""
    try:
        return datetime.fromisoformat(_mark().read_text())
    except FileNotFoundError:
        return None


def release_automatic() -> None:
    _mark().unlink(missing_ok=True)


def refuse_waiting(at: datetime, why: str, *, only_automatic: bool = False) -> int:
    """Let the mails that wait count as refused, each in its own transaction; return how many.

    No worker may run: one that is sending would find its lease gone.
    """
    waiting = Outgoing.objects.filter(state__in=_OPEN)
    if only_automatic:
        waiting = waiting.filter(automatic=True)
    count = 0
    for mail in waiting.order_by("created_at", "id"):
        Outgoing.objects.filter(pk=mail.pk).update(next_try_at=at)
        if token := mail.claim(at):
            mail.refuse(token, at, why)
            count += 1
    return count


def _mark() -> Path:
    return Path(settings.HOUSE_HOME) / _MARK
