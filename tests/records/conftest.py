"""What every record's test may use: what follows from events, a post office, mail that comes in."""

from datetime import timedelta
from email.message import EmailMessage

import pytest

from amends.ground.events.models import Event
from amends.records.answering.answer import Answer, send_answer
from amends.records.complaints.intake import take_in
from amends.records.complaints.knowledge import read_letter
from amends.records.post.models import Outgoing, RawMail
from amends.site.reactions import set_reactions


@pytest.fixture(autouse=True)
def what_follows():
    set_reactions()


@pytest.fixture
def verbs():
    def verbs(contact):
        return [event.verb for event in Event.objects.about(contact.id)]

    return verbs


class PostOffice:
    """The mail server beyond the house: it takes what is due, or refuses it."""

    def accept(self, at):
        return [mail.accept(mail.claim(at), at, "250 ok") for mail in Outgoing.objects.due(at)]

    def refuse(self, at):
        return [mail.refuse(mail.claim(at), at, "550 gone") for mail in Outgoing.objects.due(at)]


@pytest.fixture
def post_office(db):
    return PostOffice()


def write_mail(text, *, sender, to, subject, headers):
    mail = EmailMessage()
    if sender:
        mail["From"] = sender
    mail["To"] = to
    mail["Subject"] = subject
    for name, value in headers.items():
        mail[name.replace("_", "-")] = value
    mail.set_content(text)
    return mail.as_bytes()


@pytest.fixture
def receive(cast, now):
    """Take a mail in from its bytes, as the mail door does."""

    def receive(
        text="My phone came back broken.",
        *,
        at=now,
        sender="Olga Nowak <olga@customer.example>",
        to="help@house.example",
        subject="Broken phone",
        raw=None,
        trusted=None,
        **headers,
    ):
        raw = raw or write_mail(text, sender=sender, to=to, subject=subject, headers=headers)
        mail = RawMail.objects.keep(raw, source="lmtp", at=at, envelope_to=[to])
        return take_in(mail, read_letter(raw, trusted_authserv=trusted), at=at)

    return receive


@pytest.fixture
def answered(complaint, cast, now, post_office):
    """The complaint an hour later: Ana has answered, and a server took it."""
    at = now + timedelta(hours=1)
    send_answer(
        complaint.contact, Answer(text="We are sorry. It is taken off."), by=cast.ana, at=at
    )
    post_office.accept(at + timedelta(minutes=1))
    complaint.contact.refresh_from_db()
    return complaint


@pytest.fixture
def at_the_counter(cast, now):
    """A complaint told to Ana at the counter."""
    from amends.records.complaints.intake import Told, take_in_told

    told = Told(text="The screen is dark.", channel="counter", name="Jan Nowy", phone="600 100 200")
    contact = take_in_told(told, at=now, by=cast.ana)
    contact.decide("complaint", by=cast.ana, at=now)
    return contact.complaint
