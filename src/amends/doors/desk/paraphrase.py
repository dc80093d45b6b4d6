"""Did we understand? When to offer to ask, what to propose, and what came of it."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from amends.doors.desk import editor
from amends.doors.desk.asking import DeskRequest, complaint_seen_by, who_answers
from amends.doors.desk.editor_forms import keep_all, too_much
from amends.doors.desk.sentences import sentence_for
from amends.ground import clock
from amends.records.complaints.greeting import greeting_for
from amends.records.complaints.models import Complaint, Contact, Paraphrase
from amends.records.complaints.paraphrasing import proposal_for
from amends.records.complaints.refusals import AskedBefore
from amends.records.writing.models import Draft

# In the address of a case it puts the cursor into the reply.
ASKED_FOR = "understood"


@require_POST
@who_answers
def create(request: DeskRequest, reference: str) -> HttpResponse:
    """Put what we understood below what is typed in the reply; a person words it and sends it."""
    complaint = complaint_seen_by(request.user, reference)
    contact = complaint.contact
    typed = editor.typed_reply(request.POST)
    if asked_of(complaint):
        messages.error(request, sentence_for(AskedBefore()))
    else:
        before = typed["text"] if typed["text"].strip() else greeting_for(contact)
        typed |= {"text": _joined(before, proposal_for(complaint)), "paraphrase": "on"}
    mine = editor.drafts_of(contact, request.user).get(Draft.What.REPLY)
    uploads = [file for file in request.FILES.getlist("uploads") if file]
    problem = too_much(uploads, editor.files_of(mine))
    if problem:
        messages.error(request, problem)
    Draft.objects.keep(
        contact, Draft.What.REPLY, typed, by=request.user, at=clock.now(),
        files=[] if problem else keep_all(uploads),
    )  # fmt: skip
    case = reverse("desk:case", args=[contact.reference])
    return HttpResponseRedirect(f"{case}?{ASKED_FOR}=yes#reply-text")


def asked_of(complaint: Complaint | None) -> Paraphrase | None:
    return getattr(complaint, "paraphrase", None) if complaint else None


def paraphrase_of(contact: Contact) -> dict[str, Any]:
    """Say what was understood and asked, and whether to offer to ask."""
    complaint = contact.complaint_or_none()
    asked = asked_of(complaint)
    calls = complaint is not None and complaint.calls_for_paraphrase
    return {
        "paraphrase": asked,
        "offers_paraphrase": calls and asked is None and not contact.is_closed,
    }


def _joined(typed: str, proposal: str) -> str:
    before = typed.replace("\r\n", "\n").rstrip()
    return before if proposal in before else f"{before}\n\n{proposal}\n"
