"""Saved replies in a case: found by name, filled from the case, put into the editor."""

from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST, require_safe

from amends.doors.desk import case, editor
from amends.doors.desk.asking import DeskRequest, at_the_desk, contact_seen_by, who_answers
from amends.ground import clock
from amends.records.complaints.models import Contact
from amends.records.writing.filling import fill, values_of
from amends.records.writing.models import Draft, SavedReply

_SHOWN = 12
_LONGEST_SEARCH = 80


@dataclass(frozen=True)
class Option:
    key: str
    name: str
    language: str
    text: str
    speaks: bool


@require_safe
@at_the_desk
def listed(request: DeskRequest, reference: str) -> HttpResponse:
    """Offer those that hold the words, filled from the case, its language first."""
    contact = contact_seen_by(request.user, reference)
    words = request.GET.get("q", "")[:_LONGEST_SEARCH]
    language = _language_of(contact)
    found = SavedReply.objects.seen_by(request.user).saying(words).best_first(language)
    options = _filled(list(found.prefetch_related("texts")[:_SHOWN]), contact, language, request)
    return render(request, "desk/writing/options.html", {"options": options, "q": words.strip()})


@require_POST
@who_answers
def insert(request: DeskRequest, reference: str) -> HttpResponse:
    """Where scripts are off: the case again, with the reply's words below what was typed."""
    contact = contact_seen_by(request.user, reference)
    typed = editor.typed_reply(request.POST)
    seen = SavedReply.objects.seen_by(request.user).prefetch_related("texts")
    wanted = next((one for one in seen if str(one.pk) == request.POST.get("saved")), None)
    if wanted:
        [option] = _filled([wanted], contact, _language_of(contact), request)
        typed["text"] = _joined(typed["text"], option.text)
    Draft.objects.keep(contact, Draft.What.REPLY, typed, by=request.user, at=clock.now())
    return case.show(request, contact)


def _language_of(contact: Contact) -> str:
    return contact.language or contact.customer.language


def _filled(
    replies: list[SavedReply], contact: Contact, language: str, request: DeskRequest
) -> list[Option]:
    values: dict[str, dict[str, str]] = {}
    options = []
    for reply in replies:
        spoken, text = reply.text_in(language)
        if spoken not in values:
            values[spoken] = values_of(contact, spoken, by=request.user)
        words = fill(text, values[spoken])
        options.append(Option(str(reply.pk), reply.name, spoken, words, spoken == language))
    return options


def _joined(typed: str, text: str) -> str:
    before = typed.replace("\r\n", "\n").rstrip()
    if not before or text.startswith(before):
        return text
    return f"{before}\n\n{text}"
