"""Krakofon, the demo's company: its people, its teams and its hours, from company.toml."""

import tomllib
from datetime import date, datetime, timedelta
from functools import cache
from importlib.resources import files
from typing import Any

from amends.records.house.models import Holiday, House, OpenSpan
from amends.records.people.models import Absence, Person, Team
from amends.records.post.models import Mailbox

_SAID = ("name", "address", "phone", "language", "zone")
_ROLES = ("handles", "leads", "assures", "administers")


def open_company(at: datetime) -> None:
    """Make the house with its people; called once, on an empty database."""
    told = _told()
    House.objects.create(**{name: told[name] for name in _SAID})
    _set_hours(told, at)
    teams = {key: Team.objects.create(**team) for key, team in told["teams"].items()}
    for key, one in told["people"].items():
        invited = Person.objects.invite(
            email=f"{key}@{domain()}",
            name=one["name"],
            password=None,
            language=one["language"],
            languages=one["languages"],
            **{role: one[role] for role in _ROLES if role in one},
        )
        for team in one.get("teams", []):
            teams[team].admit(invited)
    for local, team in told["mailboxes"].items():
        Mailbox.objects.create(address=f"{local}@{domain()}", name=local, team=teams[team])


def send_irina_on_leave(at: datetime) -> None:
    """Irina has been away since yesterday, Oleg stands in; done after the history is there."""
    today = at.date()
    Absence.objects.note(
        person=person("irina"),
        from_date=today - timedelta(days=1),
        until_date=today + timedelta(days=9),
        stand_in=person("oleg"),
    )


def domain() -> str:
    return str(_told()["address"]).partition("@")[2]


def person(key: str) -> Person:
    return Person.objects.get_by_natural_key(f"{key}@{domain()}")


def team(key: str) -> Team:
    return Team.objects.get(name=_told()["teams"][key]["name"])


def _set_hours(told: dict[str, Any], at: datetime) -> None:
    for weekday, closes in enumerate(told["hours"]["closes"]):
        OpenSpan.objects.create(weekday=weekday, opens=told["hours"]["opens"], closes=closes)
    for year in (at.year - 1, at.year, at.year + 1):
        for day, name in told["holidays"].items():
            Holiday.objects.create(date=date.fromisoformat(f"{year}-{day}"), name=name)


@cache
def _told() -> dict[str, Any]:
    source = files("amends.doors.demo") / "company" / "company.toml"
    return tomllib.loads(source.read_text(encoding="utf-8"))
