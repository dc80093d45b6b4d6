"""What the survey takes in; every question may be left out."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from amends.records.aftercare.models.survey import HIGHEST, LOWEST

_SCALE = [(str(step), str(step)) for step in range(LOWEST, HIGHEST + 1)]
_TIMES = [("1", _("once")), ("2", _("twice")), ("3", _("three times")), ("4", _("more often"))]
_ITEMS = {
    "outcome": _("What I received made up for the problem."),
    "treatment": _("I was listened to and treated with respect."),
    "procedure": _("It went quickly enough, and it was clear what was happening."),
    "effort": _("The company made it easy to resolve my complaint."),
    "trust": _("I trust this company."),
    "told": _("How many times did the problem have to be explained?"),
}


class SurveyForm(forms.Form):
    solved = forms.ChoiceField(
        label=_("Is your problem really solved?"), required=False, widget=forms.RadioSelect,
        choices=[("yes", _("Yes, it is solved")), ("no", _("No, not solved"))],
    )  # fmt: skip
    recovery = forms.TypedChoiceField(
        label=_("How satisfied are you with how we handled your complaint?"), required=False,
        widget=forms.RadioSelect, choices=_SCALE, coerce=int, empty_value=None,
    )  # fmt: skip
    words = forms.CharField(
        label=_("Anything you would like to add"), max_length=20_000, required=False, strip=True
    )

    def clean_solved(self) -> bool | None:
        return {"yes": True, "no": False}.get(self.cleaned_data["solved"])


class MoreForm(forms.Form):
    """The further questions of this survey, and no others."""

    def __init__(self, *args: Any, items: Iterable[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in items:
            self.fields[name] = forms.TypedChoiceField(
                label=_ITEMS[name], required=False, widget=forms.RadioSelect,
                choices=_TIMES if name == "told" else _SCALE, coerce=int, empty_value=None,
            )  # fmt: skip

    def answers(self) -> dict[str, int]:
        return {name: step for name, step in self.cleaned_data.items() if step is not None}
