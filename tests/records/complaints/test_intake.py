"""From the bytes of a mail to a contact."""

from datetime import timedelta
from email.message import EmailMessage

import pytest
from django.db import IntegrityError, transaction

from amends.records.complaints.intake import Told, Upload, take_in_told
from amends.records.complaints.models import Contact, Message
from amends.records.complaints.refusals import NothingWritten
from amends.records.customers.models import Customer
from amends.records.post.models import Outgoing


def acknowledgements():
    return Message.objects.filter(purpose="acknowledgement").count()


def test_it_becomes_a_contact_with_a_message_and_an_event(receive, cast, now, verbs):
    taken = receive("The screen is dark.\n\n-- \nOlga", subject="Dark screen")
    contact = taken.contact
    assert taken.what == "contact"
    assert (contact.kind, contact.channel, contact.customer) == ("undecided", "mail", cast.olga)
    assert (contact.received_at, contact.team, contact.subject) == (now, cast.care, "Dark screen")
    assert contact.language == "en"
    assert (taken.message.text, taken.message.signature) == ("The screen is dark.", "--\nOlga")
    assert verbs(contact)[0] == "arrived"
    assert contact.next_key == "decide"
    assert acknowledgements() == 1


def test_it_keeps_attachments(receive):
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = (
        "olga@customer.example",
        "help@house.example",
        "Bill",
    )
    mail.set_content("See the bill.")
    mail.add_attachment(b"%PDF-1.4", maintype="application", subtype="pdf", filename="bill.pdf")
    kept = receive(raw=mail.as_bytes()).message.attachments.get()
    assert (kept.name, kept.media_type, kept.size) == ("bill.pdf", "application/pdf", 8)
    assert kept.content() == b"%PDF-1.4"


def test_it_takes_the_same_bytes_once(receive):
    first, second = receive(), receive()
    assert (second.what, second.contact) == ("duplicate", first.contact)
    assert (Contact.objects.count(), acknowledgements()) == (1, 1)


def test_it_takes_what_came_by_two_ways_once(receive):
    first = receive(Message_ID="<1@customer.example>", Received="by a.example")
    second = receive(Message_ID="<1@customer.example>", Received="by b.example")
    assert (second.what, second.message) == ("duplicate", first.message)


def test_it_loses_no_mail_of_a_program_that_gives_all_the_same_id(receive):
    receive("My phone is broken.", Message_ID="<same@customer.example>")
    second = receive("And the charger too.", Message_ID="<same@customer.example>")
    assert second.what == "contact"


def test_it_takes_the_same_id_of_another_sender_for_another_mail(receive):
    receive(Message_ID="<1@mail.example>")
    other = receive(Message_ID="<1@mail.example>", sender="eve@elsewhere.example")
    assert other.what == "contact"


@pytest.mark.parametrize(
    "headers",
    [
        {"List_Unsubscribe": "<mailto:no@shop.example>"},
        {"List_Id": "news.shop.example"},
        {"Precedence": "bulk"},
        {"Auto_Submitted": "auto-generated"},
        {"Auto_Submitted": "auto-replied"},
        {"X_Auto_Response_Suppress": "All"},
        {"Return_Path": "<>"},
        {"sender": "MAILER-DAEMON@mail.example"},
        {"sender": "help@house.example"},
        {"sender": "Help+case@House.example"},
        {"sender": ""},
        {
            "trusted": "mx.house.example",
            "Authentication_Results": "mx.house.example; dmarc=fail header.from=customer.example",
        },
    ],
)
def test_it_answers_no_machine_and_no_forger_by_itself(receive, headers):
    taken = receive(**headers)
    assert taken.what == "contact"
    assert taken.contact.next_at is not None
    assert not Outgoing.objects.exists()


def test_it_proposes_to_set_machine_mail_aside_but_a_person_decides(receive):
    contact = receive(List_Unsubscribe="<mailto:no@shop.example>").contact
    assert (contact.kind, contact.proposal, contact.proposal_reason) == (
        "undecided",
        "nothing",
        "bulk",
    )


def test_it_does_not_wake_a_case_for_an_automatic_reply(answered, receive, now):
    reference = answered.contact.reference
    taken = receive(
        "Away", at=now + timedelta(days=1), subject=reference, Auto_Submitted="auto-replied"
    )
    assert (taken.what, taken.automatic) == ("reply", True)
    assert Contact.objects.get().last_direction == "out"


def test_it_acknowledges_no_reply(answered, receive, now):
    before = acknowledgements()
    receive("Thanks, and when?", at=now + timedelta(days=1), subject=answered.contact.reference)
    assert acknowledgements() == before


