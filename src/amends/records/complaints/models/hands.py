"""In whose hands a contact is: always a team's, a person's when somebody has taken it."""

from datetime import datetime
from typing import TYPE_CHECKING, cast

from django.db import transaction

from amends.ground.events.models import Actor, record
from amends.records.complaints import refusals
from amends.records.people.models import Person, Team

if TYPE_CHECKING:
    from .contact import Contact


class Hands:
    """A trait of Contact."""

    def hand_to(
        self,
        *,
        by: Actor,
        at: datetime,
        person: Person | None = None,
        team: Team | None = None,
        why: str = "",
    ) -> None:
        """Give it to a person, or to a team's queue.

        Raises NamedInIt for who is named in it, WouldNotSeeIt for who may not see it there.
        """
        from .rows import Assignment

        contact = cast("Contact", self)
        with transaction.atomic():
            contact.hold()
            if person and contact.names(person):
                raise refusals.NamedInIt
            contact.person = person
            contact.team = team or contact.team
            Assignment.objects.create(
                contact=contact, team=contact.team, person=person, why=why.strip()[:300], at=at,
                actor_kind=by.actor_kind, actor_key=by.actor_key, actor_name=by.actor_name,
            )  # fmt: skip
            contact.plan(at=at)
            if person and not type(contact).objects.visible_to(person).filter(pk=contact.pk):
                raise refusals.WouldNotSeeIt
            holder = person.name if person else contact.team.name
            record("handed", thread=contact.id, by=by, at=at, to=holder, why=why.strip()[:300])

    def take(self, *, by: Person, at: datetime) -> None:
        self.hand_to(by=by, at=at, person=by)

    def names(self, person: Person) -> bool:
        """Tell whether the complaint is about the person."""
        contact = cast("Contact", self)
        # Of the table, not of the kind: a verdict undone for a while makes nobody unnamed.
        return person.named_in.filter(contact=contact.pk).exists()
