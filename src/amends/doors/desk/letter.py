"""Any message as a letter on paper, in the customer's language."""

from dataclasses import dataclass
from datetime import date, datetime

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from amends.doors.desk.asking import DeskRequest, at_the_desk, contact_seen_by
from amends.doors.desk.looked import looked
from amends.records.complaints.models import Contact, Message
from amends.records.complaints.vocabulary import Direction
from amends.records.house.knowledge import LANGUAGES
from amends.records.house.models import House
from amends.records.looking.models import What


@dataclass(frozen=True)
class Paper:
    language: str
    ours: bool
    to: str
    date: date | datetime
    subject: str
    text: str
    signature: str


@require_safe
@at_the_desk
def page(request: DeskRequest, reference: str, key: str) -> HttpResponse:
    contact = contact_seen_by(request.user, reference)
    message = get_object_or_404(contact.messages.select_related("author"), pk=key)
    # Of a call the record is written for colleagues, and what was taken back was never said.
    if message.is_spoken or message.taken_back_at:
        raise Http404
    looked(request, What.CASE, contact=contact)
    context = {"contact": contact, "paper": _paper(contact, message), "message": message}
    return render(request, "desk/letter/page.html", context)


def _paper(contact: Contact, message: Message) -> Paper:
    house = House.objects.current()
    language = contact.language or contact.customer.language
    language = language if language in LANGUAGES else house.language
    ours = message.direction == Direction.OUT
    return Paper(
        language=language,
        ours=ours,
        to=_recipient(contact, message),
        date=message.dispatched_date or message.at,
        subject=message.subject or contact.subject,
        text=message.text,
        signature=_signature(message, house, language) if ours else "",
    )


def _recipient(contact: Contact, message: Message) -> str:
    """Return whom the envelope names; a mail address is no place that a letter goes to."""
    if message.dispatched_date and message.to_address:
        return message.to_address
    customer = contact.customer
    return "\n".join(filter(None, [customer.name, customer.company]))


def _signature(message: Message, house: House, language: str) -> str:
    """Sign it, unless its last lines do so already."""
    if message.author is None:
        return ""
    name = message.author.name_for_customers
    last_lines = [line for line in message.text.splitlines() if line.strip()][-4:]
    return "" if name in "\n".join(last_lines) else house.sign(language, person=name)
