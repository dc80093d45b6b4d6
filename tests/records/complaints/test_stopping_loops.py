"""Programs that answer programs: none is answered, and none opens again what is closed."""

from datetime import timedelta

import pytest

from amends.records.complaints.models import Contact, Message
from amends.records.post.models import Outgoing

DAY = timedelta(days=1)
BY_THEMSELVES = [
    {"Auto_Submitted": "auto-replied"},
    {"Auto_Submitted": "auto-generated"},
    {"X_Autoreply": "yes"},
    {"X_Loop": "help@house.example"},
    {"X_Auto_Response_Suppress": "All"},
    {"Precedence": "auto_reply"},
    {"Precedence": "list"},
    {"Precedence": "bulk"},
    {"List_Id": "<news.shop.example>"},
    {"List_Unsubscribe": "<mailto:no@shop.example>"},
    {"Return_Path": "<>"},
    {"subject": "Automatic reply: your case {}"},
    {"subject": "=?utf-8?q?Automatick=C3=A1_odpove=C4=8F?=: {}"},
]


@pytest.fixture
def confirmed(answered, now):
    answered.confirm(words="Yes.", at=now + timedelta(hours=2))
    return answered.contact


@pytest.mark.parametrize("headers", BY_THEMSELVES)
def test_it_leaves_closed_what_a_program_writes_to(confirmed, receive, now, headers):
    sent = Outgoing.objects.count()
    headers = {"subject": "Re: {}"} | headers
    headers["subject"] = headers["subject"].format(confirmed.reference)
    taken = receive("I am away.", at=now + DAY, **headers)
    assert (taken.contact, taken.automatic) == (confirmed, True)
    assert Contact.objects.get().state == "closed"
    assert Outgoing.objects.count() == sent


@pytest.mark.parametrize("headers", BY_THEMSELVES)
def test_it_acknowledges_no_program(receive, headers):
    headers = {"subject": "Hello"} | headers
    assert receive("I am away.", **headers).contact.proposal == "nothing"
    assert not Outgoing.objects.exists()


def test_it_stops_with_a_program_that_says_nothing_of_itself(receive, now):
    for number in range(20):
        receive(f"Ticket {number} was opened.", subject=f"Ticket {number}",
                at=now + timedelta(minutes=number))  # fmt: skip
    assert Outgoing.objects.count() == 3


def _led_back(mail, text):
    return (
        f"From: {mail.from_address}\nTo: help@house.example\nSubject: {mail.subject}\n"
        f"Message-ID: {mail.message_id}\n\n{text}\n"
    ).encode()


def test_it_takes_a_mail_of_ours_that_was_led_back_for_what_it_is(answered, receive, now):
    mail, before = Outgoing.objects.latest("created_at"), Message.objects.count()
    taken = receive(raw=_led_back(mail, mail.body), at=now + DAY)
    assert (taken.what, taken.contact) == ("duplicate", answered.contact)
    assert Message.objects.count() == before
    assert Contact.objects.count() == 1


def test_it_drops_no_other_words_under_a_message_id_of_ours(answered, receive, now):
    mail = Outgoing.objects.latest("created_at")
    taken = receive(raw=_led_back(mail, "Something else entirely."), at=now + DAY)
    assert (taken.what, taken.message.text) == ("contact", "Something else entirely.")


def test_it_drops_no_mail_of_a_customer_under_a_message_id_of_ours(answered, receive, now):
    mail = Outgoing.objects.latest("created_at")
    raw = _led_back(mail, mail.body).replace(b"From: help@house", b"From: olga@customer")
    assert receive(raw=raw, at=now + DAY).what != "duplicate"
