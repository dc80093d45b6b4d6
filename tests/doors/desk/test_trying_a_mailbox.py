"""A test mail to a mailbox of the house, and what the page says of its way there and back."""

import re

import pytest
from django.urls import reverse

from amends.records.complaints.intake import take_in
from amends.records.complaints.knowledge import read_letter
from amends.records.complaints.models import Contact
from amends.records.post.models import Mailbox, Outgoing, RawMail, Trial


@pytest.fixture
def where(cast):
    return reverse("desk:house_trial", args=[Mailbox.objects.get().pk])


@pytest.fixture
def sent(seat, where):
    seat("jan").post(where)
    return Outgoing.objects.get()


def come_in(mail, at, *, below=b""):
    raw = mail.mime() + below
    row = RawMail.objects.keep(raw, source="imap", at=at, envelope_to=[mail.to_address])
    return take_in(row, read_letter(raw), at=at)


def said(seat, where):
    return seat("jan").get(where).content.decode()


def test_it_is_sent_to_the_mailbox_and_waited_for(seat, where, sent):
    assert (sent.to_address, sent.from_address) == ("help@house.example", "help@house.example")
    page = said(seat, where)
    assert "Out: on its way." in page
    assert "In: not yet." in page
    assert "hx-trigger" in page
    assert f'href="{where}">Look again' in page


def test_it_says_after_how_long_it_came_and_opens_no_case(seat, where, sent, clock):
    sent.accept(sent.claim(clock()), clock(), "250 ok")
    assert come_in(sent, clock.forward(seconds=7)).contact is None
    page = said(seat, where)
    assert "Out: the server has taken it." in page
    assert "In: it is here, 7 seconds after it was written." in page
    assert "hx-trigger" not in page
    assert not Contact.objects.exists()
    come_in(sent, clock.forward(hours=1), below=b"\n")
    assert "7 seconds" in said(seat, where)


def test_it_is_known_though_a_notice_was_put_below_it(sent, clock):
    taken = come_in(sent, clock.forward(seconds=7), below=b"\r\n-- \r\nScanned by a provider\r\n")
    assert (taken.what, Trial.objects.get().came_at) == ("duplicate", clock())


def test_it_is_not_known_by_its_name_alone(sent, clock):
    """Only from an address of ours: who read its Message-ID can have no mail dropped by it."""
    raw = re.sub(rb"From: [^>]*>", b"From: Eve <eve@else.example>", sent.mime())
    row = RawMail.objects.keep(raw, source="imap", at=clock(), envelope_to=[sent.to_address])
    assert take_in(row, read_letter(raw), at=clock()).what == "contact"
    assert Trial.objects.get().came_at is None


def test_it_says_what_the_server_refused(seat, where, sent, clock):
    sent.refuse(sent.claim(clock()), clock(), "550 5.7.1 <denied>")
    page = said(seat, where)
    assert "the server refuses it" in page
    assert "550 5.7.1 &lt;denied&gt;" in page
    assert "In:" not in page


def test_it_says_where_to_look_when_it_does_not_come(seat, where, sent, clock):
    sent.accept(sent.claim(clock()), clock(), "250 ok")
    clock.forward(minutes=11)
    assert "In: still not here." in said(seat, where)


def test_it_counts_the_last_try_only(seat, where, sent, clock):
    clock.forward(minutes=1)
    seat("jan").post(where)
    come_in(sent, clock.forward(seconds=5))
    assert "In: not yet." in said(seat, where)
    come_in(Outgoing.objects.latest("created_at"), clock.forward(seconds=5))
    assert "10 seconds after" in said(seat, where)


def test_it_says_so_where_too_many_were_tried(seat, where, sent, settings):
    settings.MOST_MAILS_TO_ONE = 1
    seat("jan").post(where)
    assert "Out: held" in said(seat, where)


def test_a_lead_reads_it_and_an_administrator_sends_it(seat, where, cast):
    assert "Send a test mail" not in seat("ewa").get(where).content.decode()
    assert seat("ewa").post(where).status_code == 404
    assert seat("ana").get(where).status_code == 404
    assert not Outgoing.objects.exists()
    assert where in seat("jan").get(reverse("desk:house_mail")).content.decode()
