"""The alarm: by a second channel, when the work stands still for a while, and when it goes on.

Two look after each other: the worker calls it each minute, and a timer of the machine calls
`bin/amends doctor --alarm`, for a dead worker tells nobody. Both keep in one file what was told.
"""

import fcntl
import json
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import IO

from django.conf import settings

from amends.site.checkup import telling
from amends.site.checkup.findings import Finding, Level
from amends.site.checkup.pulse import watched

log = logging.getLogger(__name__)

_AGAIN_AFTER = timedelta(hours=4)
_STATE = "alarm"


@dataclass
class State:
    """Since when something is wrong, when that was told, and what was named."""

    since: str = ""
    told_at: str = ""
    names: tuple[str, ...] = ()


def sound(at: datetime) -> list[Finding]:
    """Tell what is wrong, if it has been for long enough and wasn't told lately; return it."""
    bad = [found for found in watched(at) if found.level == Level.WRONG]
    if settings.ALARM:
        with _remembered() as state:
            _tell_if_due(state, bad, at)
    return bad


def _tell_if_due(state: State, bad: list[Finding], at: datetime) -> None:
    if not bad:
        if not state.told_at or _is_told("over", ["It is over: the work goes on."]):
            state.since, state.told_at, state.names = "", "", ()
        return
    state.since = state.since or at.isoformat()
    lasts = at - datetime.fromisoformat(state.since)
    if lasts < timedelta(minutes=settings.ALARM_AFTER_MINUTES):
        return
    names = {found.name for found in bad}
    old = not state.told_at or at - datetime.fromisoformat(state.told_at) >= _AGAIN_AFTER
    if not old and names <= set(state.names):
        return
    if _is_told("wrong", [f"{found.says} {found.do}" for found in bad]):
        state.told_at, state.names = at.isoformat(), tuple(sorted(names))


def _is_told(what: str, lines: list[str]) -> bool:
    """Tell it; what can't be told is tried again at the next call."""
    try:
        telling.tell(settings.ALARM, what, f"Amends, {settings.HOUSE_URL}\n" + "\n".join(lines))
    except (telling.CannotTell, OSError) as trouble:
        log.error("the alarm could not be told: %s", trouble)  # noqa: TRY400 -- known, no trace
        return False
    return True


@contextmanager
def _remembered() -> Iterator[State]:
    """Give what was told, and keep it; only one process at once, or both would tell."""
    place = Path(settings.HOUSE_HOME) / _STATE
    with place.open("a+", encoding="utf-8") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        state = _read(file)
        yield state
        file.seek(0)
        file.truncate()
        json.dump(asdict(state), file)


def _read(file: IO[str]) -> State:
    file.seek(0)
    try:
        return State(**json.load(file))
    except (ValueError, TypeError):
        return State()  # new, or cut off by a full disk, which is what it has to tell of
