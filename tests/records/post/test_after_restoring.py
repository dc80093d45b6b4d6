"""What waited when the back-up was made goes to nobody twice."""

import pytest

from amends.doors.mail.sender import send_due
from amends.records.post import after_restoring
from amends.records.post.models import Outgoing

pytestmark = pytest.mark.django_db


def post(contact, now, **more):
    return Outgoing.objects.post(
        thread=contact.id, to="olga@customer.example", from_address="help@house.example",
        subject="Re", body="It leaves today.", at=now, **more,
    )  # fmt: skip


def test_a_reply_that_waited_comes_back_to_its_case(complaint, now):
    mail = post(complaint.contact, now)
    assert after_restoring.refuse_waiting(now, "It may have left.") == 1
    mail.refresh_from_db()
    assert (mail.state, mail.server_answer) == ("refused", "It may have left.")


def test_one_that_was_being_sent_comes_back_too(complaint, now):
    mail = post(complaint.contact, now)
    assert mail.claim(now)
    assert after_restoring.refuse_waiting(now, "It may have left.") == 1
    mail.refresh_from_db()
    assert mail.state == "refused"


def test_what_left_is_let_be(complaint, now):
    mail = post(complaint.contact, now)
    mail.accept(mail.claim(now), now, "250 taken")
    assert after_restoring.refuse_waiting(now, "It may have left.") == 0


def test_automatic_mail_is_held_until_released(complaint, now, settings):
    settings.SMTP_PORT = 1  # nobody is there: what is tried is put off
    after_restoring.hold_automatic(now)
    held, free = post(complaint.contact, now, automatic=True), post(complaint.contact, now)
    send_due(now)
    held.refresh_from_db()
    free.refresh_from_db()
    assert (held.attempts, free.attempts) == (0, 1)
    after_restoring.release_automatic()
    send_due(now)
    held.refresh_from_db()
    assert held.attempts == 1
