"""Whom a note names: `@` and a name, of those who may see the case."""

import re
from collections import Counter

from django.db.models import Q

from amends.records.complaints.models import Contact
from amends.records.people.models import Person, PersonQuerySet

_MOST_OFFERED = 8


def who_may_see(contact: Contact) -> PersonQuerySet:
    """Return the people for whom the contact is visible: `visible_to`, asked from its other end."""
    people = Person.objects.get_queryset().filter(
        Q(handles=True) | Q(leads=True) | Q(assures=True), is_active=True
    )
    named = Person.objects.get_queryset().filter(named_in__contact=contact.pk)
    people = people.exclude(pk__in=named.values("pk"))
    if contact.team.closed:
        members = Person.objects.get_queryset().filter(teams=contact.team_id)
        people = people.filter(Q(assures=True) | Q(pk__in=members.values("pk")))
    return people.order_by("name", "id")


def offered(contact: Contact, begun: str, *, to: Person) -> list[Person]:
    """Return colleagues with a word in their name that begins like this."""
    begun = begun.strip().casefold()
    people = who_may_see(contact).exclude(pk=to.pk)
    return [
        person
        for person in people
        if any(part.startswith(begun) for part in _beginnings(person.name.casefold()))
    ][:_MOST_OFFERED]


def colleagues_named(text: str, contact: Contact) -> list[tuple[Person, str]]:
    """Return who is named in the text and the words that do it, each person once.

    A whole name counts, and a first name that only one of them has.
    """
    people = list(who_may_see(contact))
    names = {person.name.casefold(): person for person in people}
    first = Counter(person.name.split()[0].casefold() for person in people if person.name.split())
    for person in people:
        short = person.name.split()[0].casefold() if person.name.split() else ""
        if first[short] == 1:
            names.setdefault(short, person)
    found: dict[Person, str] = {}
    for start in re.finditer(r"(?<!\w)@", text):
        words = _longest_name(text[start.end() :], names)
        if words:
            found.setdefault(names[words.casefold()], f"@{words}")
    return list(found.items())


def _longest_name(rest: str, names: dict[str, Person]) -> str:
    for name in sorted(names, key=len, reverse=True):
        end = len(name)
        said = rest[:end]
        if said.casefold() == name and not (rest[end : end + 1].isalnum()):
            return said
    return ""


def _beginnings(name: str) -> list[str]:
    words = name.split()
    return [" ".join(words[at:]) for at in range(len(words))]
