"""What happened, in order, never changed: each verb writes its event in its own transaction.

The events of a thread are a chain (digests.py), so that a change behind our back is found
(verifying.py). Of the law's erasing nothing is hidden: the chain says where, and by what.
"""

import uuid
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol

from django.db import connection, models, transaction

from amends.ground.events import digests
from amends.ground.keys import uuid7
from amends.ground.rows import insert_all, new


class Actor(Protocol):
    """Whoever does something: a person, a customer, or the program itself."""

    @property
    def actor_kind(self) -> str: ...
    @property
    def actor_key(self) -> uuid.UUID | None: ...
    @property
    def actor_name(self) -> str: ...


class Program:
    """Acts that no person did: what the house has set to happen by itself."""

    actor_kind = "program"
    actor_key = None
    actor_name = ""


PROGRAM = Program()


class EventsAreForever(Exception):
    """An event was to be changed or deleted."""


@dataclass(frozen=True)
class Happening:
    """What is to be written down: who did what, when, on which thread."""

    verb: str
    thread: uuid.UUID
    by: Actor
    at: datetime
    data: dict[str, Any] = field(default_factory=dict)


class EventQuerySet(models.QuerySet["Event"]):
    def about(self, thread: uuid.UUID) -> "EventQuerySet":
        return self.filter(thread=thread).order_by("at", "id")

    def update(self, **_values: Any) -> int:
        raise EventsAreForever

    def delete(self) -> tuple[int, dict[str, int]]:
        raise EventsAreForever

    def empty(self) -> int:
        """Take out what is told, for erasing.py, which puts on record that it was."""
        return super().update(data={}, actor_name="", actor_key=None, salt=None)


class Event(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    at = models.DateTimeField()
    verb = models.CharField(max_length=60)
    thread = models.UUIDField(help_text="the contact that the event belongs to")
    number = models.PositiveIntegerField(help_text="its place in the thread's chain, from 1")
    actor_kind = models.CharField(max_length=10)
    actor_key = models.UUIDField(null=True)
    actor_name = models.CharField(max_length=200, blank=True)
    data = models.JSONField(default=dict)
    salt = models.BinaryField(
        max_length=16, null=True, default=digests.new_salt, help_text="none: it was erased"
    )
    told = models.BinaryField(max_length=32, help_text="the salted digest of actor and data")
    link = models.BinaryField(max_length=32)

    objects = EventQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["verb", "at"])]
        constraints = [
            models.UniqueConstraint(fields=["thread", "number"], name="event_has_its_place")
        ]

    def __str__(self) -> str:
        return f"{self.verb} {self.at:%Y-%m-%d %H:%M}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise EventsAreForever
        super().save(*args, **kwargs)

    def delete(self, *_args: Any, **_kwargs: Any) -> tuple[int, dict[str, int]]:
        raise EventsAreForever

    @property
    def is_erased(self) -> bool:
        return self.salt is None

    def digest(self) -> bytes:
        """Return the digest of what is told here, with its salt."""
        return digests.of_what_is_told(
            bytes(self.salt or b""),
            actor_key=self.actor_key, actor_name=self.actor_name, data=self.data,
        )  # fmt: skip

    def link_after(self, before: bytes) -> bytes:
        return digests.link(
            before, bytes(self.told), thread=self.thread, number=self.number, key=self.id,
            at=self.at, verb=self.verb, actor_kind=self.actor_kind,
        )  # fmt: skip


class ChainQuerySet(models.QuerySet["Chain"]):
    def held(self, threads: Collection[uuid.UUID]) -> dict[uuid.UUID, "Chain"]:
        """Return the threads' chains, new ones too, which nobody else adds to meanwhile."""
        locked = self.select_for_update().order_by("thread")
        found = locked.in_bulk(threads)
        new = {key: Chain(thread=key) for key in sorted(set(threads) - found.keys())}
        if new and connection.features.has_select_for_update:
            # Where there are no locks there is one writer. Else two may begin the same chain, and
            # who comes second waits here.
            self.bulk_create(new.values(), ignore_conflicts=True)
            new = locked.in_bulk(new)
        return found | new

    def keep(self, chains: Iterable["Chain"]) -> None:
        for chain in (chains := list(chains)):
            chain.seal = digests.seal(chain.thread, chain.length, bytes(chain.end))
        begun = [chain for chain in chains if chain._state.adding]  # noqa: SLF001 -- Django's word
        longer = [chain for chain in chains if not chain._state.adding]  # noqa: SLF001
        insert_all(begun)
        self.bulk_create(
            longer, update_conflicts=True, unique_fields=["thread"],
            update_fields=["length", "end", "seal"],
        )  # fmt: skip


class Chain(models.Model):
    """Where the events of a thread end, under the house's seal: nothing is cut off unnoticed."""

    thread = models.UUIDField(primary_key=True, editable=False)
    length = models.PositiveIntegerField(default=0)
    end = models.BinaryField(max_length=32, default=digests.BEGINNING)
    seal = models.BinaryField(max_length=32, default=b"")

    objects = ChainQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.thread} {self.length}"

    def is_sealed(self) -> bool:
        return digests.is_seal(bytes(self.seal), self.thread, self.length, bytes(self.end))

    def add(self, happening: Happening) -> Event:
        """Return the event as the chain's next, to be written with it."""
        self.length += 1
        event = new(
            Event, verb=happening.verb, thread=self.thread, number=self.length, at=happening.at,
            actor_kind=happening.by.actor_kind, actor_key=happening.by.actor_key,
            actor_name=happening.by.actor_name, data=happening.data,
        )  # fmt: skip
        event.told = event.digest()
        event.link = self.end = event.link_after(bytes(self.end))
        return event


Reaction = Callable[[Event], None]
_reactions: dict[str, tuple[Reaction, ...]] = {}


def react(table: dict[str, tuple[Reaction, ...]]) -> None:
    """Set what follows from which event; called once, by site/reactions.py."""
    _reactions.clear()
    _reactions.update(table)


def record(verb: str, *, thread: uuid.UUID, by: Actor, at: datetime, **data: Any) -> Event:
    """Write the event and let follow what follows from it, in the caller's transaction."""
    return record_all([Happening(verb, thread, by, at, data)])[0]


def record_all(happenings: Iterable[Happening], *, later: bool = False) -> list[Event]:
    """Write many events at once, in their order, then let follow what follows from each.

    However many they are on however many threads, it takes the same few statements: chains
    read, events written, chains written.

    Args:
        happenings: what happened.
        later: follow() is left to the caller, who sees to it that it is called.
    """
    told = list(happenings)
    with transaction.atomic():
        chains = Chain.objects.held({happening.thread for happening in told})
        events = insert_all([chains[happening.thread].add(happening) for happening in told])
        Chain.objects.keep(chains.values())
        if not later:
            for event in events:
                follow(event)
    return events


def follow(event: Event) -> None:
    """Let follow what follows from the event, in the caller's transaction."""
    for reaction in _reactions.get(event.verb, ()):
        reaction(event)
