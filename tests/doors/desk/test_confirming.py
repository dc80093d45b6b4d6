"""Only the customer's own words confirm: one points at the message that says so."""

import pytest


def test_it_is_confirmed_by_a_message_after_our_answer(ana, to, answered, clock):
    contact = answered.contact
    yes = contact.customer_writes(text="It works now.", at=clock())
    case = ana.get(to("case", contact)).content.decode()
    assert f'value="{yes.pk}"' in case
    ana.post(to("confirmation", contact), {"message": str(yes.pk)})
    contact.refresh_from_db()
    assert (contact.state, contact.outcome) == ("closed", "confirmed")


def test_it_is_not_confirmed_by_words_before_our_answer_or_by_ours(ana, to, answered):
    contact = answered.contact
    story = contact.messages.filter(direction="in").first()
    for message in (story, answered):
        typed = {"message": str(message.pk)}
        shown = ana.post(to("confirmation", contact), typed, follow=True)
        assert "Only the customer’s own words confirm" in shown.content.decode()
    contact.refresh_from_db()
    assert contact.state == "open"


@pytest.mark.parametrize("key", ["", "1", "nonsense", "\0", "0198c0de-0000-7000-8000-000000000000"])
def test_it_knows_no_such_message(ana, to, answered, key):
    assert ana.post(to("confirmation", answered.contact), {"message": key}).status_code == 404
