"""A report stands folded on the case, as what a server wrote and not as the customer's word."""

from datetime import timedelta

import pytest

from amends.expertise.correspondence import read_letter
from amends.records.complaints.intake import take_in
from amends.records.post.models import Outgoing, RawMail

REPORT = """From: mailer-daemon@mx.example
To: help@house.example
Subject: failure notice <b>x</b>
Message-ID: <report@mx.example>

I wasn't able to deliver your message. This is a permanent error.

<olga@customer.example>:
no mailbox here by that name <script>alert(1)</script>

Message-ID: <{0.message_id}>
"""


@pytest.fixture
def came_back(cast, contact, now):
    message = contact.reply(text="Soon.", by=cast.ana, at=now, undo=timedelta(0))
    mail = Outgoing.objects.get()
    mail.accept(mail.claim(now), now, "250 ok")
    raw = REPORT.format(message).encode()
    kept = RawMail.objects.keep(raw, source="lmtp", at=now, envelope_to=["help@house.example"])
    take_in(kept, read_letter(raw), at=now + timedelta(minutes=5))
    return contact


def test_it_shows_what_the_server_wrote_and_that_the_answer_is_owed(ana, came_back, to):
    page = ana.get(to("case", came_back)).content.decode()
    assert "A mail server wrote about a mail of ours" in page
    assert "the answer still counts as owed" in page
    assert "mail came back" in page
    assert "failure notice &lt;b&gt;x&lt;/b&gt;" in page
    assert "<script>alert(1)" not in page


def test_it_shows_the_administrator_what_came_back(seat, came_back):
    page = seat("jan").get("/desk/house/mail/").content.decode()
    assert "no mailbox here by that name" in page
