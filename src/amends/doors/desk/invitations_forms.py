"""Whom one invites, and as what."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from amends.records.people.models import Person

_ROLES = (
    ("handles", _("answers customers"), _("Has cases of their own.")),
    ("leads", _("leads"), _("Hands over, approves, sees what is about to break.")),
    ("assures", _("sees to quality"), _("Reads all cases; finds causes.")),
    ("administers", _("administers"), _("Sets the house up: mail, people, hours.")),
)


class InvitationForm(forms.Form):
    name = forms.CharField(
        label=_("Name"), max_length=120, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
    email = forms.EmailField(
        label=_("E-mail"), widget=forms.EmailInput(attrs={"autocomplete": "off"})
    )
    roles = forms.MultipleChoiceField(
        label=_("What this person does"), widget=forms.CheckboxSelectMultiple,
        choices=[(key, name) for key, name, _more in _ROLES], initial=["handles"],
        error_messages={"required": _("Choose one at least.")},
    )  # fmt: skip
    languages = forms.MultipleChoiceField(
        label=_("Answers customers in"), choices=settings.LANGUAGES, required=False,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    language = forms.ChoiceField(label=_("Language of the letter"), choices=settings.LANGUAGES)

    def __init__(self, data: Any = None, *, by: Person) -> None:
        first = {"language": by.language, "languages": by.languages}
        super().__init__(data, initial=first)
        if not by.administers:
            roles: Any = self.fields["roles"]
            roles.choices = [choice for choice in roles.choices if choice[0] != "administers"]

    @property
    def roles_shown(self) -> list[dict[str, Any]]:
        """Return each role that may be given, with what it means, and whether it is ticked."""
        ticked = self["roles"].value() or []
        given = {key for key, _name in self.fields["roles"].choices}  # type: ignore[attr-defined]
        return [
            {"key": key, "name": name, "more": more, "on": "yes" if key in ticked else ""}
            for key, name, more in _ROLES
            if key in given
        ]

    def facts(self) -> dict[str, Any]:
        data = self.cleaned_data
        roles = {key: key in data["roles"] for key, _name, _more in _ROLES}
        kept = {name: data[name] for name in ("name", "email", "language", "languages")}
        return {**kept, **roles}
