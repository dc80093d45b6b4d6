from .absence import Absence
from .person import Person, PersonQuerySet
from .saved_view import SavedView, TooManyViews
from .team import Membership, Team, TeamQuerySet

__all__ = [
    "Absence",
    "Membership",
    "Person",
    "PersonQuerySet",
    "SavedView",
    "Team",
    "TeamQuerySet",
    "TooManyViews",
]
