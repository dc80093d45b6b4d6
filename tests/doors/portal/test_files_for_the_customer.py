"""Files of a reply stand on the status page, once they are sent, for that customer alone."""

from datetime import timedelta

import pytest
from django.urls import reverse

from amends.ground.files import KeptFile, keep
from amends.records.answering.answer import Answer, send_answer, take_back
from amends.records.complaints.intake import Told, take_in_told
from amends.records.complaints.links import token_for
from amends.records.post.models import Outgoing


@pytest.fixture
def bill():
    return KeptFile("Faktúra – žltá.pdf", "application/pdf", 4, keep(b"%PDF"))


@pytest.fixture
def with_bill(complaint, cast, clock, bill):
    return send_answer(
        complaint.contact, Answer(text="The bill.", files=(bill,)), by=cast.ana, at=clock()
    )


def leave(clock):
    at = clock.forward(minutes=5)
    for mail in Outgoing.objects.due(at):
        mail.accept(mail.claim(at), at, "250 ok")


def where(contact, file):
    return reverse("portal:file", args=[token_for(contact), file.pk])


def test_it_gives_the_file_to_the_customer_once_it_is_sent(
    browser, complaint, clock, with_bill, link
):
    file = with_bill.attachments.get()
    assert browser.get(where(complaint.contact, file)).status_code == 404
    leave(clock)
    page = browser.get(link(complaint.contact)).content.decode()
    assert "Faktúra – žltá.pdf" in page
    got = browser.get(where(complaint.contact, file))
    assert got.content == b"%PDF"
    assert got["Content-Type"] == "application/octet-stream"
    assert got["Content-Disposition"].startswith("attachment;")
    assert got["Cache-Control"] == "no-store"


def test_it_gives_no_file_that_was_taken_back(browser, complaint, cast, clock, with_bill):
    take_back(with_bill, by=cast.ana, at=clock.forward(seconds=3))
    leave(clock)
    assert browser.get(where(complaint.contact, with_bill.attachments.get())).status_code == 404


def test_it_gives_no_file_of_another_case_or_of_the_customers_own_mail(
    browser, complaint, clock, with_bill, now
):
    leave(clock)
    told = Told(text="Mine.", channel="form", name="Jan", address="jan@customer.example")
    other = take_in_told(told, at=now)
    file = with_bill.attachments.get()
    assert browser.get(where(other, file)).status_code == 404
    heard = other.messages.get(direction="in")
    own = heard.attachments.create(name="a", media_type="a/b", size=4, digest=file.digest)
    assert browser.get(where(other, own)).status_code == 404


def test_it_gives_nothing_by_a_link_that_is_old_or_none(browser, complaint, clock, with_bill):
    leave(clock)
    file = with_bill.attachments.get()
    old = where(complaint.contact, file)
    clock.now += timedelta(days=70)
    assert browser.get(old).status_code == 410
    assert browser.get(reverse("portal:file", args=["nonsense", file.pk])).status_code == 404
