from collections.abc import Iterable

from django.db import models
from django.db.models import Q

from amends.ground.keys import uuid7

from .changing import ChangingTeam
from .person import Person

_FIRST_TEAM = "Customer care"


def first_speaking(teams: "Iterable[Team]", language: str) -> "Team | None":
    """Return the first of the teams that is there for the language."""
    return next((team for team in teams if language and language in team.languages), None)


class TeamQuerySet(models.QuerySet["Team"]):
    def default(self) -> "Team":
        """Return the team that gets what nobody else does; it is made when first needed."""
        team = self.filter(is_default=True).first()
        if team is None:
            taken = self.filter(name=_FIRST_TEAM).exists()
            name = f"{_FIRST_TEAM} {uuid7().hex[-6:]}" if taken else _FIRST_TEAM
            team = Team.objects.create(name=name, is_default=True)
        return team

    def closed_to(self, person: Person) -> "TeamQuerySet":
        return self.filter(closed=True).exclude(pk__in=person.teams.values("pk"))

    def speaking(self, language: str) -> "Team | None":
        """Return the team that is there for the language, if there is one."""
        return first_speaking(self.answering(), language)

    def answering(self) -> "TeamQuerySet":
        """Narrow to those that mail is given to by its language, in the order they are asked."""
        return self.filter(closed=False).order_by("is_default", "name", "id")


class Team(ChangingTeam, models.Model):
    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    name = models.CharField(max_length=80, unique=True)
    languages = models.JSONField(default=list, help_text="empty: takes none by language")
    closed = models.BooleanField(default=False, help_text="only its members see its cases")
    is_default = models.BooleanField(default=False)
    members = models.ManyToManyField(Person, through="Membership", related_name="teams")

    objects = TeamQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["is_default"], condition=Q(is_default=True), name="team_one_default"
            ),
            models.CheckConstraint(
                condition=~Q(closed=True, is_default=True), name="team_default_is_open"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def admit(self, person: Person) -> "Membership":
        membership, _new = Membership.objects.get_or_create(team=self, person=person)
        return membership


class Membership(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    team = models.ForeignKey(Team, on_delete=models.CASCADE)
    person = models.ForeignKey(Person, on_delete=models.CASCADE)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["team", "person"], name="membership_once"),
        ]

    def __str__(self) -> str:
        return f"{self.person} in {self.team}"
