"""How large the house is: with one or two people there is nobody to hand over to."""

from datetime import datetime

from amends.records.joining.models import Invitation
from amends.records.people.models import Person

_SMALL = 2


def is_small_house(at: datetime) -> bool:
    """Tell whether there are at most two, counting those invited, in one query."""
    here = Person.objects.get_queryset().filter(is_active=True).values_list("pk")
    invited = Invitation.objects.standing(at).values_list("pk")
    return len(here.union(invited)[: _SMALL + 1]) <= _SMALL
