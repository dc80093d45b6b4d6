"""A way of looking at the cases that somebody has kept under a name."""

from django.db import models
from django.db.models import Q

from amends.ground.keys import uuid7

from .person import Person

_MOST = 30


class TooManyViews(Exception):
    """Nobody finds anything among so many; one has to go first."""


class SavedViewQuerySet(models.QuerySet["SavedView"]):
    def for_person(self, person: Person) -> "SavedViewQuerySet":
        """Narrow to the person's own and those that are shared with all."""
        return self.filter(Q(person=person) | Q(shared=True)).order_by("name", "id")

    def may_be_forgotten_by(self, person: Person) -> "SavedViewQuerySet":
        """Narrow to the person's own; a lead looks after the shared ones too."""
        mine = Q(person=person)
        return self.filter(mine | Q(shared=True) if person.leads else mine)

    def keep(self, *, person: Person, name: str, query: str, shared: bool = False) -> "SavedView":
        """Keep the list's address under a name; the same name again keeps the new one.

        Only leads share. Raises TooManyViews.
        """
        name, shared = " ".join(name.split())[:80], shared and person.leads
        known = self.filter(person=person, name=name).first()
        if known is None and self.filter(person=person).count() >= _MOST:
            raise TooManyViews
        view, _new = self.update_or_create(
            person=person, name=name, defaults={"query": query, "shared": shared}
        )
        return view


class SavedView(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="saved_views")
    name = models.CharField(max_length=80)
    query = models.CharField(max_length=1000, help_text="as it stands in the list's address")
    shared = models.BooleanField(default=False)

    objects = SavedViewQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "name"], name="saved_view_one_name"),
            models.CheckConstraint(condition=~Q(name=""), name="saved_view_has_a_name"),
        ]

    def __str__(self) -> str:
        return self.name

    def forget(self) -> None:
        self.delete()
