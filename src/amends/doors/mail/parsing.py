"""Mails read in other processes, so that the one that stores them need not wait for the reading."""

import logging
import multiprocessing
import os
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures import TimeoutError as TooSlow
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from typing import Self

from amends.expertise.correspondence import Letter, read_letter
from amends.expertise.language.identify import identify

log = logging.getLogger(__name__)

_A_TASK = 25
# Far longer than any mail has ever taken; a reader that is still at it hangs.
_LONGEST_SECONDS = 60

Reader = Callable[[Sequence[bytes], str | None], "list[Reading]"]


@dataclass
class Reading:
    """A letter and the language it is in; `trouble` says why there is none."""

    letter: Letter
    language: str = ""
    trouble: str = ""


def read_one(raw: bytes, trusted_authserv: str | None) -> Reading:
    letter = read_letter(raw, trusted_authserv=trusted_authserv)
    return Reading(letter, identify(f"{letter.subject}\n{letter.reply}") or "")


def read_some(mails: Sequence[bytes], trusted_authserv: str | None) -> list[Reading]:
    return [read_one(raw, trusted_authserv) for raw in mails]


@dataclass(frozen=True)
class Begun:
    """Mails given to a process, and what will come of them."""

    mails: Sequence[bytes]
    future: "Future[list[Reading]]"


class Readers:
    """Processes that read; one that dies of a mail, or hangs, is replaced, and the mail is named.

    Used as a context: they end with it.
    """

    def __init__(self, trusted_authserv: str | None, read: Reader | None = None) -> None:
        """Start them; `read` reads some mails in a process of its own, as read_some does."""
        self._trusted, self._read = trusted_authserv, read or read_some
        self._pool = self._processes()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_exception: object) -> None:
        self._end()

    def begin(self, mails: Sequence[bytes]) -> list[Begun]:
        """Give the mails to the processes, and go on without waiting."""
        parts = [mails[start : start + _A_TASK] for start in range(0, len(mails), _A_TASK)]
        return [Begun(part, self._submit(part)) for part in parts]

    def finish(self, begun: Sequence[Begun]) -> list[Reading]:
        """Wait for what was begun; one reading a mail, in the same order."""
        return [reading for some in begun for reading in self._readings(some)]

    def _submit(self, mails: Sequence[bytes]) -> "Future[list[Reading]]":
        try:
            return self._pool.submit(self._read, mails, self._trusted)
        except BrokenProcessPool:
            self._replace()
            return self._pool.submit(self._read, mails, self._trusted)

    def _readings(self, some: Begun) -> list[Reading]:
        try:
            return some.future.result(_LONGEST_SECONDS)
        except (BrokenProcessPool, TooSlow):
            self._replace()
        return [self._alone(raw) for raw in some.mails]

    def _alone(self, raw: bytes) -> Reading:
        try:
            return self._submit([raw]).result(_LONGEST_SECONDS)[0]
        except (BrokenProcessPool, TooSlow) as reason:
            self._replace()
            why = "takes too long" if isinstance(reason, TooSlow) else "kills its reader"
            log.exception("a mail of %d bytes %s", len(raw), why)
            return Reading(Letter(), trouble=f"the mail {why}")

    def _replace(self) -> None:
        self._end()
        self._pool = self._processes()

    def _end(self) -> None:
        # A reader that hangs would keep the program from ending; the pool has no door for this.
        for process in list((self._pool._processes or {}).values()):  # noqa: SLF001
            process.terminate()
        self._pool.shutdown(wait=False, cancel_futures=True)

    @staticmethod
    def _processes() -> ProcessPoolExecutor:
        # Forked from a process of their own that knows the readers, and nothing of the database.
        how = multiprocessing.get_context("forkserver")
        how.set_forkserver_preload([__name__])
        pool = ProcessPoolExecutor(max(1, (os.cpu_count() or 2) - 1), mp_context=how)
        pool.submit(read_some, [], None).result()
        return pool
