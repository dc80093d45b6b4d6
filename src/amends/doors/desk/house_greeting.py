"""How customers are greeted whose form of address isn't known: chosen by language, with samples."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from amends.doors.desk.house_words import MANNERS, NAMES
from amends.records.customers.models import Customer
from amends.records.house import knowledge
from amends.records.house.models import House

GREETINGS = tuple(f"greeting_{language}" for language in knowledge.LANGUAGES)
_WHY_NOT_MORE = {
    "pl": gettext_lazy("The first name only where it is noted how the customer is addressed."),
}


class GreetingField(forms.ChoiceField):
    """The manners that the language allows; what was set before and can't be is neutral."""

    def __init__(self, language: str) -> None:
        choices = [(manner, MANNERS[manner]) for manner in knowledge.manners(language)]
        super().__init__(
            label=NAMES[f"greeting_{language}"], choices=choices, initial="neutral",
            help_text=_WHY_NOT_MORE.get(language, ""),
        )  # fmt: skip


def greetings(house: House) -> list[dict[str, Any]]:
    """Return, for each language, how the house would greet: not known, and as a woman or a man."""
    return [
        {"code": code, "language": language, "lines": _lines(house, code)}
        for code, language in settings.LANGUAGES
    ]


def _lines(house: House, language: str) -> list[tuple[str, str, str]]:
    known = knowledge.example(language)
    woman = {"name": known["customer"], "vocative": known["customer_called"]}
    man = {"name": known["customer_man"], "vocative": known["customer_man_called"]}
    unknown = (
        (_("not known"), Customer(name=woman["name"])),
        (_("not known, but how they are addressed"), Customer(**woman)),
        (_("not known, nor a person’s name"), Customer(name="office24@mail.example")),
        (_("as a woman"), Customer(**woman, form=Customer.Form.FEMININE)),
        (_("as a man"), Customer(**man, form=Customer.Form.MASCULINE)),
    )
    manner = house.greets(language)
    return [
        (about, who.name, who.salutation(language, manner=manner)) for about, who in unknown
    ]  # fmt: skip
