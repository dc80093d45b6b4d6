"""What merge, split and move take in."""

from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from amends.records.complaints.vocabulary import Kind

_MOST_MESSAGES = 200


class KeysField(forms.Field):
    """Which messages: their keys, as many as were ticked."""

    widget = forms.MultipleHiddenInput

    def clean(self, value: Any) -> list[UUID]:
        try:
            keys = [UUID(str(key)) for key in (value or [])[:_MOST_MESSAGES]]
        except ValueError as no_key:
            raise forms.ValidationError(_("Choose the messages.")) from no_key
        if not keys:
            raise forms.ValidationError(_("Choose the messages."))
        return keys


class MergeForm(forms.Form):
    head = forms.CharField(max_length=16, error_messages={"required": _("Choose the other case.")})


class SplitForm(forms.Form):
    messages = KeysField()
    kind = forms.ChoiceField(
        choices=[(Kind.UNDECIDED, ""), (Kind.COMPLAINT, ""), (Kind.QUESTION, "")], required=False
    )

    def clean_kind(self) -> str:
        return self.cleaned_data["kind"] or Kind.UNDECIDED


class MoveMessagesForm(forms.Form):
    messages = KeysField()
    to = forms.CharField(max_length=16, error_messages={"required": _("Choose the other case.")})
