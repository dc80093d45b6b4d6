"""Whose a case is, as the desk asks it."""

import uuid

import pytest

from amends.records.complaints.intake import take_in
from amends.records.complaints.knowledge import read_letter
from amends.records.complaints.models import Contact
from amends.records.customers.models import Customer
from amends.records.post.models import Outgoing, RawMail

FORWARD = b"""From: Marek Example <marek@house.example>
To: help@house.example
Subject: Fwd: Broken charger

Please be quick.

---------- Forwarded message ---------
From: Jana <b>Kowalska</b> <jana@customer.example>
Subject: Broken charger
To: Marek <marek@house.example>

The charger is broken.
"""


@pytest.fixture
def forwarded(cast, now):
    mail = RawMail.objects.keep(FORWARD, source="lmtp", at=now, envelope_to=["help@house.example"])
    return take_in(mail, read_letter(FORWARD), at=now).contact


def test_it_asks_whose_it_is_and_then_acknowledges(ana, to, forwarded):
    page = ana.get(to("case", forwarded)).content.decode()
    assert "Forwarded by Marek Example." in page
    assert "jana@customer.example&gt;" in page
    assert "<b>Kowalska" not in page
    assert 'id="reply-text"' not in page
    ana.post(to("sender", forwarded), {"right": "yes"})
    assert Outgoing.objects.get().to_address == "jana@customer.example"
    page = ana.get(to("case", forwarded)).content.decode()
    assert "Nothing goes out before" not in page
    assert 'id="reply-text"' in page


def test_it_takes_somebody_else_and_keeps_what_was_typed_wrong(ana, to, forwarded):
    typed = {"sender-name": "Ola Ray", "sender-address": "no address"}
    answer = ana.post(to("sender", forwarded), typed)
    assert (answer.status_code, "no address" in answer.content.decode()) == (422, True)
    ana.post(to("sender", forwarded), typed | {"sender-address": "ola@ray.example"})
    assert Contact.objects.get(pk=forwarded.pk).customer.name == "Ola Ray"


def test_it_sends_no_reply_before(ana, to, forwarded):
    answer = ana.post(to("reply", forwarded), {"text": "We look at it."})
    assert "Say first who the customer is." in answer.content.decode()
    assert not Outgoing.objects.exists()


def test_it_says_who_writes_for_whom(ana, to, complaint):
    contact = complaint.contact
    answer = ana.post(to("writes_for", contact), {"for-name": ""})
    assert answer.status_code == 422
    ana.post(to("writes_for", contact), {"for-name": "Ida Nowak", "for-relation": "daughter"})
    page = ana.get(to("case", contact)).content.decode()
    assert "Ida Nowak" in page
    assert "Olga Nowak writes for Ida Nowak" in page


def test_it_adds_and_removes_who_may_write(ana, to, complaint):
    contact = complaint.contact
    typed = {"representative-name": "Leo", "representative-address": "Leo@Law.example"}
    ana.post(to("representatives", contact), typed)
    leo = contact.customer.representatives.get()
    assert leo.address == "leo@law.example"
    page = ana.post(to("representative_remove", contact, leo.pk), follow=True).content.decode()
    assert "Leo no longer writes for the customer." in page
    assert not contact.customer.representatives.exists()


def test_it_removes_nobody_of_another_customer(ana, to, complaint):
    eve = Customer.objects.welcome(name="Eve", address="eve@elsewhere.example")
    mine = eve.represent_by(name="Leo", address="leo@law.example")
    for key in (mine.pk, uuid.UUID(int=1)):
        answer = ana.post(to("representative_remove", complaint.contact, key))
        assert answer.status_code == 404
    assert eve.representatives.exists()
