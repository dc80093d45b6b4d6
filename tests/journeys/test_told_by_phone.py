"""By keyboard alone: a phone complaint taken down, a call logged in three keys, a letter printed."""

import pytest
from tests.journeys.at_the_desk import open_case

pytestmark = pytest.mark.browser


def test_it_takes_a_complaint_down_by_phone_while_it_finds_who_calls(
    house, opens, axe_finds_nothing
):
    house.mail("Una Reed una@customer.example", "First case", "The first thing broke.")
    house.waits_for_letter("una@customer.example")
    desk = opens("ana")
    desk.keyboard.press("h")
    desk.wait_for_url("**/desk/hear/")
    desk.wait_for_load_state("networkidle")
    axe_finds_nothing(desk)
    desk.keyboard.type("The second thing broke as well.")
    desk.reload()
    assert desk.input_value("#id_text") == "The second thing broke as well."
    assert not desk.locator("#id_name").is_visible()
    desk.focus("#id_q")
    desk.keyboard.type("una re")
    desk.get_by_text("una@customer.example").wait_for()
    desk.keyboard.press("Enter")
    axe_finds_nothing(desk)
    desk.keyboard.press("Control+Enter")
    assert desk.input_value("#id_name") == "Una Reed"
    assert desk.input_value("#id_address") == "una@customer.example"
    # The first field that is empty has the cursor.
    assert desk.evaluate("document.activeElement.id") == "id_phone"
    axe_finds_nothing(desk)
    desk.keyboard.type("+48 600 700 800")
    desk.focus("#id_points")
    desk.keyboard.type("the second thing")
    desk.keyboard.press("Control+Enter")
    desk.wait_for_url("**/desk/cases/*/")
    desk.locator(".customer").get_by_text("+48 600 700 800").wait_for()
    desk.get_by_role("link", name="First case").first.wait_for()
    noted = house.waits_for_letter("una@customer.example", 2)
    assert "The second thing broke as well." in noted.text
    desk.goto("/desk/hear/")
    assert desk.input_value("#id_text") == ""


def test_it_logs_a_call_and_a_letter_and_prints_it(house, opens, axe_finds_nothing):
    desk = opens("ana")
    desk.keyboard.press("h")
    desk.wait_for_url("**/desk/hear/")
    desk.wait_for_load_state("networkidle")
    desk.keyboard.type("The kettle leaks.")
    desk.keyboard.press("Control+Enter")
    desk.keyboard.type("Rae Lind")
    desk.keyboard.press("Control+Enter")
    desk.wait_for_url("**/desk/cases/*/")
    desk.wait_for_load_state("networkidle")
    case = desk.url
    # A call: one key, the words, Ctrl-Enter.
    desk.keyboard.press("l")
    desk.keyboard.type("I said that a new kettle comes tomorrow.")
    axe_finds_nothing(desk)
    desk.keyboard.press("Control+Enter")
    desk.get_by_text("Call: Rae Lind").wait_for()
    desk.wait_for_load_state("networkidle")
    assert desk.input_value("#call-text") == ""
    desk.keyboard.press("w")
    desk.keyboard.type("here is what I said, in writing.")
    desk.fill("#id_letter-to", "Rae Lind\nMill Lane 2\nYork")
    axe_finds_nothing(desk)
    desk.keyboard.press("Control+Enter")
    desk.get_by_text("Letter, posted").wait_for()
    axe_finds_nothing(desk)
    desk.get_by_role("link", name="Print as a letter").last.click()
    desk.get_by_text("Mill Lane 2").wait_for()
    axe_finds_nothing(desk)
    desk.emulate_media(media="print")
    assert not desk.get_by_role("button", name="Print").is_visible()
    desk.goto(case)
    assert "reply due" not in desk.content()


def test_it_takes_it_down_with_scripts_off(house, opens):
    house.mail("Ode Finch ode@customer.example", "Early", "It came too early.")
    house.waits_for_letter("ode@customer.example")
    desk = opens("ana", java_script_enabled=False)
    desk.goto("/desk/hear/")
    desk.fill("#id_text", "It came too late this time.")
    desk.fill("#id_q", "finch")
    desk.get_by_role("button", name="Find", exact=True).click()
    desk.get_by_label("Ode Finch").check()
    assert desk.input_value("#id_text") == "It came too late this time."
    desk.fill("#id_wish", "on time")
    desk.get_by_role("button", name="Keep it").click()
    desk.wait_for_url("**/desk/cases/*/")
    desk.get_by_text("on time").first.wait_for()
    desk.get_by_role("link", name="Early").wait_for()


def test_it_opens_a_case_of_the_list_and_calls_in_vain(house, opens):
    house.mail("Lev Hart lev@customer.example", "No dial tone", "The phone is dead.")
    house.waits_for_letter("lev@customer.example")
    desk = opens("ana")
    open_case(desk, "No dial tone")
    desk.keyboard.press("l")
    desk.keyboard.press("Tab")
    desk.get_by_role("button", name="Nobody reached").press("Enter")
    desk.get_by_text("Called, nobody reached").first.wait_for()
