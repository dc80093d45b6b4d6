"""The worker: jobs, outgoing mail, and what recurs, round after round. Any number may run."""

import logging
import threading
from collections.abc import Callable
from datetime import datetime

from django.db import close_old_connections, connections

from amends.doors.mail import sender
from amends.ground import clock, read_only
from amends.ground.jobs import running
from amends.ground.passing import is_passing
from amends.site import schedule

log = logging.getLogger(__name__)

_IDLE_SECONDS = 0.5
_LONGEST_PAUSE_SECONDS = 30.0

Step = Callable[[datetime], int]
STEPS: tuple[Step, ...] = (running.run_due, sender.send_due, schedule.run_due)


class Worker:
    """Each step has a thread of its own: a mail server that hangs never holds up the intake."""

    def __init__(
        self, steps: tuple[Step, ...] = STEPS, now: Callable[[], datetime] = clock.now
    ) -> None:
        self._steps = steps
        self._now = now

    def run(self, stop: threading.Event) -> None:
        """Work until told to stop; what is being done then is finished first."""
        sender.refuse_wrong_settings()
        threads = [
            threading.Thread(target=self._repeat, args=(step, stop), name=step.__module__)
            for step in self._steps
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

    def _repeat(self, step: Step, stop: threading.Event) -> None:
        failures = 0
        try:
            while not stop.is_set():
                done = self._take(step)
                failures = failures + 1 if done is None else 0
                stop.wait(_pause(done, failures))
        finally:
            connections.close_all()

    def _take(self, step: Step) -> int | None:
        close_old_connections()
        try:
            return step(self._now())
        except Exception as error:
            # What passes is said in a line: it may last, and there is nothing to look for in here.
            name, trace = f"{step.__module__}.{step.__name__}", not is_passing(error)
            log.exception("%s broke: %s", name, str(error).strip(), exc_info=trace)
            read_only.note(error)
            return None
        finally:
            read_only.leave()


def _pause(done: int | None, failures: int) -> float:
    if failures:
        return min(_IDLE_SECONDS * 2.0 ** min(failures, 10), _LONGEST_PAUSE_SECONDS)
    return 0 if done else _IDLE_SECONDS
