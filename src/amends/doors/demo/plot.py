"""One contact of the history before it is played, and how its words are drawn and filled."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from random import Random

from babel.dates import format_date
from babel.numbers import format_currency

from amends.doors.demo.company import person
from amends.doors.demo.stage import Stage
from amends.doors.demo.stock import Stock, stock
from amends.records.complaints.vocabulary import Fault
from amends.records.house.knowledge import salutation, signoff
from amends.records.people.models import Person

_BY_LANGUAGE = {
    "pl": ("ana", "marek", "kasia", "ana", "marek", "tomasz"),
    "sk": ("zuzana", "peter"),
    "ru": ("oleg", "irina"),
    "en": ("daniel", "ana", "zuzana"),
}
_CURRENCY = {"pl": "PLN", "sk": "EUR", "ru": "PLN", "en": "EUR"}


@dataclass(frozen=True)
class Plot:
    """One contact of the history before it is played."""

    number: int
    language: str
    kind: str
    arrives_at: datetime
    draw: Random

    @property
    def key(self) -> str:
        return f"history-{self.number}"

    @property
    def address(self) -> str:
        """The customer's own, by which one also knows whether the plot has been played."""
        return f"{self.key}@{self.language}.mail.example"

    @property
    def words(self) -> Stock:
        return stock(self.language)


def agent_of(plot: Plot) -> Person:
    return person(plot.draw.choice(_BY_LANGUAGE[plot.language]))


def fault_of(plot: Plot) -> str:
    return plot.draw.choices(
        (Fault.OURS, Fault.UNKNOWN, Fault.OUTSIDE, Fault.CUSTOMER), weights=(70, 14, 10, 6)
    )[0]


def later(plot: Plot, at: datetime, least: int, most: int) -> datetime:
    return at + timedelta(hours=plot.draw.uniform(least, most))


def working(at: datetime, *, hour: int) -> datetime:
    at = at.replace(hour=hour, minute=0, second=0)
    while at.weekday() >= 5:  # noqa: PLR2004 -- Saturday and Sunday
        at += timedelta(days=1)
    return at


def slots_of(plot: Plot, at: datetime) -> dict[str, str]:
    product = plot.draw.choice(plot.words.products)
    return {
        "product": product["name"],
        "amount": amount(product["price"], plot.language),
        "order": f"KF-{plot.draw.randrange(10_000, 99_999)}",
        "days": str(plot.draw.randrange(3, 19)),
        "date": said_day(at - timedelta(days=plot.draw.randrange(4, 30)), plot.language),
    }


def amount(price: object, language: str) -> str:
    return str(format_currency(Decimal(str(price)), _CURRENCY[language], locale=language))


def said_day(at: datetime, language: str) -> str:
    return str(format_date(at.date(), "d MMMM" if language != "sk" else "d. MMMM", locale=language))


def fill(text: str, slots: dict[str, str]) -> str:
    for name, value in slots.items():
        text = text.replace(f"{{{name}}}", value)
    return text


def letter_of(plot: Plot, stage: Stage, body: str, by: Person) -> str:
    greeting = salutation(
        plot.language, stage.cast.form, vocative=stage.cast.vocative,
        surname=stage.cast.name.split(" ")[-1],
    )  # fmt: skip
    end = signoff(plot.language, person=by.name_for_customers, house="Krakofon")
    return f"{greeting}\n\n{body.strip()}\n\n{end}"
