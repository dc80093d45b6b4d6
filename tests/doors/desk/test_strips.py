"""What was done a moment ago can be undone from a strip, with scripts or without."""

import pytest

REPLY = "Dear Olga,\n\nI have taken the 200 off your bill. I am sorry."


@pytest.fixture
def sent(ana, complaint, to):
    return ana.post(to("reply", complaint.contact), {"text": REPLY}, follow=True)


def test_it_offers_to_undo_a_reply_while_it_can_be_undone(sent, complaint, to):
    message = complaint.contact.messages.get(author__isnull=False)
    page = sent.content.decode()
    assert f'action="{to("reply_undo", complaint.contact, message.pk)}"' in page
    assert "Sent to Olga Nowak." in page
    assert "data-until" in page


def test_it_shows_no_key_of_a_message_to_anybody(sent, complaint):
    message = complaint.contact.messages.get(author__isnull=False)
    assert f">{message.pk}<" not in sent.content.decode()


def test_it_brings_the_text_back_when_undone(ana, sent, complaint, to):
    message = complaint.contact.messages.get(author__isnull=False)
    page = ana.post(to("reply_undo", complaint.contact, message.pk), follow=True)
    assert "taken the 200 off your bill" in page.content.decode()


def test_it_offers_to_undo_a_verdict_from_my_day(ana, contact, to):
    given = {"kind": "nothing", "then": "day"}
    page = ana.post(to("verdict", contact), given, follow=True)
    assert page.request["PATH_INFO"] == "/desk/"
    assert f'action="{to("verdict_undo", contact)}"' in page.content.decode()
