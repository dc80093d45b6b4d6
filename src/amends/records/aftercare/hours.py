"""When one may be written to by itself: on any day, but neither at night nor in the evening."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

_DAY_BEGINS, _DAY_ENDS = 9, 20


def decent_hour(at: datetime, zone: str) -> datetime:
    """Return the moment, or the next at which nobody is woken by it."""
    local = at.astimezone(ZoneInfo(zone))
    if local.hour < _DAY_BEGINS:
        return local.replace(hour=_DAY_BEGINS, minute=0, second=0, microsecond=0)
    return next_morning(at, zone) if local.hour >= _DAY_ENDS else at


def next_morning(at: datetime, zone: str) -> datetime:
    tomorrow = at.astimezone(ZoneInfo(zone)) + timedelta(days=1)
    return tomorrow.replace(hour=_DAY_BEGINS, minute=0, second=0, microsecond=0)
