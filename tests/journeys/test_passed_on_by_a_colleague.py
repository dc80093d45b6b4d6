"""A colleague passes a customer's mail on: it is hers, once somebody says so, and is answered."""

import pytest
from tests.journeys.at_the_desk import decide, open_case, send, write_reply

pytestmark = pytest.mark.browser

FORWARD = """Can you take this? She is a friend of mine.

---------- Forwarded message ---------
From: Gina Frost <gina@customer.example>
Subject: Lamp without a plug
To: Marek <marek@house.example>

The lamp came without a plug.
"""


def test_it_waits_for_a_word_and_is_answered_to_who_wrote_it(house, opens, axe_finds_nothing):
    house.mail("Marek Example marek@house.example", "Fwd: Lamp without a plug", FORWARD)
    desk = opens("ana")
    while not desk.get_by_role("link", name="Lamp without a plug").count():
        desk.wait_for_timeout(500)
        desk.reload()
    open_case(desk, "Lamp without a plug")
    desk.get_by_text("Forwarded by Marek Example.").wait_for()
    desk.get_by_text("The customer is Gina Frost <gina@customer.example>.").wait_for()
    axe_finds_nothing(desk)

    # Nothing goes out before, and there is nothing to write it in.
    decide(desk, "c")
    assert desk.locator("#reply-text").count() == 0
    assert house.received("gina@customer.example") == []
    assert "friend of mine" not in desk.inner_text(".story")

    right = desk.get_by_role("button", name="That is right")
    right.focus()
    desk.keyboard.press("Enter")
    desk.locator("#reply-text").wait_for()
    desk.wait_for_load_state("networkidle")
    noted = house.waits_for_letter("gina@customer.example")
    assert "The lamp came without a plug." in noted.text
    assert "friend of mine" not in noted.text

    write_reply(desk, "I am sorry about the plug. It is in the post today.")
    send(desk)
    answer = house.waits_for_letter("gina@customer.example", 2)
    assert "in the post today" in answer.text
    # The colleague is no party to it.
    assert house.received("marek@house.example") == []
