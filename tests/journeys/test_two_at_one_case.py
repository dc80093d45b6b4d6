"""Two people at one case, and its customer writes while they answer: nobody answers too little."""

import pytest
from tests.journeys.at_the_desk import decide, open_case

pytestmark = pytest.mark.browser

TINA = "Tina Vale tina@customer.example"
ADDRESS = "tina@customer.example"
# Two beats of twelve seconds each, and some.
SOON = 30_000


def test_it_holds_an_answer_once_and_shows_who_else_is_here(house, opens, axe_finds_nothing):
    house.mail(TINA, "The lamp hums", "The lamp hums all night.")
    receipt = house.waits_for_letter(ADDRESS)
    ana, marek = opens("ana"), opens("marek")
    ana.goto("/desk/")
    open_case(ana, "The lamp hums")
    decide(ana, "c")
    marek.goto(ana.url)
    ana.get_by_text("Marek reads this").wait_for(timeout=SOON)
    marek.keyboard.press("r")
    marek.keyboard.type("I am on it.")
    ana.get_by_text("Marek is writing an answer").wait_for(timeout=SOON)

    ana.keyboard.press("n")
    ana.keyboard.type("Shall I? @mar")
    ana.locator("#mentions", has_text="Marek Example").wait_for()
    ana.keyboard.press("Enter")
    ana.keyboard.press("Control+Enter")
    ana.locator(".mention", has_text="@Marek Example").wait_for()
    marek.locator("#bell-says", has_text="1").wait_for(timeout=SOON)
    marek.locator("#bell-list", has_text="You are named in a note").wait_for(state="attached")

    ana.keyboard.press("r")
    ana.keyboard.type("We send a new lamp.")
    house.mail(TINA, "Re: The lamp hums", "Now it smokes as well.", answers=receipt)
    ana.get_by_text("Now it smokes as well.").wait_for(timeout=SOON)
    axe_finds_nothing(ana)
    ana.keyboard.press("Control+Enter")
    ana.get_by_text("send again if it still fits").wait_for()
    assert "We send a new lamp." in ana.input_value("#reply-text")
    ana.keyboard.press("Control+Enter")
    ana.get_by_text("Sent to").wait_for()
    answer = house.waits_for_letter(ADDRESS, 2)
    assert "We send a new lamp." in answer.text
    marek.get_by_text("Answered meanwhile: Ana Example").wait_for(timeout=SOON)
    assert "I am on it." in marek.input_value("#reply-text")


def test_it_holds_an_answer_with_scripts_off(house, opens):
    house.mail("Una Vale vale@customer.example", "The mixer drips", "It leaks.")
    receipt = house.waits_for_letter("vale@customer.example")
    desk = opens("ewa", java_script_enabled=False)
    desk.goto("/desk/cases/?state=all")
    desk.get_by_role("link", name="The mixer drips", exact=True).click()
    desk.fill("#reply-text", "We send another.")
    house.mail(
        "Una Vale vale@customer.example", "Re: The mixer drips", "And it rusts.", answers=receipt
    )
    second = opens("ana")
    second.goto(desk.url)
    second.locator("#timeline").get_by_text("And it rusts.").wait_for(timeout=SOON)
    desk.get_by_role("button", name="Send").click()
    assert desk.get_by_text("And it rusts.").locator("visible=true").count()
    assert desk.input_value("#reply-text").strip().endswith("We send another.")
    desk.get_by_role("button", name="Send").click()
    desk.get_by_text("Sent to").wait_for()
