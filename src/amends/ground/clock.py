"""What time it is: the one clock that doors and the worker read.

It is the machine's own, save in a demo, whose clock can be moved on (`move`): the house's folder
then keeps by how much, so that the web and the worker agree. It goes back only with a demo that
begins anew (`set_back`).
"""

from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.utils import timezone

_read: tuple[int, timedelta] = (0, timedelta(0))


def now() -> datetime:
    return timezone.now() + moved_by() if settings.DEMO else timezone.now()


def moved_by() -> timedelta:
    """Return by how much the demo's clock is ahead of the machine's."""
    global _read  # noqa: PLW0603 -- read anew only when the file has changed
    try:
        changed = _place().stat().st_mtime_ns
    except FileNotFoundError:
        return timedelta(0)
    if changed != _read[0]:
        _read = (changed, timedelta(seconds=float(_place().read_text())))
    return _read[1]


def move(by: timedelta) -> None:
    """Move the demo's clock on; ValueError for backwards, RuntimeError in a real house."""
    if not settings.DEMO:
        raise RuntimeError("only a demo's clock can be moved")
    if by < timedelta(0):
        raise ValueError(by)
    fresh = _place().with_suffix(".new")
    fresh.write_text(str((moved_by() + by).total_seconds()))
    fresh.replace(_place())


def set_back() -> None:
    """Let the demo's clock be the machine's again, once nothing of the time ahead is left."""
    if not settings.DEMO:
        raise RuntimeError("only a demo's clock can be moved")
    _place().unlink(missing_ok=True)


def _place() -> Path:
    return Path(settings.HOUSE_HOME) / "clock"
