"""To whom a case can be handed: those who answer, and the teams."""

from typing import Any

from amends.records.people.models import Person, Team


def holders() -> dict[str, list[Any]]:
    return {
        "people": list(
            Person.objects.get_queryset()
            .filter(is_active=True, handles=True)
            .order_by("name", "id")
        ),
        "teams": list(Team.objects.order_by("name", "id")),
    }
