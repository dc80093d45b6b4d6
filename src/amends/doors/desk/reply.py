from datetime import datetime

from django.contrib import messages
from django.db import transaction
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from amends.doors.desk import case, editor
from amends.doors.desk.after_sending import then
from amends.doors.desk.answers import back_to
from amends.doors.desk.asking import DeskRequest, contact_seen_by, who_answers
from amends.doors.desk.editor_forms import EditorForm, keep_all
from amends.doors.desk.meanwhile import seen_in
from amends.doors.desk.sentences import REFUSALS, sentence_for
from amends.ground import clock
from amends.records.answering.answer import send_answer
from amends.records.answering.meanwhile import must_have_read
from amends.records.complaints.models import Contact, Message
from amends.records.writing.models import Draft
from amends.records.writing.taking_back import take_back_to_draft


@require_POST
@who_answers
def create(request: DeskRequest, reference: str) -> HttpResponse:
    contact = contact_seen_by(request.user, reference)
    draft = editor.drafts_of(contact, request.user).get(Draft.What.REPLY)
    form = editor.reply_form(contact, request.user, request.POST, request.FILES, draft=draft)
    now = clock.now()
    if form.is_valid():
        try:
            with transaction.atomic():
                must_have_read(contact, seen_in(request.POST), by=request.user)
                message = send_answer(contact, form.answer(), by=request.user, at=now)
        except REFUSALS as refusal:
            form.add_error(None, sentence_for(refusal))
        else:
            messages.info(request, str(message.id), "sent")
            return then(contact, form.cleaned_data["then"], by=request.user, at=now)
    _keep_what_was_typed(request, contact, form, now)
    return case.show(request, contact_seen_by(request.user, reference), status=422, reply=form)


def _keep_what_was_typed(
    request: DeskRequest, contact: Contact, form: EditorForm, at: datetime
) -> None:
    """What can't be sent is a draft, and so files needn't be chosen again."""
    files = keep_all(form.cleaned_data.get("uploads") or [])
    typed = editor.typed_reply(request.POST)
    if not (files or form.in_draft or editor.says_something(typed, form.greeting)):
        return
    draft = Draft.objects.keep(
        contact, Draft.What.REPLY, typed, by=request.user, at=at, files=files
    )
    if draft and files:
        form.in_draft, form.ticked = list(draft.files.order_by("id")), draft.fields["kept"]


@require_POST
@who_answers
def undo(request: DeskRequest, reference: str, key: str) -> HttpResponse:
    """Take the reply back while the undo runs; all that was typed is a draft again."""
    contact = contact_seen_by(request.user, reference)
    message = get_object_or_404(_mailed(contact), pk=key)
    if message.author_id != request.user.pk:
        raise Http404
    message.contact = contact
    try:
        take_back_to_draft(message, editor.retyped, by=request.user, at=clock.now())
    except REFUSALS as refusal:
        messages.error(request, sentence_for(refusal))
    else:
        messages.info(request, _("Taken back. Nothing was sent; your text is below."))
    return back_to(contact)


def _mailed(contact: Contact) -> QuerySet[Message]:
    return contact.messages.filter(outgoing__isnull=False).select_related("outgoing")
