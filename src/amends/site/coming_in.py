"""Who came in, who didn't, who changed how they come in: noted at once, never what was typed."""

from typing import Any

from allauth.mfa import signals
from django.http import HttpRequest

from amends.ground import clock
from amends.ground.rates import asker
from amends.records.looking.models import Glance, Look, What
from amends.records.people.models import Person


def came_in(request: HttpRequest, what: What, person: Person | None) -> None:
    known = person.pk if person else None
    Look.objects.note(Glance(what, clock.now(), known, asker(request)))


def meant_by(typed: str) -> Person | None:
    """Return whose address was typed. What is nobody's may be a password in the wrong field."""
    if "\0" in typed:
        return None
    return Person.objects.get_queryset().filter(email=typed.strip().lower()).first()


def note_factors() -> None:
    """Note what allauth tells of second factors; it has no other way to tell."""
    signals.authentication_failed.connect(_failed, dispatch_uid="looks")
    for told in (
        signals.authenticator_added, signals.authenticator_removed, signals.authenticator_reset,
    ):  # fmt: skip
        told.connect(_changed, dispatch_uid="looks")


def _failed(request: Any, user: Any, **_more: Any) -> None:
    came_in(request, What.SIGN_IN_FAILED, user)


def _changed(request: Any, user: Any, **_more: Any) -> None:
    came_in(request, What.FACTOR, user)
