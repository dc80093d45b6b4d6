"""Picks mail up from IMAP servers: who is due is visited, each visit in a thread of its own.

A mail is filed only after its bytes are on our disk. Whoever is killed in between finds it waiting
again, and the same bytes again change nothing.
"""

import logging
import threading
import time
from collections.abc import Callable
from datetime import datetime
from typing import Self

from django.db import close_old_connections, connections

from amends.doors.mail.hindered import Hindered
from amends.doors.mail.imap import Box, Unfetchable, open_box
from amends.doors.mail.reading import receive
from amends.ground import clock, read_only
from amends.ground.passing import is_passing
from amends.records.post.models import LeaseLost, Pickup, Source
from amends.records.post.models.pickup import Trouble

log = logging.getLogger(__name__)

_LOOK_SECONDS, _LONGEST_LOOK_SECONDS = 1.0, 30.0
_HOLD_SECONDS = 20.0
# RFC 2177 asks to renew within 29 minutes. Mail that comes just as we begin to listen may go
# unsaid, and a line may die without a word: so a look comes much earlier.
_LISTEN_SECONDS = 180.0
_POLL_SECONDS = 60.0
# A line that held for so long and broke is nothing to tell anybody of.
_STEADY_SECONDS = 60.0
_STOP_SECONDS = 8.0


class Fetchers:
    """Runs while the block lasts; any number of processes may."""

    def __init__(self, now: Callable[[], datetime] = clock.now) -> None:
        self._now = now
        self._stop = threading.Event()
        self._visits: list[threading.Thread] = []
        self._looking = threading.Thread(target=self._look, name="fetching")

    def __enter__(self) -> Self:
        self._looking.start()
        return self

    def __exit__(self, *_reason: object) -> None:
        self._stop.set()
        deadline = time.monotonic() + _STOP_SECONDS
        for thread in (self._looking, *self._visits):
            thread.join(max(0.1, deadline - time.monotonic()))

    def _look(self) -> None:
        failures = 0
        try:
            while not self._stop.is_set():
                try:
                    close_old_connections()
                    self._visit_due()
                    failures = 0
                except Exception as error:
                    failures += 1
                    told = "looking for mailboxes that are due broke: %s"
                    log.exception(told, str(error).strip(), exc_info=not is_passing(error))
                    read_only.note(error)
                read_only.leave()
                pause = _LOOK_SECONDS * 2.0 ** min(failures, 10)
                self._stop.wait(min(pause, _LONGEST_LOOK_SECONDS))
        finally:
            connections.close_all()

    def _visit_due(self) -> None:
        self._visits = [thread for thread in self._visits if thread.is_alive()]
        now = self._now()
        for pickup in Pickup.objects.due(now).select_related("mailbox"):
            if pickup.claim(now):
                visit = Visit(pickup, self._stop, self._now)
                # A server that never answers must not keep the process from ending.
                thread = threading.Thread(target=visit.run, name=str(pickup), daemon=True)
                self._visits.append(thread)
                thread.start()


class Visit:
    """One stay at a mailbox: until told to stop, or until something is in the way."""

    def __init__(
        self, pickup: Pickup, stop: threading.Event, now: Callable[[], datetime] = clock.now
    ) -> None:
        self._pickup = pickup
        self._stop = stop
        self._now = now
        self._held_at = time.monotonic()
        self._steady_from: float | None = None

    def run(self) -> None:
        try:
            self._stay()
        except LeaseLost:
            log.info("%s was set anew, or another worker is there", self._pickup)
        except Hindered as hindered:
            self._tell(hindered.trouble, hindered.answer)
        except Exception as error:
            told = "%s: a mail could not be kept: %s"
            log.exception(told, self._pickup, str(error).strip(), exc_info=not is_passing(error))
            self._tell(Trouble.KEEPING, type(error).__name__)
        finally:
            connections.close_all()

    def _stay(self) -> None:
        with open_box(self._pickup, self._now()) as box:
            while not self._stop.is_set():
                self._empty(box)
                self._pickup.look(self._now())
                self._steady_from = self._steady_from or time.monotonic()
                self._listen(box)
        self._pickup.let_go(self._now())

    def _empty(self, box: Box) -> None:
        """Take all that waits. One that can't be filed holds up no other, and is told of then."""
        stuck: Hindered | None = None
        for uid in box.waiting(self._pickup.since_date):
            if self._stop.is_set():
                return
            self._hold()
            try:
                self._take(box, uid)
            except Hindered as hindered:
                if hindered.trouble != Trouble.FILING:
                    raise
                stuck = stuck or hindered
        if stuck:
            raise stuck

    def _take(self, box: Box, uid: str) -> None:
        try:
            content = box.content(uid)
        except Unfetchable as reason:
            log.warning("%s: a mail is put into %s: %s", self._pickup, box.failed, reason)
            box.file(uid, box.failed)
            self._pickup.set_one_aside()
            return
        if content is None:
            return  # somebody moved it meanwhile
        receive(
            content, source=Source.IMAP, at=self._now(), envelope_to=[self._pickup.mailbox.address]
        )
        box.file(uid, box.done)

    def _listen(self, box: Box) -> None:
        until = time.monotonic() + (_LISTEN_SECONDS if box.tells else _POLL_SECONDS)
        with box.listening() as has_come:
            while time.monotonic() < until and not self._stop.is_set() and not has_come():
                self._hold()

    def _hold(self) -> None:
        close_old_connections()
        if time.monotonic() - self._held_at > _HOLD_SECONDS:
            self._pickup.hold(self._now())
            self._held_at = time.monotonic()

    def _tell(self, trouble: Trouble, answer: str) -> None:
        try:
            close_old_connections()
            if trouble == Trouble.UNREACHABLE and self._was_steady():
                self._pickup.let_go(self._now())
                return
            log.warning("%s: %s: %s", self._pickup, trouble, answer)
            self._pickup.fail(self._now(), trouble, answer)
        except Exception as error:
            # The lease ends by itself, and another visit is made then.
            told = "%s: not even the trouble could be noted: %s"
            log.exception(told, self._pickup, str(error).strip(), exc_info=not is_passing(error))

    def _was_steady(self) -> bool:
        since = self._steady_from
        return since is not None and time.monotonic() - since > _STEADY_SECONDS
