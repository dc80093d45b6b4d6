from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from amends.records.house.knowledge import LANGUAGES
from amends.records.people.models import Person
from amends.records.writing import sheet
from amends.records.writing.filling import FIELDS, unknown_fields
from amends.records.writing.models import SavedReply

_ROWS = 7


class SavedReplyForm(forms.Form):
    name = forms.CharField(label=gettext_lazy("Name of the reply"), max_length=sheet.LONGEST_NAME)
    tags = forms.CharField(label=gettext_lazy("Tags"), max_length=120, required=False)
    shared = forms.BooleanField(required=False)

    def __init__(
        self, *args: Any, person: Person, reply: SavedReply | None = None, **kw: Any
    ) -> None:
        if reply:
            kw["initial"] = {
                "name": reply.name, "tags": reply.tags, "shared": reply.is_shared,
                **{f"text_{text.language}": text.text for text in reply.texts.all()},
            }  # fmt: skip
        super().__init__(*args, **kw)
        for code in LANGUAGES:
            self.fields[f"text_{code}"] = forms.CharField(
                max_length=sheet.LONGEST_TEXT, required=False, strip=False,
                widget=forms.Textarea(attrs={"rows": _ROWS, "lang": code}),
            )  # fmt: skip
        if not person.leads:
            del self.fields["shared"]

    def texts(self) -> dict[str, str]:
        """Return what is typed in each language, right or wrong: a preview takes it as it is."""
        given = {code: self[f"text_{code}"].value() or "" for code in LANGUAGES}
        return {
            code: str(text).replace("\r\n", "\n").replace("\0", "")[: sheet.LONGEST_TEXT]
            for code, text in given.items()
        }

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not any(text.strip() for text in self.texts().values()):
            self.add_error(None, _("Write the text in one language at least."))
        for code, text in self.texts().items():
            unknown = unknown_fields(text)
            if unknown:
                known = ", ".join(f"{{{name}}}" for name in FIELDS)
                self.add_error(
                    f"text_{code}",
                    _("No case knows %(unknown)s. There are: %(known)s.")
                    % {"unknown": ", ".join(f"{{{name}}}" for name in unknown), "known": known},
                )
        return data

    def said(self) -> dict[str, Any]:
        """Return the arguments of the verbs of a saved reply."""
        data = self.cleaned_data
        said = {"name": data["name"], "tags": data["tags"], "texts": self.texts()}
        return said | ({"shared": data["shared"]} if "shared" in data else {})


class SheetForm(forms.Form):
    sheet = forms.FileField(
        label=gettext_lazy("CSV file"),
        error_messages=dict.fromkeys(
            ("required", "missing", "empty"),
            gettext_lazy("Choose a CSV file with something in it."),
        ),
        widget=forms.FileInput(attrs={"accept": ".csv,text/csv"}),
    )
