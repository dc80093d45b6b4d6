"""A call made and a letter posted, as they are typed into the case's editor."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from amends.doors.desk.forms import DateField, ReplyForm, TimeField, moment
from amends.ground import clock
from amends.records.answering.telling import Call, Letter


class TellingForm(ReplyForm):
    """What both ways have: all that a reply has, but the question whether we understood."""

    paraphrase = None  # type: ignore[assignment]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["promise"].label = _("What I promised")


class CallForm(TellingForm):
    """A call, now unless another day or hour is given; of one in vain the words may be empty."""

    reached = forms.CharField(label=_("Whom you reached"), max_length=200, required=False)
    date = DateField(label=_("Day"), required=False)
    time = TimeField(label=_("Hour"), required=False)

    def __init__(self, data: Any = None, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.in_vain = bool(data and data.get(self.add_prefix("in_vain")))
        self.fields["text"].required = not self.in_vain

    def clean_text(self) -> str:
        return str(self.cleaned_data["text"])

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        today = timezone.localdate(clock.now())
        if data.get("date") not in {None, today} and data.get("time") is None:
            self.add_error("time", _("Say at what hour that day."))
        if not self.in_vain and "reached" in data and not data["reached"].strip():
            self.add_error("reached", _("Say whom you reached, or choose “Nobody reached”."))
        return data

    def said_at(self, now: datetime) -> datetime:
        day, hour = self.cleaned_data["date"], self.cleaned_data["time"]
        said_at = moment(day or timezone.localdate(now), hour) if hour else None
        return said_at or now

    def call(self, now: datetime) -> Call:
        return Call(reached=self.cleaned_data["reached"], said_at=self.said_at(now))


class LetterForm(TellingForm):
    to = forms.CharField(
        label=_("Postal address"), max_length=254, required=False,
        widget=forms.Textarea(attrs={"rows": 3, "autocomplete": "off"}),
    )  # fmt: skip
    dispatched_date = DateField(label=_("Posted on"))
    tracking = forms.CharField(label=_("Tracking number"), max_length=80, required=False)

    def letter(self) -> Letter:
        data = self.cleaned_data
        return Letter(data["dispatched_date"], to=data["to"], tracking=data["tracking"])
