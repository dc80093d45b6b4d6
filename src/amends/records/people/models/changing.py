"""Changing who works here and in which team: on record, and never without an administrator."""

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING, cast

from django.db import transaction

from amends.ground.events.models import Actor, record
from amends.records.house.models import House

if TYPE_CHECKING:
    from .person import Person
    from .team import Team


class PeopleRefused(Exception):
    """A change of people or teams that can't be."""


class LastAdministrator(PeopleRefused):
    """Nobody would be left who may set who works here."""


class NameTaken(PeopleRefused):
    """Another team has the name."""


class DefaultStaysOpen(PeopleRefused):
    """The team that gets what nobody else does can't be closed: all see its cases."""


class ChangingPerson:
    """A trait of Person."""

    def set(self, *, by: Actor, at: datetime, **facts: object) -> list[str]:
        """Set what is given; LastAdministrator if nobody could set it back.

        The open cases of who is no longer active go to their stand-in or the team's queue.
        """
        person = cast("Person", self)
        with transaction.atomic():
            # All administrators are locked: two who step down at once would lock everybody out.
            people = type(person).objects.get_queryset().select_for_update().order_by("id")
            others = list(people.filter(administers=True, is_active=True))
            before = {name: getattr(person, name) for name in facts}
            for name, value in facts.items():
                setattr(person, name, value.strip() if isinstance(value, str) else value)
            stays = person.administers and person.is_active
            if not stays and all(one.pk == person.pk for one in others):
                for name, value in before.items():
                    setattr(person, name, value)
                raise LastAdministrator
            person.save(update_fields=list(facts))
            changed = [name for name in facts if getattr(person, name) != before[name]]
            for name in changed:
                record(
                    "person_set", thread=House.objects.current().id, by=by, at=at,
                    key=str(person.pk), name=person.name, what=name, old=before[name],
                    new=getattr(person, name),
                )  # fmt: skip
        return changed


class ChangingTeam:
    """A trait of Team."""

    @property
    def is_new(self) -> bool:
        """Tell whether the team is being made and has no row yet."""
        return cast("Team", self)._state.adding

    def set(
        self, *, name: str, languages: list[str], closed: bool, is_default: bool,
        members: Iterable["Person"], by: Actor, at: datetime,
    ) -> None:  # fmt: skip
        """Make the team so; NameTaken, DefaultStaysOpen."""
        team = cast("Team", self)
        others = type(team).objects.exclude(pk=team.pk)
        # A default team stays it until another one is: what nobody else gets has to go somewhere.
        is_default = is_default or team.is_default
        if is_default and closed:
            raise DefaultStaysOpen
        if others.filter(name__iexact=name.strip()).exists():
            raise NameTaken
        with transaction.atomic():
            if is_default:
                others.filter(is_default=True).update(is_default=False)
            is_new = team.is_new
            team.name, team.languages = name.strip(), languages
            team.closed, team.is_default = closed, is_default
            team.save()
            wanted = {person.pk for person in members}
            team.membership_set.exclude(person__in=wanted).delete()
            for person in members:
                team.admit(person)
            record(
                "team_made" if is_new else "team_set", thread=House.objects.current().id,
                by=by, at=at, key=str(team.pk), name=team.name, closed=closed,
                members=len(wanted),
            )  # fmt: skip
