"""The six questions of a new house. Each can be skipped; none asks what another has answered."""

from collections.abc import Iterable
from datetime import time
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from amends.records.house import logo
from amends.records.house.models import House, OpenSpan, known_zone
from amends.records.post.addresses import can_be_written_to
from amends.records.post.models import Mailbox

Span = tuple[int, time, time]

_PRESETS: dict[str, tuple[Any, tuple[int, ...], str, str]] = {
    "office": (_("Monday to Friday, 9 to 17"), (0, 1, 2, 3, 4), "09:00", "17:00"),
    "early": (_("Monday to Friday, 8 to 16"), (0, 1, 2, 3, 4), "08:00", "16:00"),
    "shop": (_("Monday to Saturday, 10 to 18"), (0, 1, 2, 3, 4, 5), "10:00", "18:00"),
    "daily": (_("Every day, 10 to 20"), (0, 1, 2, 3, 4, 5, 6), "10:00", "20:00"),
}
_DAYS = (
    (0, _("Monday")), (1, _("Tuesday")), (2, _("Wednesday")), (3, _("Thursday")),
    (4, _("Friday")), (5, _("Saturday")), (6, _("Sunday")),
)  # fmt: skip


class QuestionForm(forms.Form):
    """One question: what is known already stands in it, and `keep` makes the answer true."""

    def __init__(self, data: Any = None, files: Any = None, *, house: House) -> None:
        super().__init__(data, files, initial=self.known(house))
        self.house = house

    def known(self, _house: House) -> dict[str, Any]:
        return {}

    def keep(self, house: House) -> None:
        raise NotImplementedError


class NameForm(QuestionForm):
    name = forms.CharField(
        label=_("Name, as customers read it"), max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "organization", "autofocus": True}),
    )  # fmt: skip

    def known(self, house: House) -> dict[str, Any]:
        return {"name": house.name if house.name != House().name else ""}

    def keep(self, house: House) -> None:
        house.say(name=self.cleaned_data["name"])


class LogoForm(QuestionForm):
    logo = forms.FileField(
        label=_("Picture"), help_text=_("PNG, JPEG or WebP, up to 512 KB."),
        error_messages={"required": _("Choose a picture, or skip this.")},
        widget=forms.FileInput(attrs={"accept": "image/png,image/jpeg,image/webp"}),
    )  # fmt: skip

    def clean_logo(self) -> bytes:
        file: Any = self.cleaned_data["logo"]
        if (file.size or 0) > logo.MOST_BYTES:
            raise forms.ValidationError(_("This picture is larger than 512 KB."))
        content: bytes = file.read()
        try:
            logo.type_of(content)
        except logo.NotALogo as wrong:
            raise forms.ValidationError(
                _("This is no PNG, JPEG or WebP, or it has more than 4,000 pixels a side.")
            ) from wrong
        return content

    def keep(self, house: House) -> None:
        house.show_logo(self.cleaned_data["logo"])


class AddressForm(QuestionForm):
    address = forms.EmailField(
        label=_("Mail address that customers write to"),
        widget=forms.EmailInput(attrs={"autocomplete": "off", "autofocus": True}),
    )

    def known(self, house: House) -> dict[str, Any]:
        return {"address": house.address if house.address != House().address else ""}

    def clean_address(self) -> str:
        address = str(self.cleaned_data["address"])
        if not can_be_written_to(address):
            raise forms.ValidationError(_("No letter can be sent to this address."))
        return address

    def keep(self, house: House) -> None:
        house.say(address=self.cleaned_data["address"])
        Mailbox.objects.receive_at(house.address)


class LanguagesForm(QuestionForm):
    first = forms.ChoiceField(
        label=_("The house’s own language"), choices=settings.LANGUAGES,
        widget=forms.RadioSelect,
    )  # fmt: skip
    others = forms.MultipleChoiceField(
        label=_("Others that you answer in"), choices=settings.LANGUAGES, required=False,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip

    def known(self, house: House) -> dict[str, Any]:
        return {"first": house.language, "others": house.languages}

    def keep(self, house: House) -> None:
        house.speak([self.cleaned_data["first"], *self.cleaned_data["others"]])


class HoursForm(QuestionForm):
    when = forms.ChoiceField(
        label=_("When somebody answers"), widget=forms.RadioSelect,
        choices=[*((key, preset[0]) for key, preset in _PRESETS.items()), ("own", _("Our own"))],
    )  # fmt: skip
    days = forms.TypedMultipleChoiceField(
        label=_("Days"), choices=_DAYS, coerce=int, required=False,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    opens = forms.TimeField(
        label=_("From"), required=False, widget=forms.TimeInput(attrs={"type": "time"})
    )
    closes = forms.TimeField(
        label=_("Until"), required=False, widget=forms.TimeInput(attrs={"type": "time"})
    )
    zone = forms.CharField(label=_("Time zone"), max_length=40, validators=[known_zone])

    def known(self, house: House) -> dict[str, Any]:
        kept = list(OpenSpan.objects.order_by("weekday", "opens"))
        spans = {(span.weekday, f"{span.opens:%H:%M}", f"{span.closes:%H:%M}") for span in kept}
        known = {"when": "office", "zone": house.zone, "opens": "09:00", "closes": "17:00"}
        if not kept:
            return known
        for key, (_label, days, opens, closes) in _PRESETS.items():
            if spans == {(day, opens, closes) for day in days}:
                return known | {"when": key}
        own = {"opens": f"{kept[0].opens:%H:%M}", "closes": f"{kept[0].closes:%H:%M}"}
        return known | own | {"when": "own", "days": [span.weekday for span in kept]}

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("when") == "own" and not self.errors:
            if not data.get("days"):
                self.add_error("days", _("Choose a day at least."))
            if not data.get("opens") or not data.get("closes"):
                self.add_error("closes", _("Say from when until when."))
            elif data["closes"] <= data["opens"]:
                self.add_error("closes", _("This is before the beginning."))
        return data

    def keep(self, house: House) -> None:
        house.say(zone=self.cleaned_data["zone"])
        house.open_at(self._spans())

    def _spans(self) -> Iterable[Span]:
        data = self.cleaned_data
        if data["when"] == "own":
            return [(day, data["opens"], data["closes"]) for day in sorted(data["days"])]
        _label, days, opens, closes = _PRESETS[data["when"]]
        return [(day, time.fromisoformat(opens), time.fromisoformat(closes)) for day in days]


class SellsForm(QuestionForm):
    sells = forms.CharField(
        label=_("What you sell or do"), max_length=2_000, widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("A few words, or skip this.")},
    )  # fmt: skip

    def known(self, house: House) -> dict[str, Any]:
        return {"sells": house.sells}

    def keep(self, house: House) -> None:
        house.say(sells=self.cleaned_data["sells"])
