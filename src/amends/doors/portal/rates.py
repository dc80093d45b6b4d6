"""Brakes on what strangers may send: counted in the disposable store, shared by all processes."""

from django.core.cache import cache
from django.http import HttpRequest

_WINDOW_SECONDS = 3600


def too_many(request: HttpRequest, what: str, limit: int) -> bool:
    """Count one more and tell whether the address has passed its limit for this hour."""
    key = f"rate:{what}:{request.META.get('REMOTE_ADDR', '')}"
    cache.add(key, 0, _WINDOW_SECONDS)
    try:
        return cache.incr(key) > limit
    except ValueError:  # it has just expired
        return False
