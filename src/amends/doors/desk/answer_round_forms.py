"""The form that answers many at once: a text for each language, a promise, a check-back."""

from collections.abc import Iterable
from datetime import datetime, time
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from amends.doors.desk.forms import DateField, PromisingForm, TimeField, moment
from amends.records.writing.filling import FIELDS, unknown_fields

_LONGEST = 20_000


class RoundForm(PromisingForm):
    check_back_date = DateField(label=gettext_lazy("Ask whether it is solved"), required=False)
    check_back_time = TimeField(label=gettext_lazy("Time"), required=False, initial="10:00")

    def __init__(self, *args: Any, languages: Iterable[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["promise"].label = gettext_lazy("What I promise each of them")
        names = dict(settings.LANGUAGES)
        self.languages = [language for language in names if language in set(languages)]
        for language in self.languages:
            self.fields[f"text_{language}"] = forms.CharField(
                label=names[language], max_length=_LONGEST, required=False, strip=False,
                initial="{salutation}\n\n",
            )  # fmt: skip

    @property
    def text_fields(self) -> list[tuple[str, forms.BoundField]]:
        return [(language, self[f"text_{language}"]) for language in self.languages]

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        for language in self.languages:
            self._check_fields(f"text_{language}", data.get(f"text_{language}", ""))
        if not self.errors and not self.texts():
            raise forms.ValidationError(_("There is nothing written yet."))
        return data

    def texts(self) -> dict[str, str]:
        """Return what was written, by language; a greeting alone is nothing."""
        written = {code: self.cleaned_data.get(f"text_{code}", "") for code in self.languages}
        return {
            language: text
            for language, text in written.items()
            if text.replace("{salutation}", "").strip()
        }

    def check_back_at(self) -> datetime | None:
        data = self.cleaned_data
        return moment(data["check_back_date"], data["check_back_time"] or time(10))

    def _check_fields(self, name: str, text: str) -> None:
        if unknown := unknown_fields(text):
            said = {"unknown": ", ".join(unknown), "known": ", ".join(FIELDS)}
            self.add_error(name, _("No case knows %(unknown)s. There are: %(known)s.") % said)
