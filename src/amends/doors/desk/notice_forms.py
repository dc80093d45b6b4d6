"""What one wants to be told, by which way, and when not by mail."""

from datetime import time
from typing import Any

from django import forms
from django.utils import dates
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from amends.doors.desk.forms import TimeField
from amends.records.notices.models import Choice, What

_HOURS = (1, 2, 4, 8, 24)


class ChoiceForm(forms.Form):
    in_desk = forms.MultipleChoiceField(
        label=gettext_lazy("In the desk"), choices=What.choices, required=False
    )
    by_mail = forms.MultipleChoiceField(
        label=gettext_lazy("By mail"), choices=What.choices, required=False
    )
    every_hours = forms.TypedChoiceField(label=gettext_lazy("Mails come"), coerce=int)
    quiet_from = TimeField(label=gettext_lazy("Quiet from"), required=False)
    quiet_until = TimeField(label=gettext_lazy("until"), required=False)
    quiet_days = forms.TypedMultipleChoiceField(
        label=gettext_lazy("Days off"), coerce=int, required=False,
        choices=[(str(number), name) for number, name in dates.WEEKDAYS.items()],
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["every_hours"].choices = [  # type: ignore[attr-defined]
            (0, _("at once")),
            *((hours, _every(hours)) for hours in _HOURS),
        ]

    @property
    def kinds(self) -> list[tuple[str, str, bool, bool]]:
        """Return for each kind its name and the two ticks."""
        in_desk, by_mail = self["in_desk"].value() or (), self["by_mail"].value() or ()
        return [
            (value, str(name), value in in_desk, value in by_mail) for value, name in What.choices
        ]

    @property
    def days(self) -> list[tuple[str, str, bool]]:
        off = {str(day) for day in self["quiet_days"].value() or ()}
        days = [(str(number), str(name)) for number, name in dates.WEEKDAYS.items()]
        return [(number, name, number in off) for number, name in days]


def typed_as(choice: Choice) -> dict[str, Any]:
    names = ("in_desk", "by_mail", "every_hours", "quiet_from", "quiet_until", "quiet_days")
    return {name: getattr(choice, name) for name in names}


def meaning(choice: Choice) -> list[str]:
    """Say in sentences what the choice does."""
    if not choice.by_mail:
        return [_("Nothing comes to you by mail; the bell in the desk is all.")]
    said = [
        _("Mails come %(when)s, with references and links, never with what somebody wrote.")
        % {"when": _every(choice.every_hours) if choice.every_hours else _("at once")}
    ]
    if choice.quiet_from and choice.quiet_until:
        said.append(
            _("From %(begins)s to %(ends)s none is sent.")
            % {"begins": _hour(choice.quiet_from), "ends": _hour(choice.quiet_until)}
        )
    if choice.quiet_days:
        days = ", ".join(str(dates.WEEKDAYS[day]) for day in choice.quiet_days)
        said.append(_("None is sent on these days: %(days)s.") % {"days": days})
    if len(said) > 1:
        said.append(_("What comes then is in one mail after. What you have seen isn’t mailed."))
    return said


def _every(hours: int) -> str:
    return ngettext("every hour at most", "every %(count)s hours at most", hours) % {"count": hours}


def _hour(moment: time) -> str:
    return f"{moment:%H:%M}"
