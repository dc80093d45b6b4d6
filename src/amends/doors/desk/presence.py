"""Who is here, at which case, and who is writing an answer: in the disposable cache alone.

Lost without loss, so it never costs the main database a write. Each person has one entry, written
by their own browser only; whoever falls silent fades out.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.core.cache import cache

from amends.records.people.models import Person

IN_THE_HOUSE = timedelta(minutes=5)
# Some beats of a page that is open: a lost one, or a slow network, makes nobody vanish.
AT_THE_CASE = timedelta(seconds=45)
_PEOPLE_SECONDS = 60
_MOST_CASES = 20


@dataclass(frozen=True)
class Present:
    name: str
    reference: str = ""
    is_writing: bool = False


def beat(person: Person, at: datetime, *, reference: str = "", is_writing: bool = False) -> None:
    """Note that the person's page is open, at a case or elsewhere."""
    entry = cache.get(_key(person.pk)) or {}
    moment = at.timestamp()
    fresh = moment - AT_THE_CASE.total_seconds()
    cases = {
        case: (seen, writes)
        for case, (seen, writes) in entry.get("cases", {}).items()
        if seen > fresh
    }
    if reference:
        cases[reference] = (moment, is_writing)
    latest = dict(sorted(cases.items(), key=lambda case: case[1][0])[-_MOST_CASES:])
    entry = {"name": person.name, "at": moment, "cases": latest}
    cache.set(_key(person.pk), entry, IN_THE_HOUSE.total_seconds())


def others_in_the_house(person: Person, at: datetime) -> list[Present]:
    since = (at - IN_THE_HOUSE).timestamp()
    return [Present(entry["name"]) for entry in _others(person) if entry["at"] > since]


def others_at(reference: str, person: Person, at: datetime) -> list[Present]:
    """Return who else has the case open, those who write first."""
    since = (at - AT_THE_CASE).timestamp()
    here = []
    for entry in _others(person):
        seen, writes = entry["cases"].get(reference, (0, False))
        if seen > since:
            here.append(Present(entry["name"], reference, writes))
    return sorted(here, key=lambda one: (not one.is_writing, one.name))


def _others(person: Person) -> list[dict[str, Any]]:
    keys = [_key(key) for key in _people() if key != person.pk]
    return sorted(cache.get_many(keys).values(), key=lambda entry: str(entry["name"]))


def _people() -> list[UUID]:
    def working_here() -> list[UUID]:
        people = Person.objects.get_queryset().filter(is_active=True)
        return list(people.order_by("id").values_list("pk", flat=True))

    return cache.get_or_set("here:people", working_here, _PEOPLE_SECONDS) or []


def _key(person: UUID) -> str:
    return f"here:{person}"
