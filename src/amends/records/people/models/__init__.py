from .absence import Absence
from .changing import DefaultStaysOpen, LastAdministrator, NameTaken, PeopleRefused
from .person import Person, PersonQuerySet
from .saved_view import SavedView, TooManyViews
from .team import Membership, Team, TeamQuerySet

__all__ = [
    "Absence",
    "DefaultStaysOpen",
    "LastAdministrator",
    "Membership",
    "NameTaken",
    "PeopleRefused",
    "Person",
    "PersonQuerySet",
    "SavedView",
    "Team",
    "TeamQuerySet",
    "TooManyViews",
]
