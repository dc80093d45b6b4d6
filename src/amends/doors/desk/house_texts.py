"""The texts of the house: which are worded anew, one of them with its preview, and the way back."""

from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from amends.doors.desk.asking import DeskRequest, at_the_house
from amends.doors.desk.house_frame import is_typed, only_looks, show
from amends.doors.desk.house_samples import filled
from amends.doors.desk.house_words import text_name
from amends.ground import clock
from amends.records.house import knowledge, wording
from amends.records.house.models import House, HouseText

_RESTORE = "restore"
_SENTENCES = {
    wording.NothingWritten: gettext_lazy("There is nothing written yet."),
    wording.FieldMissing: gettext_lazy("{%(field)s} is missing. Without it the text has no use."),
    wording.BraceAlone: gettext_lazy("A brace stands alone. Braces belong around a field only."),
    wording.NoSuchField: gettext_lazy("There is no field {%(field)s}. There are: %(known)s."),
}


class TextForm(forms.Form):
    subject = forms.CharField(label=gettext_lazy("Subject"), max_length=wording.LONGEST_SUBJECT)
    body = forms.CharField(
        label=gettext_lazy("Text"), max_length=wording.LONGEST_BODY,
        widget=forms.Textarea(attrs={"rows": 18, "data-grow": ""}),
    )  # fmt: skip

    def __init__(self, data: Any, *, kind: str, language: str, now: knowledge.Text) -> None:
        super().__init__(data, initial={"subject": now.subject, "body": now.body})
        self.kind, self.language = kind, language
        if not knowledge.original(kind, language).subject:
            del self.fields["subject"]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if self.errors:
            return data
        for name in self.fields:
            self._check(name, data)
        return data

    def text(self) -> knowledge.Text:
        return knowledge.Text(self.cleaned_data.get("subject", ""), self.cleaned_data["body"])

    def _check(self, name: str, data: dict[str, Any]) -> None:
        # Each box says what is wrong in it, so the other is taken as it comes with the program.
        original = knowledge.original(self.kind, self.language)
        written = {"subject": original.subject, "body": original.body, name: data.get(name, "")}
        try:
            wording.check(self.kind, self.language, **written)
        except wording.TextRefused as refusal:
            known = ", ".join(f"{{{field}}}" for field in sorted(knowledge.fields_of(self.kind)))
            said = {"field": refusal.field, "known": known}
            self.add_error(name, str(_SENTENCES[type(refusal)]) % said)


@require_safe
@at_the_house
def page(request: DeskRequest) -> HttpResponse:
    own = set(HouseText.objects.values_list("kind", "language"))
    rows = [
        {
            "kind": kind,
            "name": text_name(kind),
            "languages": [
                (code, name, (kind, code) in own) for code, name in settings.LANGUAGES
            ],
        }
        for kind in knowledge.kinds()
    ]  # fmt: skip
    return show(request, "house_texts", "texts", {"rows": rows})


@require_http_methods(["GET", "HEAD", "POST"])
@at_the_house
def text(request: DeskRequest, kind: str, language: str) -> HttpResponse:
    if kind not in knowledge.kinds() or language not in knowledge.LANGUAGES:
        raise Http404
    house, at = House.objects.current(), clock.now()
    now = HouseText.objects.wording(kind, language) or knowledge.original(kind, language)
    if not is_typed(request, "house_texts"):
        return _show(request, house, TextForm(None, kind=kind, language=language, now=now))
    if request.POST.get("act") == _RESTORE:
        house.restore(kind, language, by=request.user, at=at)
        messages.info(request, _("The original is used again."))
        return HttpResponseRedirect(request.path)
    form = TextForm(request.POST, kind=kind, language=language, now=now)
    if only_looks(request) or not form.is_valid():
        return _show(request, house, form, status=200 if only_looks(request) else 422)
    said = form.text()
    house.word(kind, language, subject=said.subject, body=said.body, by=request.user, at=at)
    messages.info(request, _("Kept. Mails written from now on have it."))
    return HttpResponseRedirect(request.path)


def _show(request: DeskRequest, house: House, form: TextForm, status: int = 200) -> HttpResponse:
    kind, language = form.kind, form.language
    own = HouseText.objects.wording(kind, language)
    draft = form.text() if form.is_bound and form.is_valid() else own
    original = knowledge.original(kind, language)
    context = {
        "form": form,
        "kind": kind,
        "name": text_name(kind),
        "code": language,
        "languages": settings.LANGUAGES,
        "is_own": own is not None,
        "is_beginning": kind == "privacy" and own is None,
        "fields": sorted(knowledge.fields_of(kind)),
        "unread": form.is_bound and bool(form.errors),
        "sample": filled(house, kind, language, draft, at=clock.now()),
        "lines": _lines(original.body, draft.body) if draft else [],
    }
    return show(request, "house_texts", "text", context, status=status)


def _lines(before: str, after: str) -> list[tuple[str, str]]:
    """Return the lines that were taken away and those that are new, in their order."""
    from difflib import ndiff

    told = ndiff(before.split("\n"), after.replace("\r\n", "\n").strip().split("\n"))
    kinds = {"-": "gone", "+": "new"}
    return [(kinds[line[0]], line[2:]) for line in told if line[0] in kinds and line[2:].strip()]
