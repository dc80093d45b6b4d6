"""When to try again: later each time, and never all at once."""

import secrets
from datetime import datetime, timedelta

_FIRST = timedelta(seconds=10)
_LONGEST = timedelta(minutes=30)


def next_try(at: datetime, attempts: int) -> datetime:
    """Return the moment of the next try: doubled with each attempt, give or take a half."""
    wait = min(_FIRST * (1 << min(attempts, 20)), _LONGEST)
    return at + wait * (50 + secrets.randbelow(101)) / 100
