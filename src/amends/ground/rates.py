"""Brakes on what strangers may send: counted in the disposable store, shared by all processes."""

import hashlib

from django.conf import settings
from django.core.cache import cache
from django.db import OperationalError
from django.http import HttpRequest

_WINDOW_SECONDS = 3600


def too_many(request: HttpRequest, what: str, limit: int) -> bool:
    """Count one more and tell whether the address has passed its limit for this hour."""
    return too_many_of(what, asker(request), limit)


def too_many_of(what: str, whose: str, limit: int) -> bool:
    """Count one more for this hour, whoever asks; what is counted may be typed by anybody.

    Each takes one of as many places as the limit has, for an hour. A number that is read and
    written back would lose counts between two processes; a place is taken by one of them.
    """
    key = f"rate:{what}:{hashlib.sha256(whose.encode()).hexdigest()[:32]}"
    places = [f"{key}:{number}" for number in range(limit)]
    taken = cache.get_many(places)
    free = [place for place in places if place not in taken]
    if any(cache.add(place, 1, _WINDOW_SECONDS) for place in free):
        return False
    # Django's cache says of what it could not write the same as of what another was faster with.
    if free and not cache.get_many(free):
        raise OperationalError("the store of the brakes can't be written to")
    return True


def asker(request: HttpRequest) -> str:
    """Return the address that asks."""
    if settings.BEHIND_PROXY:
        # The last entry is the proxy's own; those before it anybody can make up.
        forwarded = str(request.META.get("HTTP_X_FORWARDED_FOR", "")).rpartition(",")[2].strip()
        if forwarded:
            return forwarded
    return str(request.META.get("REMOTE_ADDR", ""))
