"""What the House page takes in: who the house is, and who is away."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from amends.doors.desk.forms import DateField
from amends.records.house.models import known_zone
from amends.records.people.models import Absence, Person


class HouseForm(forms.Form):
    name = forms.CharField(label=_("Name, as customers read it"), max_length=120)
    address = forms.EmailField(label=_("Mail address that customers write to"))
    phone = forms.CharField(
        label=_("Phone at which a person answers"), max_length=40, required=False
    )
    language = forms.ChoiceField(label=_("Language of the house"), choices=settings.LANGUAGES)
    zone = forms.CharField(label=_("Time zone"), max_length=40, validators=[known_zone])
    answer_hours = forms.IntegerField(
        label=_("Working hours until the first answer is due"), min_value=1, max_value=200
    )
    check_backs = forms.IntegerField(
        label=_("How often we ask whether it is solved"), min_value=1, max_value=5
    )


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
