"""Going through the chains of events: whether anything was changed, taken out or put in.

Threads come in the order of their keys and their events one by one, so that the largest house
needs no more memory than the smallest.
"""

import uuid
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import groupby

from django.db import transaction

from amends.ground.events import digests
from amends.ground.events.erasing import ERASED
from amends.ground.events.models import Chain, Event

_THREADS_AT_ONCE = 500


class Flaw(StrEnum):
    """What can be wrong with a chain."""

    CHANGED = "changed"
    EMPTIED = "emptied"
    MISSING = "missing"
    OUT_OF_ORDER = "out of order"
    FORGED = "forged"
    CUT = "cut"
    ADDED = "added"
    UNSEALED = "unsealed"


@dataclass(frozen=True)
class Finding:
    thread: uuid.UUID
    number: int
    flaw: Flaw


@dataclass
class Looked:
    """What was looked at in one thread, or in many."""

    threads: int = 0
    events: int = 0
    erased: int = 0
    findings: list[Finding] = field(default_factory=list)


def verify() -> Iterator[Looked]:
    """Yield what was looked at, thread by thread.

    A house at work writes on while we read. A thread that seems wrong is looked at again with its
    chain held, and only what is then wrong is found.
    """
    after: uuid.UUID | None = None
    while True:
        chains = _chains_after(after)
        until = chains[-1].thread if len(chains) == _THREADS_AT_ONCE else None
        ends = {chain.thread: chain for chain in chains}
        for thread, events in groupby(_events(after, until), key=lambda event: event.thread):
            looked = look_through(thread, events, ends.pop(thread, None))
            yield look_again(thread) if looked.findings else looked
        for thread in ends:
            yield look_again(thread)
        if until is None:
            return
        after = until


def look_again(thread: uuid.UUID) -> Looked:
    """Look through one thread while nobody adds to it."""
    with transaction.atomic():
        chain = Chain.objects.select_for_update().filter(thread=thread).first()
        events = Event.objects.filter(thread=thread).order_by("number")
        return look_through(thread, events.iterator(), chain)


def seal_anew(thread: uuid.UUID) -> bool:
    """Seal a chain that holds but for its seal with today's key; False if more is wrong."""
    with transaction.atomic():
        chain = Chain.objects.select_for_update().filter(thread=thread).first()
        flaws = {finding.flaw for finding in look_again(thread).findings}
        if chain is None or flaws - {Flaw.UNSEALED}:
            return False
        Chain.objects.keep([chain])
    return True


def look_through(thread: uuid.UUID, events: Iterator[Event], chain: Chain | None) -> Looked:
    looking = _Looking(thread)
    for event in events:
        looking.at(event)
    looking.at_the_end(chain)
    return looking.looked


def _chains_after(thread: uuid.UUID | None) -> list[Chain]:
    chains = Chain.objects.order_by("thread")
    return list((chains.filter(thread__gt=thread) if thread else chains)[:_THREADS_AT_ONCE])


def _events(after: uuid.UUID | None, until: uuid.UUID | None) -> Iterator[Event]:
    events = Event.objects.order_by("thread", "number")
    events = events.filter(thread__gt=after) if after else events
    return (events.filter(thread__lte=until) if until else events).iterator()


class _Looking:
    """A walk along one chain, which goes on past what is wrong."""

    def __init__(self, thread: uuid.UUID) -> None:
        self.looked = Looked(threads=1)
        self._thread = thread
        self._number = 0
        self._end: bytes | None = digests.BEGINNING
        self._key = uuid.UUID(int=0)
        self._emptied: set[int] = set()

    def at(self, event: Event) -> None:
        self.looked.events += 1
        if event.number != self._number + 1:
            self._find(self._number + 1, Flaw.MISSING)
            self._end = None
        # Nothing is known of what follows a gap; and what is wrong is not said again of the next.
        if self._end is not None and bytes(event.link) != event.link_after(self._end):
            earlier = event.id < self._key
            self._find(event.number, Flaw.OUT_OF_ORDER if earlier else Flaw.FORGED)
        self._number, self._end, self._key = event.number, bytes(event.link), event.id
        self._look_into(event)

    def at_the_end(self, chain: Chain | None) -> None:
        for number in sorted(self._emptied):
            self._find(number, Flaw.EMPTIED)
        if chain is None:
            self._find(self._number, Flaw.UNSEALED)
            return
        if chain.length > self._number:
            self._find(self._number + 1, Flaw.CUT)
        elif chain.length < self._number:
            self._find(chain.length + 1, Flaw.ADDED)
        elif bytes(chain.end) != self._end:
            self._find(self._number, Flaw.FORGED)
        if not chain.is_sealed():
            self._find(chain.length, Flaw.UNSEALED)

    def _look_into(self, event: Event) -> None:
        if event.is_erased:
            self.looked.erased += 1
            self._emptied.add(event.number)
            if event.data or event.actor_name or event.actor_key:
                self._find(event.number, Flaw.CHANGED)
        elif event.digest() != bytes(event.told):
            self._find(event.number, Flaw.CHANGED)
        elif event.verb == ERASED and isinstance(event.data, dict):
            self._emptied.difference_update(event.data.get("numbers", ()))

    def _find(self, number: int, flaw: Flaw) -> None:
        self.looked.findings.append(Finding(self._thread, number, flaw))
