"""A call made or a letter posted is put on record from the case's editor."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse, QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from amends.doors.desk.answers import back_to, typed
from amends.doors.desk.asking import DeskRequest, contact_seen_by, who_answers
from amends.doors.desk.telling_forms import CallForm, LetterForm
from amends.ground import clock
from amends.records.answering.telling import log_call, log_letter
from amends.records.complaints.greeting import greeting_for
from amends.records.complaints.models import Contact, Message
from amends.records.complaints.vocabulary import Channel, Direction

Points = list[tuple[str, str]]


@require_POST
@who_answers
def call(request: DeskRequest, reference: str) -> HttpResponse:
    contact = contact_seen_by(request.user, reference)
    form = call_form(contact, request.POST, open_points(contact))

    def log(at: datetime) -> None:
        if form.in_vain:
            contact.call_in_vain(
                text=form.cleaned_data["text"], said_at=form.said_at(at), by=request.user, at=at
            )
        else:
            log_call(contact, form.answer(), form.call(at), by=request.user, at=at)

    done = _("Noted: nobody reached.") if form.in_vain else _("The call is on record.")
    return _kept(request, contact, form, log, name="call", done=done)


@require_POST
@who_answers
def letter(request: DeskRequest, reference: str) -> HttpResponse:
    contact = contact_seen_by(request.user, reference)
    form = letter_form(contact, request.POST, open_points(contact), greeting_for(contact))

    def log(at: datetime) -> None:
        log_letter(contact, form.answer(), form.letter(), by=request.user, at=at)

    done = _("The letter is on record and ready to print.")
    return _kept(request, contact, form, log, name="letter", done=done)


def telling_forms(
    contact: Contact, *, points: Points, greeting: str
) -> dict[str, CallForm | LetterForm]:
    """Make the editor's two forms, fresh, for the case's page."""
    return {
        "call": call_form(contact, None, points),
        "letter": letter_form(contact, None, points, greeting),
    }


def call_form(contact: Contact, data: QueryDict | None, points: Points) -> CallForm:
    reached = {"reached": contact.customer.shown_name}
    return CallForm(data, prefix="call", points=points, initial=reached)


def letter_form(
    contact: Contact, data: QueryDict | None, points: Points, greeting: str
) -> LetterForm:
    initial = {
        "text": greeting, "to": _last_postal_address(contact),
        "dispatched_date": timezone.localdate(clock.now()),
    }  # fmt: skip
    return LetterForm(data, prefix="letter", points=points, greeting=greeting, initial=initial)


def _kept(
    request: DeskRequest, contact: Contact, form: Form, log: Any, *, name: str, done: str
) -> HttpResponse:
    answer = typed(request, contact, form, log, name=name)
    if answer.status_code == back_to(contact).status_code:
        messages.info(request, done, f"kept {contact.reference}-{name}")
    return answer


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
