"""The reply's form as the editor has it: files, what is left open, the way after "send"."""

import mimetypes
from dataclasses import replace
from typing import Any, TypeAlias

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from amends.doors.desk.after_sending import ThenField
from amends.doors.desk.forms import ReplyForm
from amends.ground import files
from amends.ground.files import KeptFile
from amends.records.answering.answer import Answer
from amends.records.writing.filling import left_open
from amends.records.writing.knowledge import safe_name
from amends.records.writing.models import DraftFile

Upload: TypeAlias = "UploadedFile[Any]"
MOST_FILES = 10
MOST_BYTES = 15 * 1024 * 1024
_LONGEST_NAME = 120


class ManyFilesInput(forms.ClearableFileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Several files; an empty one is as good as any."""

    widget = ManyFilesInput

    def clean(self, data: Any, _initial: Any = None) -> list[Upload]:
        given = data if isinstance(data, list | tuple) else [data]
        return [file for file in given if file]


class KeptField(forms.MultipleChoiceField):
    """Files that stand in the editor already; one that is gone meanwhile is left out."""

    def clean(self, value: Any) -> list[str]:
        known = {str(key) for key, _text in self.choices}  # type: ignore[union-attr, misc]
        return [key for key in value or [] if key in known]


class EditorForm(ReplyForm):
    uploads = FilesField(required=False)
    kept = KeptField(required=False)
    then = ThenField()

    def __init__(self, *args: Any, in_draft: list[DraftFile], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.in_draft = in_draft
        self.ticked: list[str] | None = None
        self.fields["kept"].choices = [  # type: ignore[attr-defined]
            (str(file.pk), file.name) for file in in_draft
        ]

    def files_shown(self) -> list[tuple[DraftFile, bool]]:
        """Return the files that stand in the editor, and whether they go along."""
        ticked = self["kept"].value() or [] if self.ticked is None else self.ticked
        return [(file, str(file.pk) in ticked) for file in self.in_draft]

    def clean_text(self) -> str:
        text = super().clean_text()
        missing = left_open(text)
        if missing:
            raise forms.ValidationError(
                _("Fill in or delete what the case doesn’t know: %(fields)s."),
                params={"fields": ", ".join(missing)},
            )
        return text

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        kept = [file for file in self.in_draft if str(file.pk) in data.get("kept", ())]
        problem = too_much(data.get("uploads", []), kept)
        if problem:
            self.add_error("uploads", problem)
        return data

    def answer(self) -> Answer:
        data = self.cleaned_data
        kept = [file.kept() for file in self.in_draft if str(file.pk) in data["kept"]]
        return replace(super().answer(), files=(*kept, *keep_all(data["uploads"])))


def too_much(uploads: list[Upload], kept: list[DraftFile]) -> str:
    """Say what is too much of these files, or nothing."""
    if len(uploads) + len(kept) > MOST_FILES:
        return _("Up to ten files with one reply. Choose fewer and attach them again.")
    sizes = [(file.size or 0) for file in uploads] + [file.size for file in kept]
    if sum(sizes) > MOST_BYTES:
        return _("All files together may have 15 MB. Choose smaller ones and attach them again.")
    return ""


def keep_all(uploads: list[Upload]) -> list[KeptFile]:
    """Keep the bytes under names that are safe to show and to send."""
    return [_keep(file, number) for number, file in enumerate(uploads, 1)]


def _keep(upload: Upload, number: int) -> KeptFile:
    name = safe_name(upload.name or "")[:_LONGEST_NAME] or f"file-{number}"
    # By the name, not by what the browser says: the customer's program goes by it as well.
    media_type = mimetypes.guess_type(name)[0] or "application/octet-stream"
    upload.seek(0)
    content = upload.read()
    return KeptFile(name, media_type, len(content), files.keep(content))
