"""For how long each kind of thing is kept."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from amends.doors.desk.keeping_words import NAMES, PERIODS, kept_for
from amends.records.house.models import House

_ABOUT = {
    "set_aside_days": _(
        "Spam, advertising, automatic mails. A quarter of a year is enough to notice what was set "
        "aside by mistake."
    ),
    "draft_days": _("Words that somebody typed and never sent, with the files beside them."),
    "notice_days": _("Only of cases that are closed."),
    "look_days": _("Who opened which case, searched, saved a file, took an export or signed in."),
}


class KeepingForm(forms.Form):
    def __init__(self, data: Any = None, *, house: House) -> None:
        super().__init__(data, initial={name: getattr(house, name) for name in NAMES})
        for name, label in NAMES.items():
            self.fields[name] = forms.TypedChoiceField(
                label=label, coerce=int, help_text=_ABOUT[name],
                choices=[(days, kept_for(days)) for days in PERIODS],
            )  # fmt: skip
