from django.http import HttpRequest

from amends.records.people.models import Person


class PersonRequest(HttpRequest):
    """A request of somebody who has signed in."""

    user: Person
