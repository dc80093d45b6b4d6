"""Looks that are written a little later, many at once: reading a case waits for no writer.

What stands here and was not written yet is lost when the process is killed. The web writes it
every two seconds (site/looks.py); sign-ins and exports are never here, they are written at once.
"""

import logging
import threading
from collections import deque

from django.db import DataError, IntegrityError

from amends.records.looking.models import Glance, Look

log = logging.getLogger(__name__)

# A hundred wake the writer; ten thousand are kept while the database is away.
ENOUGH, MOST = 100, 10_000


class Batch:
    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._waiting: deque[Glance] = deque()
        self._enough = threading.Event()

    def add(self, glance: Glance) -> None:
        with self._lock:
            if len(self._waiting) >= MOST:
                self._waiting.popleft()
                log.warning("%s looks wait for the database: the oldest is dropped", MOST)
            self._waiting.append(glance)
            if len(self._waiting) >= ENOUGH:
                self._enough.set()

    def wait(self, seconds: float) -> None:
        """Wait until there is enough to write, or as long as that."""
        self._enough.wait(seconds)

    def write(self) -> int:
        """Write what waits and return how many it was; if it can't be written it waits on."""
        with self._lock:
            told = list(self._waiting)
            self._waiting.clear()
            self._enough.clear()
        try:
            self._write(told)
        except Exception:
            with self._lock:
                self._waiting.extendleft(reversed(told[: MOST - len(self._waiting)]))
            raise
        return len(told)

    def _write(self, told: list[Glance]) -> None:
        try:
            Look.objects.write(told)
        except (DataError, IntegrityError):
            # One that the database can't take holds up no others.
            for glance in told:
                try:
                    Look.objects.write([glance])
                except (DataError, IntegrityError):
                    log.exception("a look that can't be written is dropped: %s", glance)

    def forget(self) -> None:
        with self._lock:
            self._waiting.clear()
            self._enough.clear()


LOOKS = Batch()
