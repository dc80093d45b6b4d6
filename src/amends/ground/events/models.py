"""What happened, in order, never changed: each verb writes its event in its own transaction."""

import uuid
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol

from django.db import models, transaction

from amends.ground.keys import uuid7


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


class EventQuerySet(models.QuerySet["Event"]):
    def about(self, thread: uuid.UUID) -> "EventQuerySet":
        return self.filter(thread=thread).order_by("at", "id")

    def update(self, **_values: Any) -> int:
        raise EventsAreForever

    def delete(self) -> tuple[int, dict[str, int]]:
        raise EventsAreForever


class Event(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    at = models.DateTimeField()
    verb = models.CharField(max_length=60)
    thread = models.UUIDField(help_text="the contact that the event belongs to")
    actor_kind = models.CharField(max_length=10)
    actor_key = models.UUIDField(null=True)
    actor_name = models.CharField(max_length=200, blank=True)
    data = models.JSONField(default=dict)

    objects = EventQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["thread", "at"]), models.Index(fields=["verb", "at"])]

    def __str__(self) -> str:
        return f"{self.verb} {self.at:%Y-%m-%d %H:%M}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise EventsAreForever
        super().save(*args, **kwargs)

    def delete(self, *_args: Any, **_kwargs: Any) -> tuple[int, dict[str, int]]:
        raise EventsAreForever


Reaction = Callable[[Event], None]
_reactions: dict[str, tuple[Reaction, ...]] = {}


def react(table: dict[str, tuple[Reaction, ...]]) -> None:
    """Set what follows from which event; called once, by site/reactions.py."""
    _reactions.clear()
    _reactions.update(table)


@dataclass(frozen=True)
class Happening:
    """What is to be written down: who did what, when, on which thread."""

    verb: str
    thread: uuid.UUID
    by: Actor
    at: datetime
    data: dict[str, Any] = field(default_factory=dict)


def record(verb: str, *, thread: uuid.UUID, by: Actor, at: datetime, **data: Any) -> Event:
    """Write the event and let follow what follows from it, in the caller's transaction."""
    return record_all([Happening(verb, thread, by, at, data)])[0]


def record_all(happenings: Iterable[Happening], *, later: bool = False) -> list[Event]:
    """Write many events at once, in their order, then let follow what follows from each.

    Args:
        happenings: what happened.
        later: follow() is left to the caller, who sees to it that it is called.
    """
    with transaction.atomic():
        events = Event.objects.bulk_create([_event(happening) for happening in happenings])
        if not later:
            for event in events:
                follow(event)
    return events


def follow(event: Event) -> None:
    """Let follow what follows from the event, in the caller's transaction."""
    for reaction in _reactions.get(event.verb, ()):
        reaction(event)


def _event(happening: Happening) -> Event:
    return Event(
        verb=happening.verb,
        thread=happening.thread,
        at=happening.at,
        actor_kind=happening.by.actor_kind,
        actor_key=happening.by.actor_key,
        actor_name=happening.by.actor_name,
        data=happening.data,
    )
