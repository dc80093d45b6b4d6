"""The acknowledgement: automatic and saying so, with her first lines, who answers and by when."""

from datetime import datetime, timedelta

from django.utils.text import Truncator

from amends.records.complaints.links import url_for
from amends.records.complaints.models import Contact, Message
from amends.records.complaints.vocabulary import Channel, Direction, Purpose
from amends.records.house import privacy
from amends.records.house.models import House

_FIRST_LINES = 3
_WORDS_A_LINE = 40
_AUTOMATIC_A_DAY = 3
MOST_AUTOMATIC = 5


def acknowledge(contact: Contact, *, at: datetime) -> Message | None:
    """Tell the customer that it has arrived; None where none is sent.

    Nobody gets more than a few a day, nor more than five on one case: two programs that answer
    each other stop at that.
    """
    if contact.awaits_sender or not contact.address_of_customer() or _had_enough(contact, at):
        return None
    kinds = {Channel.MAIL: "acknowledgement", Channel.FORM: "portal_received"}
    kind = kinds.get(Channel(contact.channel), "taken_down")
    return _write(contact, kind, Purpose.ACKNOWLEDGEMENT, at=at)


def send_fresh_link(contact: Contact, *, at: datetime) -> Message | None:
    """Send a new link to the address on file, never to whoever asks for it."""
    if contact.awaits_sender or not contact.address_of_customer() or _had_enough(contact, at):
        return None
    return _write(contact, "fresh_link", Purpose.LINK, at=at)


def write_to(contact: Contact, kind: str, *, at: datetime, link: str = "") -> tuple[str, str]:
    """Return subject and body of a text, filled for this contact; it leads to the status page,
    unless another link is given.
    """
    house = House.objects.current()
    language = contact.language or contact.customer.language or house.language
    complaint = contact.complaint_or_none()
    due = contact.answer_due_at or contact.next_at or at
    holder = contact.person.name_for_customers if contact.person else house.name
    text = house.write(
        kind,
        language,
        salutation=contact.customer.salutation(language, manner=house.greets(language)),
        first_lines=_first_lines(contact),
        who=holder,
        by_when=house.say_when(due, language),
        link=link or url_for(contact),
        goal=complaint.goal if complaint else contact.subject,
        reference=contact.reference,
        signoff=house.sign(language, person=holder),
    )
    subject = text.subject
    if contact.reference not in subject:
        subject = f"{subject} [{contact.reference}]"
    return subject, text.body


def _write(contact: Contact, kind: str, purpose: str, *, at: datetime) -> Message:
    subject, body = write_to(contact, kind, at=at)
    if purpose == Purpose.ACKNOWLEDGEMENT:
        language = contact.language or contact.customer.language
        body = privacy.with_line(body, House.objects.current(), language)
    return contact.write_automatically(purpose=purpose, subject=subject, text=body, at=at)


def _had_enough(contact: Contact, at: datetime) -> bool:
    sent = Message.objects.filter(
        contact__customer=contact.customer,
        direction=Direction.OUT,
        purpose__in=[Purpose.ACKNOWLEDGEMENT, Purpose.LINK],
        at__gt=at - timedelta(days=1),
    )
    return sent.count() >= _AUTOMATIC_A_DAY or contact.sent_by_itself() >= MOST_AUTOMATIC


def _first_lines(contact: Contact) -> str:
    heard = contact.messages.filter(direction=Direction.IN).order_by("at", "id").first()
    lines = [line.strip() for line in (heard.text if heard else "").splitlines() if line.strip()]
    shown = [f"> {Truncator(line).words(_WORDS_A_LINE)}" for line in lines[:_FIRST_LINES]]
    return "\n".join([*shown, "> …"] if len(lines) > _FIRST_LINES else shown)
