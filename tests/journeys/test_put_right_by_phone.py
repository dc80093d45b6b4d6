"""By keyboard alone: put right on the phone, noted by mistake, taken back and noted again."""

import pytest
from tests.journeys.at_the_desk import decide, open_case

pytestmark = pytest.mark.browser


def test_it_puts_right_by_phone_and_takes_the_note_back(house, opens, axe_finds_nothing):
    house.mail("Ula Ford ula@customer.example", "Two bills", "You billed me twice.")
    house.waits_for_letter("ula@customer.example")
    desk = opens("ana")
    open_case(desk, "Two bills")
    decide(desk, "c")
    desk.keyboard.press("l")
    desk.keyboard.type("I said that the second bill is off.")
    assert not desk.locator("#id_call-remedy").is_visible()
    desk.keyboard.press("Escape")
    desk.keyboard.press("p")
    desk.keyboard.type("The second bill is off")
    assert desk.input_value("#id_call-remedy") == "The second bill is off"
    asked_on = desk.input_value("#id_call-check_back_date")
    assert asked_on
    axe_finds_nothing(desk)
    desk.keyboard.press("Control+Enter")
    desk.get_by_text("The call is on record.").wait_for()
    desk.get_by_text("Decided to put it right").first.wait_for()
    desk.get_by_text("Asks whether it is solved").first.wait_for()
    desk.wait_for_load_state("networkidle")
    assert desk.input_value("#call-text") == ""
    desk.keyboard.press("z")
    desk.get_by_text("Taken back. It counts as no answer").wait_for()
    desk.wait_for_load_state("networkidle")
    axe_finds_nothing(desk)
    assert desk.locator("#call-text").is_visible()
    assert desk.input_value("#call-text") == "I said that the second bill is off."
    assert desk.input_value("#id_call-remedy") == "The second bill is off"
    assert desk.input_value("#id_call-check_back_date") == asked_on
    desk.get_by_text("Check-back called off").first.wait_for()
    desk.keyboard.press("l")
    desk.keyboard.type(" She thanked me.")
    desk.keyboard.press("Control+Enter")
    desk.get_by_text("The call is on record.").wait_for()
    assert "She thanked me." in desk.locator("#timeline").inner_text()
    assert desk.input_value("#call-text") == ""
