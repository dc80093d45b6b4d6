"""When a session ends by itself: after hours without an act, and after two weeks whatever happens.

It counts by the machine's clock, not by one that a demo moves.
"""

import time
from collections.abc import Callable
from typing import Any

from django.contrib.auth import logout
from django.contrib.sessions.backends.base import SessionBase
from django.http import HttpRequest, HttpResponse

from amends.ground.passing import is_passing

HOUR = 3600
# Whoever asked to be kept signed in comes back after a weekend.
IDLE_SECONDS, KEPT_IDLE_SECONDS = 12 * HOUR, 72 * HOUR
LONGEST_SECONDS = 14 * 24 * HOUR
_NOTED_SECONDS = HOUR / 6
_FOR_PEOPLE = ("/desk/", "/house/", "/me/", "/setup/")
_BEGAN, _ACTED = "began", "acted"
# Pages that lie open ask for this by themselves.
_NO_ACT = "/pulse"


def begin(*, request: HttpRequest | None, **_signal: Any) -> None:
    """Note when somebody came in."""
    if request is not None:
        request.session[_BEGAN] = request.session[_ACTED] = time.time()


def sessions_end(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    def answer(request: HttpRequest) -> HttpResponse:
        if request.path.startswith(_FOR_PEOPLE) and request.user.is_authenticated:
            _look(request, time.time())
        return get_response(request)

    return answer


def _look(request: HttpRequest, now: float) -> None:
    session = request.session
    began, acted = session.get(_BEGAN, 0.0), session.get(_ACTED, 0.0)
    idle = IDLE_SECONDS if session.get_expire_at_browser_close() else KEPT_IDLE_SECONDS
    if now - acted > idle or now - began > LONGEST_SECONDS:
        logout(request)
    elif now - acted > _NOTED_SECONDS and _NO_ACT not in request.path:
        _note(session, now)


def _note(session: SessionBase, now: float) -> None:
    before = session.modified
    session[_ACTED] = now
    try:
        session.save()
    except Exception as trouble:
        # A page is shown though nothing can be written.
        if not is_passing(trouble):
            raise
    session.modified = before
