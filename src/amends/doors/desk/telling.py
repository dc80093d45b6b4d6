"""A call made or a letter posted is put on record from the case's editor."""

from collections.abc import Callable, Mapping
from datetime import datetime

from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse, QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from amends.doors.desk.answers import typed
from amends.doors.desk.asking import DeskRequest, contact_seen_by, who_answers
from amends.doors.desk.telling_forms import CallForm, LetterForm
from amends.ground import clock
from amends.records.answering.telling import log_call, log_letter
from amends.records.complaints.greeting import greeting_for
from amends.records.complaints.models import Contact, Message
from amends.records.complaints.vocabulary import Channel, Direction
from amends.records.writing.models import Draft

Points = list[tuple[str, str]]


@require_POST
@who_answers
def call(request: DeskRequest, reference: str) -> HttpResponse:
    contact = contact_seen_by(request.user, reference)
    form = call_form(contact, request.POST, open_points(contact))

    def log(at: datetime) -> Message | None:
        if not form.in_vain:
            return log_call(contact, form.answer(), form.call(at), by=request.user, at=at)
        contact.call_in_vain(
            text=form.cleaned_data["text"], said_at=form.said_at(at), by=request.user, at=at
        )
        messages.info(request, _("Noted: nobody reached."))
        return None

    return _kept(request, contact, form, log, name="call")


@require_POST
@who_answers
def letter(request: DeskRequest, reference: str) -> HttpResponse:
    contact = contact_seen_by(request.user, reference)
    form = letter_form(contact, request.POST, open_points(contact), greeting_for(contact))

    def log(at: datetime) -> Message:
        return log_letter(contact, form.answer(), form.letter(), by=request.user, at=at)

    return _kept(request, contact, form, log, name="letter")


def telling_forms(
    contact: Contact, *, points: Points, greeting: str, drafts: Mapping[str, Draft]
) -> dict[str, CallForm | LetterForm]:
    """Make the editor's two forms for the case's page: fresh, or the person's draft."""
    call, letter = (drafts.get(what) for what in (Draft.What.CALL, Draft.What.LETTER))
    return {
        "call": call_form(contact, None, points, draft=call),
        "letter": letter_form(contact, None, points, greeting, draft=letter),
    }


def call_form(
    contact: Contact, data: QueryDict | None, points: Points, *, draft: Draft | None = None
) -> CallForm:
    initial = {"reached": contact.customer.shown_name} | (draft.fields if draft else {})
    return CallForm(data, prefix="call", points=points, initial=initial)


def letter_form(
    contact: Contact,
    data: QueryDict | None,
    points: Points,
    greeting: str,
    *,
    draft: Draft | None = None,
) -> LetterForm:
    initial = {
        "text": greeting, "to": _last_postal_address(contact),
        "dispatched_date": timezone.localdate(clock.now()),
    } | (draft.fields if draft else {})  # fmt: skip
    return LetterForm(data, prefix="letter", points=points, greeting=greeting, initial=initial)


def _kept(
    request: DeskRequest,
    contact: Contact,
    form: Form,
    log: Callable[[datetime], Message | None],
    *,
    name: str,
) -> HttpResponse:
    def verb(at: datetime) -> None:
        message = log(at)
        if message:
            messages.info(request, str(message.pk), "told")

    return typed(request, contact, form, verb, name=name)


def open_points(contact: Contact) -> Points:
    complaint = contact.complaint_or_none()
    points = complaint.standing_points() if complaint else ()
    return [(str(point.pk), point.text) for point in points if point.answered_at is None]


def _last_postal_address(contact: Contact) -> str:
    letters = Message.objects.filter(
        contact__customer=contact.customer_id, direction=Direction.OUT, channel=Channel.LETTER
    ).exclude(to_address="")
    last = letters.order_by("-at", "-id").first()
    return last.to_address if last else ""
