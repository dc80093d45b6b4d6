from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

_FILES = 5
_FEWEST_DIGITS = 6
_FILE_BYTES = 10 * 1024 * 1024


class ManyFilesInput(forms.ClearableFileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Several files; too many or too large ones are named, and the words are kept."""

    widget = ManyFilesInput

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        given = [data] if data and not isinstance(data, list | tuple) else list(data or [])
        given = [super(FilesField, self).clean(file, initial) for file in given if file]
        if len(given) > _FILES:
            raise forms.ValidationError(_("Up to five files at a time. Your words are kept."))
        for file in given:
            if file.size > _FILE_BYTES:
                raise forms.ValidationError(
                    _("“%(name)s” is larger than 10 MB. Your words are kept."),
                    params={"name": file.name},
                )
        return given


class TellForm(forms.Form):
    """One box first; nothing but the story and a way to reach the customer is asked."""

    text = forms.CharField(
        label=_("Tell us what happened"), max_length=50_000, strip=True, widget=forms.Textarea,
        error_messages={"required": _("Write a few words first: what happened?")},
    )  # fmt: skip
    wish = forms.CharField(label=_("What would put it right?"), max_length=300, required=False)
    name = forms.CharField(
        label=_("Your name"), max_length=200, required=False,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )  # fmt: skip
    address = forms.EmailField(
        label=_("E-mail"), required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )  # fmt: skip
    phone = forms.CharField(
        label=_("Phone"), max_length=40, required=False,
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel"}),
    )  # fmt: skip
    uploads = FilesField(label=_("Pictures or files"), required=False)

    def clean_phone(self) -> str:
        phone = str(self.cleaned_data["phone"])
        if phone and sum(map(str.isdigit, phone)) < _FEWEST_DIGITS:
            raise forms.ValidationError(_("This number is too short to be called."))
        return phone

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not self.errors and not data.get("address") and not data.get("phone"):
            raise forms.ValidationError(
                _("Leave an e-mail address or a phone number, so that a person can answer you.")
            )
        return data


class MessageForm(forms.Form):
    text = forms.CharField(
        label=_("Write to us"), max_length=20_000, strip=True, widget=forms.Textarea,
        error_messages={"required": _("Write a few words first.")},
    )  # fmt: skip


class AnswerForm(forms.Form):
    solved = forms.ChoiceField(
        choices=[("yes", "yes"), ("no", "no")],
        error_messages=dict.fromkeys(
            ("required", "invalid_choice"), _("Choose one: it is solved, or it isn’t.")
        ),
    )
    words = forms.CharField(required=False, max_length=20_000, strip=True)
