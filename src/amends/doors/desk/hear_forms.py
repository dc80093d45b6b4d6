"""What is taken down on the phone, at the counter or from a letter."""

from typing import Any

from django import forms
from django.conf import settings
from django.core.validators import validate_email
from django.utils.translation import gettext_lazy as _

from amends.records.complaints.callers import caller
from amends.records.complaints.intake import Teller, Told
from amends.records.complaints.taking_down import TakenDown
from amends.records.complaints.vocabulary import Channel, Kind
from amends.records.customers.models import Customer
from amends.records.people.models import Person

CHANNELS = [
    (Channel.PHONE, _("Phone")),
    (Channel.COUNTER, _("Counter")),
    (Channel.LETTER, _("Letter")),
]
_MOST_POINTS = 20


class HearForm(forms.Form):
    text = forms.CharField(
        label=_("What happened, in their words"), max_length=50_000, widget=forms.Textarea
    )
    channel = forms.ChoiceField(label=_("How"), choices=CHANNELS, initial=Channel.PHONE)
    q = forms.CharField(label=_("Find the customer"), max_length=200, required=False)
    customer = forms.CharField(required=False)
    name = forms.CharField(label=_("Name"), max_length=200, required=False)
    phone = forms.CharField(
        label=_("Phone"), max_length=40, required=False,
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "off"}),
    )  # fmt: skip
    address = forms.EmailField(label=_("E-mail"), max_length=254, required=False)
    teller_name = forms.CharField(label=_("Who told it"), max_length=200, required=False)
    teller_relation = forms.CharField(
        label=_("Who they are to the customer"), max_length=80, required=False
    )
    teller_reach = forms.CharField(label=_("Their e-mail or phone"), max_length=254, required=False)
    points = forms.CharField(
        label=_("Points, one a line"), max_length=4_500, required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip
    wish = forms.CharField(
        label=_("What would put it right, in their words"), max_length=300, required=False
    )
    speaks = forms.ChoiceField(
        label=_("Language of the customer"), required=False,
        choices=[("", _("as the words above")), *settings.LANGUAGES],
    )  # fmt: skip
    kind = forms.ChoiceField(
        label=_("What it is"), initial=Kind.COMPLAINT,
        choices=[(Kind.COMPLAINT, _("a complaint")), (Kind.QUESTION, _("a question"))],
    )  # fmt: skip
    solved_how = forms.CharField(
        label=_("How it was solved"), max_length=2_000, required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )  # fmt: skip
    acknowledge = forms.BooleanField(required=False, initial=True)
    cannot_describe = forms.BooleanField(required=False)

    def __init__(self, *args: Any, person: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._person = person
        for name in ("name", "address", "teller_name", "teller_relation", "teller_reach", "wish"):
            self.fields[name].widget.attrs["autocomplete"] = "off"

    def clean_customer(self) -> Customer | None:
        key = self.cleaned_data["customer"]
        if not key:
            return None
        known = caller(self._person, key)
        if known is None:
            raise forms.ValidationError(_("Find the customer again, or take down who it is."))
        return known

    def clean_points(self) -> tuple[str, ...]:
        lines = [line.strip(" \t-–•*") for line in self.cleaned_data["points"].splitlines()]
        return tuple(line for line in lines if line)[:_MOST_POINTS]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        told_by = [data.get(name, "") for name in ("teller_name", "teller_relation")]
        reach = data.get("teller_reach", "")
        if any([*told_by, reach]) and not data.get("teller_name"):
            self.add_error("teller_name", _("Say who told it."))
        if any(told_by) and not reach:
            self.add_error("teller_reach", _("Say how they are reached."))
        if reach and "@" in reach:
            try:
                validate_email(reach)
            except forms.ValidationError as wrong:
                self.add_error("teller_reach", wrong)
        elif reach and not any(map(str.isdigit, reach)):
            self.add_error("teller_reach", _("Write an e-mail address or a phone number."))
        return data

    def taken_down(self) -> TakenDown:
        data = self.cleaned_data
        asked = ("text", "channel", "name", "address", "phone", "wish", "speaks", "customer")
        told = Told(teller=self._teller(), **{name: data[name] for name in asked})
        return TakenDown(
            told, kind=data["kind"], points=data["points"], solved_how=data["solved_how"],
            acknowledge=data["acknowledge"], cannot_describe=data["cannot_describe"],
        )  # fmt: skip

    def _teller(self) -> Teller | None:
        data = self.cleaned_data
        if not data["teller_name"]:
            return None
        way = "address" if "@" in data["teller_reach"] else "phone"
        return Teller(
            name=data["teller_name"], relation=data["teller_relation"],
            **{way: data["teller_reach"]},
        )  # fmt: skip
