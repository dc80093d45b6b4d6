"""Fields in braces, filled from a case; what is unknown stays in sight."""

import re
from collections.abc import Mapping
from datetime import datetime

from amends.records.complaints.models import Contact
from amends.records.house import knowledge as house_knowledge
from amends.records.house.models import House
from amends.records.people.models import Person
from amends.records.promises.models import Promise
from amends.records.writing.knowledge import example

FIELDS = (
    "salutation", "name", "reference", "goal", "promise", "promise_date", "agent", "house", "phone",
)  # fmt: skip
_IN_BRACES = re.compile(r"\{\s*([^{}\n]{1,40}?)\s*\}")
_LEFT_OPEN = re.compile(r"\[([^\[\]\n]{1,40})…\]")


def unknown_fields(text: str) -> list[str]:
    """Return what stands in braces and is no field of a case, each once."""
    return list(dict.fromkeys(name for name in _IN_BRACES.findall(text) if name not in FIELDS))


def fill(text: str, values: Mapping[str, str]) -> str:
    """Put the values in; a field without one stays there as [field…]."""
    return _IN_BRACES.sub(lambda found: values.get(found[1]) or f"[{found[1]}…]", text)


def left_open(text: str) -> list[str]:
    """Return the fields that stand in the text without a value, each once.

    Both as fill() leaves them and as somebody may have typed them, in braces.
    """
    typed = [name for name in _IN_BRACES.findall(text) if name in FIELDS]
    return list(dict.fromkeys([*_LEFT_OPEN.findall(text), *typed]))


def values_of(contact: Contact, language: str, *, by: Person) -> dict[str, str]:
    """Return what the case says for each field, in the language of the text."""
    house = House.objects.current()
    complaint = contact.complaint_or_none()
    promise = (
        Promise.objects.open().filter(complaint=complaint).order_by("due_at", "id").first()
        if complaint
        else None
    )
    return {
        "salutation": contact.customer.salutation(language, manner=house.greets(language)),
        "name": contact.customer.shown_name,
        "reference": contact.reference,
        "goal": complaint.goal if complaint else contact.subject,
        "promise": promise.what if promise else "",
        "promise_date": house.say_when(promise.due_at, language) if promise else "",
        "agent": by.name_for_customers,
        "house": house.name,
        "phone": house.phone,
    }


def example_values(language: str, *, by: Person, at: datetime) -> dict[str, str]:
    """Return the values of an invented case, for a preview."""
    house = House.objects.current()
    person = example(language)
    return {
        "salutation": house_knowledge.salutation(
            language, "feminine", vocative=person["vocative"], surname=person["surname"]
        ),
        "name": person["name"],
        "reference": f"{house.prefix}-7K3F9",
        "goal": person["goal"],
        "promise": person["promise"],
        "promise_date": house.say_when(at, language),
        "agent": by.name_for_customers,
        "house": house.name,
        "phone": house.phone,
    }
