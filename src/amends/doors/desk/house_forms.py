"""What the pages of the house take in about the house itself, and about who is away."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from amends.doors.desk.forms import DateField
from amends.doors.desk.house_greeting import GREETINGS, GreetingField
from amends.doors.desk.house_stance import (
    STANCES,
    currency_field,
    limit_field,
    stance_field,
)
from amends.doors.desk.house_words import NAMES
from amends.records.house.models import House, known_zone
from amends.records.people.models import Absence, Person


class HouseForm(forms.Form):
    name = forms.CharField(label=NAMES["name"], max_length=120)
    phone = forms.CharField(label=NAMES["phone"], max_length=40, required=False)
    language = forms.ChoiceField(
        label=NAMES["language"], choices=settings.LANGUAGES,
        help_text=_("For customers whose language is none of the four."),
    )  # fmt: skip
    zone = forms.CharField(label=NAMES["zone"], max_length=40, validators=[known_zone])
    answer_hours = forms.IntegerField(label=NAMES["answer_hours"], min_value=1, max_value=200)
    follow_up_days = forms.IntegerField(
        label=NAMES["follow_up_days"], min_value=1, max_value=30,
        help_text=_("When nothing else is due."),
    )  # fmt: skip
    undo_seconds = forms.IntegerField(label=NAMES["undo_seconds"], min_value=0, max_value=120)
    check_backs = forms.IntegerField(label=NAMES["check_backs"], min_value=1, max_value=5)
    check_back_gap_days = forms.IntegerField(
        label=NAMES["check_back_gap_days"], min_value=1, max_value=20
    )
    link_days = forms.IntegerField(
        label=NAMES["link_days"], min_value=1, max_value=730,
        help_text=_("An old link still takes a message and sends a fresh one."),
    )  # fmt: skip
    greeting_en = GreetingField("en")
    greeting_pl = GreetingField("pl")
    greeting_ru = GreetingField("ru")
    greeting_sk = GreetingField("sk")
    stance = stance_field()
    concede_up_to = limit_field()
    concede_currency = currency_field()
    house_signs = forms.BooleanField(
        label=NAMES["house_signs"], required=False,
        help_text=_("Otherwise with the chosen name of who answers, and the house below."),
    )  # fmt: skip

    survey = forms.BooleanField(
        label=NAMES["survey"], required=False,
        help_text=_("A day or two after the yes; each customer at most once in seven days."),
    )  # fmt: skip

    def __init__(self, data: Any = None, *, house: House) -> None:
        super().__init__(data, initial={name: getattr(house, name) for name in self.base_fields})

    def groups(self) -> list[tuple[str, list[forms.BoundField]]]:
        """Return the fields under their headings, as the page shows them."""
        of = {
            _("Who we are"): ("name", "phone", "language", "zone", "house_signs"),
            _("Customers whose form of address isn’t known"): GREETINGS,
            _("Whose fault it is"): STANCES,
            _("How soon we answer"): ("answer_hours", "follow_up_days", "undo_seconds"),
            _("Asking whether it is solved"): (
                "check_backs",
                "check_back_gap_days",
                "survey",
                "link_days",
            ),
        }
        return [(str(title), [self[name] for name in names]) for title, names in of.items()]


class AbsenceForm(forms.Form):
    person = forms.ModelChoiceField(Person.objects.none(), label=_("Who is away"))
    from_date = DateField(label=_("From"))
    until_date = DateField(label=_("Until"))
    stand_in = forms.ModelChoiceField(
        Person.objects.none(), label=_("Who stands in"), required=False,
        empty_label=_("nobody: back to the team’s queue"),
    )  # fmt: skip

    def __init__(self, *args: Any, people: list[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        active = Person.objects.get_queryset().filter(pk__in=[person.pk for person in people])
        for name in ("person", "stand_in"):
            self.fields[name].queryset = active.order_by("name", "id")  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("from_date") and data.get("until_date", data["from_date"]) < data["from_date"]:
            self.add_error("until_date", _("This is before the first day."))
        if data.get("person") and data.get("person") == data.get("stand_in"):
            self.add_error("stand_in", _("Somebody else has to stand in."))
        self._check_who_is_there(data)
        return data

    def _check_who_is_there(self, data: dict[str, Any]) -> None:
        if self.errors:
            return
        away = Absence.objects.overlapping(data["from_date"], data["until_date"])
        if away.filter(person=data["person"]).exists():
            self.add_error("person", _("An absence in these days is noted already."))
        if data.get("stand_in") and away.filter(person=data["stand_in"]).exists():
            self.add_error("stand_in", _("This colleague is away in these days as well."))
