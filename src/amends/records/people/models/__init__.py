from .absence import Absence
from .person import Person, PersonQuerySet
from .team import Membership, Team, TeamQuerySet

__all__ = ["Absence", "Membership", "Person", "PersonQuerySet", "Team", "TeamQuerySet"]
