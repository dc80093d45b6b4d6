"""The texts of the house filled with an example, so that one sees what a customer will read."""

from datetime import datetime, timedelta

from django.conf import settings

from amends.records.customers.models import Customer
from amends.records.house import knowledge, privacy
from amends.records.house.models import House

# Below these stands the line that leads to the privacy notice.
_WITH_LINE = {"acknowledgement", "portal_received", "taken_down"}


class _Filled(dict[str, str]):
    """Fields of the example; one that it lacks is shown by its name."""

    def __missing__(self, name: str) -> str:
        return f"‹{name}›"


def fields(house: House, language: str, *, at: datetime) -> dict[str, str]:
    """Return what a text of the house is filled with in the example."""
    example = knowledge.example(language)
    link = f"{settings.HOUSE_URL}/status/…"
    due_at = house.calendar().add(at, timedelta(hours=house.answer_hours))
    who = house.name if house.house_signs else example["who"]
    return _Filled(
        {
            **example,
            "who": who,
            "person": who,
            "house": house.name,
            "phone": house.phone,
            "address": house.address,
            "salutation": Customer(name=example["customer"]).salutation(
                language, manner=house.greets(language)
            ),
            "by_when": house.say_when(due_at, language),
            "link": link,
            "reference": f"{house.prefix}-7K3F9",
            "signoff": house.sign(language, person=who),
        }
    )


def filled(
    house: House, kind: str, language: str, own: knowledge.Text | None, *, at: datetime
) -> knowledge.Text:
    """Fill a text for the example: the house's own wording, or the program's."""
    given = fields(house, language, at=at)
    if kind.startswith("privacy"):
        given["link"] = privacy.url(language)
    text = own or knowledge.original(kind, language)
    for name in knowledge.fields_of(kind):
        given.setdefault(name, given[name])
    written = knowledge.write(kind, language, text, **given)
    if kind not in _WITH_LINE:
        return written
    return knowledge.Text(written.subject, privacy.with_line(written.body, house, language))


def samples(house: House, language: str, *, at: datetime) -> dict[str, object]:
    """Return an acknowledgement, and how a reply begins and ends, in the language."""
    given = fields(house, language, at=at)
    return {
        "mail": house.write(
            "acknowledgement", language,
            **{name: value for name, value in given.items() if name not in {"house", "phone"}},
        ),
        "head": given["salutation"],
        "sign": given["signoff"],
        "foot": house.footer(language, link=given["link"]),
    }  # fmt: skip