@pytest.mark.parametrize(
    "sender",
    [
        "",
        "nobody at all",
        "<>",
        "undisclosed-recipients:;",
        f"{'very' * 60}long@{'customer.' * 20}example",
        "=?utf-8?q?=00=01?= <odd@customer.example>",
        "two@customer.example, three@customer.example",
        f"{'Anna ' * 80}<anna@customer.example>",
        "O'Brien <o'brien@customer.example>",
        "jos\u00e9@caf\u00e9.example",
        "not-an-address@",
    ],
)
def test_it_takes_in_whoever_wrote(receive, sender):
    head = f"From: {sender}\r\nTo: help@house.example\r\nSubject: {'Long ' * 100}\r\n\r\n"
    taken = receive(raw=head.encode() + b"It is broken.\r\n")
    assert taken.contact.team_id
    assert taken.message.text == "It is broken."
    taken.contact.refresh_from_db()
    if taken.contact.address_of_customer():
        taken.contact.reply(text="Sorry.", by=_ana(), at=taken.contact.received_at)


def _ana():
    from amends.records.people.models import Person

    return Person.objects.get(name="Ana Example")


@pytest.mark.parametrize("raw", [b"", b"\x00\xff\xfe", b"no mail at all", b"From: a\nFrom: b\n\n"])
def test_it_takes_in_whatever_came(receive, raw):
    assert receive(raw=raw or b"\n").contact.next_key == "decide"


def test_it_knows_a_customer_by_the_address_whatever_its_case(receive, cast):
    assert receive(sender="OLGA@Customer.Example").contact.customer == cast.olga
    assert Customer.objects.count() == 1


def test_it_gives_a_reference_that_can_be_said_on_the_phone(receive):
    reference = receive().contact.reference
    assert reference.startswith("AM-")
    assert not set(reference[3:]) & set("01ILOU")


def told(**changed):
    facts = {
        "text": "It is dark.",
        "channel": "form",
        "name": "Nina",
        "address": "nina@customer.example",
    }
    return Told(**{**facts, **changed})


def test_it_is_a_complaint_by_the_customers_own_word_on_the_form(cast, now):
    contact = take_in_told(told(wish="A new one"), at=now)
    assert (contact.kind, contact.channel, contact.complaint.wish_words) == (
        "complaint",
        "form",
        "A new one",
    )
    assert contact.verdicts.get().actor_kind == "customer"
    assert acknowledgements() == 1


def test_it_is_undecided_and_in_hand_when_an_agent_wrote_it_down(cast, now):
    contact = take_in_told(told(channel="phone"), at=now, by=cast.ana)
    assert (contact.kind, contact.person) == ("undecided", cast.ana)
    assert acknowledgements() == 0


def test_it_keeps_what_came_with_the_form(cast, now):
    contact = take_in_told(told(uploads=[Upload("a.png", "image/png", b"png")]), at=now)
    assert contact.messages.get(direction="in").attachments.get().content() == b"png"


@pytest.mark.parametrize("text", ["", " \n "])
def test_it_needs_words(cast, now, text):
    with pytest.raises(NothingWritten):
        take_in_told(told(text=text), at=now)
    assert not Contact.objects.exists()


def test_it_lends_no_address_to_who_types_a_known_number(cast, now):
    cast.olga.add_phone("600 100 200")
    contact = take_in_told(told(phone="600 100 200", address="eve@elsewhere.example"), at=now)
    assert contact.customer != cast.olga
    assert not cast.olga.addresses.filter(address="eve@elsewhere.example").exists()


@pytest.mark.parametrize(
    "lie",
    [
        {"next_at": None},
        {"state": "closed"},
        {"state": "closed", "next_at": None},
        {"state": "resting"},
        {"state": "asleep"},
        {"kind": "nothing"},
        {"kind": "spam"},
        {"outcome": "confirmed"},
        {"closed_at": "2026-11-25T09:00Z"},
        {"kind": "complaint", "state": "closed", "next_at": None, "closed_at": "2026-11-25T09:00Z"},
        {
            "kind": "complaint", "state": "closed", "next_at": None, "outcome": "given_up",
            "closed_at": "2026-11-25T09:00Z",
        },
        {"team": None},
    ],
)  # fmt: skip
def test_it_cannot_be_in_a_state_that_contradicts_itself(contact, lie):
    with pytest.raises(IntegrityError), transaction.atomic():
        Contact.objects.update(**lie)
