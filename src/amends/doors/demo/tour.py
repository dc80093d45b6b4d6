"""One watching of the tour: who plays, how far it is, and how it goes on."""

import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import Any

from amends.doors.demo.acts import Acts
from amends.doors.demo.scenes import Scene, Script, script
from amends.ground import clock
from amends.ground.events.models import Event
from amends.records.aftercare.models import CheckBackRefused
from amends.records.complaints.links import token_for
from amends.records.complaints.models import Contact
from amends.records.complaints.refusals import Refusal
from amends.records.complaints.vocabulary import Kind
from amends.records.customers.models import Customer
from amends.records.promises.models import PromiseRefused
from amends.records.recovery.models import RemedyRefused

REFUSED = (Refusal, CheckBackRefused, PromiseRefused, RemedyRefused)
_PATIENCE_SECONDS = 6.0
_BREATH_SECONDS = 0.15
# Nobody but the tour does these; the others may be done at the desk or on the phone meanwhile.
_SHOWN_ONLY = {"arrives", "promised"}


class NotYet(Exception):
    """The worker has not done yet what the next scene begins with."""


@dataclass
class Tour:
    """Kept in the session of whoever watches; all else is read from the records."""

    language: str
    name: str
    address: str
    vocative: str
    number: int = 0

    @classmethod
    def begin(cls, language: str) -> "Tour":
        """Cast a customer who has not played yet."""
        told = script(language)
        for round_ in range(10_000):
            one = told.customers[round_ % len(told.customers)]
            local, _, domain = one["address"].partition("@")
            turn = round_ // len(told.customers)
            address = f"{local}{turn + 1}@{domain}" if turn else one["address"]
            if Customer.objects.with_address(address) is None:
                return cls(told.language, one["name"], address, one["vocative"])
        raise RuntimeError("all customers of the tour have played")

    @classmethod
    def read(cls, kept: Any) -> "Tour | None":
        return cls(**kept) if isinstance(kept, dict) else None

    def kept(self) -> dict[str, Any]:
        return asdict(self)

    @property
    def script(self) -> Script:
        return script(self.language)

    @property
    def acts(self) -> Acts:
        return Acts(self.script, name=self.name, address=self.address, vocative=self.vocative)

    @property
    def scene(self) -> Scene:
        return self.script.scene(self.number)

    @property
    def is_over(self) -> bool:
        return self.number >= len(self.script.scenes) - 1

    def open(self) -> None:
        """Let the first mail go out; OSError or SMTPException if the mail door is closed."""
        self.acts.play("arrives")

    def follow(self) -> bool:
        """Go on to what whoever watches has done themselves; whether anything was."""
        acts = self.acts
        ahead = range(len(self.script.scenes) - 1, self.number, -1)
        for number in ahead:
            key = self.script.scenes[number].key
            if key not in _SHOWN_ONLY and acts.is_done(key):
                self.number = number
                return True
        return False

    def go_on(self) -> None:
        """Play the next scene, and what of those before was taken back or left out.

        Raises NotYet while the worker is behind, and what the records refuse.
        """
        if self.is_over:
            return
        acts, scenes = self.acts, self.script.scenes
        _wait_until(lambda: acts.contact is not None)
        reached = max((n for n, scene in enumerate(scenes) if acts.is_done(scene.key)), default=0)
        for scene in scenes[reached + 1 : self.number + 2]:
            acts.play(scene.key)
            _wait_until(lambda key=scene.key: acts.is_done(key))  # type: ignore[misc]
        self.number = max(self.number + 1, 0)

    @property
    def say(self) -> str:
        """What the strip says: that the case stands first only where it does."""
        scene = self.scene
        return scene.say_behind if scene.say_behind and not self._stands_first() else scene.say

    @property
    def mark(self) -> str:
        """What changes whenever something has happened to the case."""
        contact = self.acts.contact
        if contact is None:
            return "0"
        last = Event.objects.filter(thread=contact.id).order_by("-id").values_list("id", flat=True)
        return str(last.first())

    @property
    def reference(self) -> str:
        contact = self.acts.contact
        return contact.reference if contact else ""

    @property
    def token(self) -> str:
        contact = self.acts.contact
        return token_for(contact) if contact else ""

    def _stands_first(self) -> bool:
        contact = self.acts.contact
        if contact is None or contact.person is None:
            return False
        mine = Contact.objects.visible_to(contact.person).for_hands_of(contact.person)
        working = mine.open().exclude(kind=Kind.UNDECIDED).in_working_order(clock.now())
        return working.first() == contact


def _wait_until(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + _PATIENCE_SECONDS
    while not condition():
        if time.monotonic() > deadline:
            raise NotYet
        time.sleep(_BREATH_SECONDS)
