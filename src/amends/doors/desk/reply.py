from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from amends.doors.desk import case
from amends.doors.desk.answers import back_to
from amends.doors.desk.asking import DeskRequest, contact_seen_by, who_answers
from amends.doors.desk.sentences import REFUSALS, sentence_for
from amends.ground import clock
from amends.records.answering.answer import send_answer, take_back


@require_POST
@who_answers
def create(request: DeskRequest, reference: str) -> HttpResponse:
    contact = contact_seen_by(request.user, reference)
    form = case.reply_form(contact, request.POST)
    if form.is_valid():
        try:
            message = send_answer(contact, form.answer(), by=request.user, at=clock.now())
        except REFUSALS as refusal:
            form.add_error(None, sentence_for(refusal))
        else:
            messages.info(request, str(message.id), "sent")
            return back_to(contact)
    return case.show(request, contact_seen_by(request.user, reference), status=422, reply=form)


@require_POST
@who_answers
def undo(request: DeskRequest, reference: str, key: str) -> HttpResponse:
    """Take the reply back while the undo runs; all that was typed stands in the editor again."""
    contact = contact_seen_by(request.user, reference)
    message = get_object_or_404(contact.messages.select_related("outgoing"), pk=key)
    if message.author_id != request.user.pk:
        raise Http404
    message.contact = contact
    try:
        answer = take_back(message, by=request.user, at=clock.now())
    except REFUSALS as refusal:
        messages.error(request, sentence_for(refusal))
        return back_to(contact)
    messages.info(request, _("Taken back. Nothing was sent; your text is below."))
    again = case.reply_form(contact, None, typed=answer)
    return case.show(request, contact_seen_by(request.user, reference), reply=again)
