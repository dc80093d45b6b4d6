"""What a colleague passes on is the customer's, and waits until a person has said so."""

from datetime import timedelta
from email.message import EmailMessage

import pytest

from amends.records.answering.answer import Answer, send_answer
from amends.records.complaints import refusals
from amends.records.complaints.links import token_for
from amends.records.complaints.models import Contact
from amends.records.complaints.whose import confirm_sender
from amends.records.customers.models import Customer
from amends.records.post.models import Outgoing

MAREK = "Marek Example <marek@house.example>"
FORWARD = (
    "She called me too, please be quick.\n\n---------- Forwarded message ---------\n"
    "From: Jana Kowalska <jana@customer.example>\nDate: Wed, 25 Nov 2026 at 09:00\n"
    "Subject: Broken charger\nTo: Marek <marek@house.example>\n\n\n"
    "The charger you sent me is broken."
)


@pytest.fixture
def forwarded(receive):
    return receive(FORWARD, sender=MAREK, subject="Fwd: Broken charger").contact


@pytest.fixture
def later(now):
    return now + timedelta(hours=1)


def test_it_opens_a_contact_for_who_wrote_it(forwarded, cast):
    assert (forwarded.customer.name, forwarded.forwarded_by) == ("Jana Kowalska", cast.marek)
    message = forwarded.messages.get()
    assert message.text == "The charger you sent me is broken."
    assert (message.from_address, message.subject) == ("jana@customer.example", "Broken charger")
    assert forwarded.subject == "Broken charger"
    assert not Customer.objects.with_address("marek@house.example")


def test_it_keeps_what_the_colleague_wrote_as_a_note_and_out_of_the_story(forwarded, cast, now):
    note = forwarded.notes.get()
    assert (note.author, note.text) == (cast.marek, "She called me too, please be quick.")
    forwarded.decide("complaint", by=cast.ana, at=now)
    assert "quick" not in forwarded.complaint.story


def test_it_sends_nothing_before_a_person_has_said_whose_it_is(forwarded, cast, later):
    assert forwarded.awaits_sender
    assert not Outgoing.objects.exists()
    forwarded.decide("complaint", by=cast.ana, at=later)
    with pytest.raises(refusals.SenderNotConfirmed):
        send_answer(forwarded, Answer(text="We look at it."), by=cast.ana, at=later)
    assert not Outgoing.objects.exists()


def test_it_acknowledges_once_it_is_confirmed(forwarded, cast, later, verbs):
    confirm_sender(forwarded, by=cast.ana, at=later)
    mail = Outgoing.objects.get()
    assert (mail.to_address, mail.automatic) == ("jana@customer.example", True)
    assert "quick" not in mail.body
    assert "sender_confirmed" in verbs(forwarded)
    with pytest.raises(refusals.AlreadyConfirmed):
        confirm_sender(forwarded, by=cast.ana, at=later)
    send_answer(forwarded, Answer(text="A new one is on its way."), by=cast.ana, at=later)


def test_it_is_said_to_be_somebody_else(forwarded, cast, later, receive):
    confirm_sender(forwarded, by=cast.ana, at=later, name="Ola Ray", address="Ola@Ray.example")
    contact = Contact.objects.get(pk=forwarded.pk)
    assert contact.customer.name == "Ola Ray"
    assert Outgoing.objects.get().to_address == "ola@ray.example"
    answer = receive("More", sender="ola@ray.example", subject=contact.reference, at=later)
    assert answer.contact == contact
    other = receive("Mine", sender="jana@customer.example", subject=contact.reference, at=later)
    assert other.contact != contact


@pytest.mark.parametrize("address", ["help@house.example", "help+x@house.example"])
def test_it_is_nobody_of_ours(forwarded, cast, later, address):
    with pytest.raises(refusals.AddressOfOurs):
        confirm_sender(forwarded, by=cast.ana, at=later, name="Us", address=address)
    assert not Outgoing.objects.exists()


def test_it_takes_a_mail_that_merely_looks_like_a_forward_as_its_senders(receive):
    taken = receive(FORWARD, sender="Eve <eve@elsewhere.example>", subject="Fwd: Broken charger")
    contact = taken.contact
    assert (contact.customer.name, contact.forwarded_by) == ("Eve", None)
    assert not Customer.objects.with_address("jana@customer.example")


def test_it_takes_no_forged_colleague_for_one(receive):
    contact = receive(
        FORWARD, sender=MAREK, subject="Fwd: x", trusted="mx.house.example",
        Authentication_Results="mx.house.example; dmarc=fail header.from=house.example",
    ).contact  # fmt: skip
    assert contact.forwarded_by is None


def test_it_takes_nobody_who_has_left_for_a_colleague(receive, cast):
    type(cast.marek).objects.filter(pk=cast.marek.pk).update(is_active=False)
    assert receive(FORWARD, sender=MAREK, subject="Fwd: x").contact.forwarded_by is None


def test_it_puts_nothing_into_a_thread_on_a_colleagues_word(answered, receive, later):
    text = FORWARD.replace("jana@customer.example", "olga@customer.example")
    taken = receive(text, sender=MAREK, subject=f"Fwd: {answered.contact.reference}", at=later)
    assert taken.contact != answered.contact
    assert taken.contact.customer == answered.contact.customer
    with pytest.raises(refusals.SenderNotConfirmed):
        taken.contact.merge_into(answered.contact, by=taken.contact.forwarded_by, at=later)


def test_it_reads_a_mail_attached_whole_with_its_files(receive, later, cast):
    inner = EmailMessage()
    inner["From"], inner["Subject"] = "Jana <jana@customer.example>", "Broken"
    inner["Message-ID"] = "<7@customer.example>"
    inner.set_content("It is broken.")
    inner.add_attachment(b"%PDF", maintype="application", subtype="pdf", filename="bill.pdf")
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = MAREK, "help@house.example", "Fwd: Broken"
    mail.set_content("Please.")
    mail.add_attachment(inner)
    contact = receive(raw=mail.as_bytes()).contact
    message = contact.messages.get()
    assert (message.text, message.attachments.get().name) == ("It is broken.", "bill.pdf")
    again = receive("Any news?", sender="jana@customer.example", at=later,
                    In_Reply_To="<7@customer.example>")  # fmt: skip
    assert again.contact == contact
    assert receive(raw=mail.as_bytes()).what == "duplicate"


def test_its_link_would_show_but_no_link_goes_out(forwarded, later):
    from amends.records.complaints.acknowledging import send_fresh_link

    assert token_for(forwarded)
    assert send_fresh_link(forwarded, at=later) is None
