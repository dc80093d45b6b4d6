"""The beginning of a house: a code that only its terminal knows, and the first administrator."""

import secrets
import uuid
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.utils.crypto import constant_time_compare

from amends.ground.events.models import record
from amends.records.house.models import House
from amends.records.joining.refusals import HouseIsTaken
from amends.records.people.models import Person, Team

# Without the letters that are misread; four times four of them are seventy-eight bits.
_LETTERS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"


def set_up_code() -> str:
    """Return the code that the first administrator needs, making it; empty when there is one."""
    place = _place()
    if Person.objects.get_queryset().exists():
        place.unlink(missing_ok=True)
        return ""
    if not place.exists():
        groups = ("".join(secrets.choice(_LETTERS) for _ in range(4)) for _ in range(4))
        place.touch(mode=0o600)
        place.write_text("-".join(groups))
    return place.read_text().strip()


def is_set_up_code(given: str) -> bool:
    """Tell whether it is the code; without one, or with somebody in the house, nothing is."""
    code = _place().read_text().strip() if _place().exists() else ""
    typed = "".join(letter for letter in given.upper() if letter in _LETTERS)
    if not code or Person.objects.get_queryset().exists():
        return False
    return constant_time_compare(typed.encode(), code.replace("-", "").encode())


def first_administrator(
    *, name: str, email: str, password: str | None, language: str, at: datetime,
    key: uuid.UUID | None = None,
) -> Person:  # fmt: skip
    """Take in who sets the house up, with all roles; HouseIsTaken for whoever comes second."""
    with transaction.atomic():
        house = House.objects.keep()
        # Held, so that of two who come at the same moment one waits and is told.
        House.objects.select_for_update().get(pk=house.pk)
        if Person.objects.get_queryset().exists():
            raise HouseIsTaken
        if house.language != language:
            house.say(language=language)
        person = Person.objects.invite(
            email=email, name=name.strip(), password=password, language=language,
            languages=[language], leads=True, assures=True, administers=True,
            **({"id": key} if key else {}),
        )  # fmt: skip
        Team.objects.default().admit(person)
        record("joined", thread=person.id, by=person, at=at)
    _place().unlink(missing_ok=True)
    return person


def _place() -> Path:
    return Path(settings.HOUSE_HOME) / "set-up-code"
