"""What is typed and not sent, saved as it is typed; it belongs to who types it."""

from datetime import datetime

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.dateparse import parse_datetime
from django.views.decorators.http import require_POST

from amends.doors.desk import editor
from amends.doors.desk.answers import back_to
from amends.doors.desk.asking import DeskRequest, at_the_desk, contact_seen_by
from amends.doors.desk.editor_forms import keep_all, too_much
from amends.doors.desk.telling_drafts import typed_telling
from amends.ground import clock
from amends.records.complaints.greeting import greeting_for
from amends.records.complaints.models import Contact
from amends.records.writing.models import Draft

_LONGEST_MOMENT = 40


@require_POST
@at_the_desk
def save(request: DeskRequest, reference: str) -> HttpResponse:
    """Keep what a form of the editor has in it; with new files their list comes back."""
    contact = contact_seen_by(request.user, reference)
    what = _what(request)
    if what == Draft.What.NOTE:
        return _save_note(request, contact)
    if what != Draft.What.REPLY:
        return _save_telling(request, contact, what)
    mine = editor.drafts_of(contact, request.user).get(Draft.What.REPLY)
    typed = editor.typed_reply(request.POST)
    uploads = [file for file in request.FILES.getlist("uploads") if file]
    in_draft = editor.files_of(mine)
    problem = too_much(uploads, in_draft) if uploads else ""
    if not (mine or uploads or editor.says_something(typed, greeting_for(contact))):
        return HttpResponse(status=204)
    draft = Draft.objects.keep(
        contact, Draft.What.REPLY, typed, by=request.user, at=clock.now(),
        since=_since(request), files=[] if problem else keep_all(uploads),
    )  # fmt: skip
    if not uploads:
        return HttpResponse(status=204 if draft else 409)
    listed = [
        (file, str(file.pk) in draft.fields.get("kept", ()))
        for file in draft.files.order_by("id")
    ] if draft else []  # fmt: skip
    return render(request, "desk/writing/files.html", {"files": listed, "problem": problem})


@require_POST
@at_the_desk
def discard(request: DeskRequest, reference: str) -> HttpResponse:
    contact = contact_seen_by(request.user, reference)
    what = _what(request)
    Draft.objects.of(request.user).filter(contact=contact, what=what).delete()
    return back_to(contact)


def _save_note(request: DeskRequest, contact: Contact) -> HttpResponse:
    typed = editor.typed_note(request.POST)
    mine = Draft.objects.of(request.user).filter(contact=contact, what=Draft.What.NOTE)
    if not typed["text"].strip():
        mine.delete()
    else:
        Draft.objects.keep(
            contact, Draft.What.NOTE, typed, by=request.user, at=clock.now(), since=_since(request)
        )
    return HttpResponse(status=204)


def _save_telling(request: DeskRequest, contact: Contact, what: Draft.What) -> HttpResponse:
    typed = typed_telling(request.POST, what)
    greeting = greeting_for(contact) if what == Draft.What.LETTER else ""
    if not editor.says_something(typed, greeting):
        Draft.objects.of(request.user).filter(contact=contact, what=what).delete()
        return HttpResponse(status=204)
    draft = Draft.objects.keep(
        contact, what, typed, by=request.user, at=clock.now(), since=_since(request)
    )
    return HttpResponse(status=204 if draft else 409)


def _what(request: DeskRequest) -> Draft.What:
    what = request.POST.get("what")
    return Draft.What(what) if what in Draft.What.values else Draft.What.REPLY


def _since(request: DeskRequest) -> datetime | None:
    try:
        moment = parse_datetime(request.POST.get("since", "")[:_LONGEST_MOMENT])
    except ValueError:
        return None
    return moment if moment and moment.tzinfo else None
