"""By keyboard: a severe case, the desk asks whether it understood, the customer corrects it."""

import pytest
from tests.journeys.at_the_desk import decide, open_case, send
from tests.journeys.running_house import link_in

pytestmark = pytest.mark.browser

NELL = "Nell Marsh nell@customer.example"
ADDRESS = "nell@customer.example"


def make_it_severe(desk):
    fold = desk.locator("details:has(#id_understanding-severity)")
    fold.locator("summary").press("Enter")
    desk.focus("#id_understanding-severity")
    desk.keyboard.press("Control+a")
    desk.keyboard.type("4")
    desk.keyboard.press("Enter")
    desk.get_by_text("severity 4").first.wait_for()
    desk.wait_for_load_state("networkidle")


def test_it_asks_and_is_corrected_and_stands_on_my_day_again(house, opens, axe_finds_nothing):
    house.mail(NELL, "The heater smells", "It smells of gas, or of dust, when it is cold.")
    house.waits_for_letter(ADDRESS)
    desk = opens("marek")
    open_case(desk, "The heater smells")
    decide(desk, "c")
    make_it_severe(desk)

    # One key opens the reply with what we understood in it; the cursor stands there.
    desk.keyboard.press("u")
    desk.get_by_label("Ask the customer whether we understood").wait_for()
    desk.wait_for_load_state("networkidle")
    axe_finds_nothing(desk)
    assert "If we understand you correctly" in desk.input_value("#reply-text")
    assert desk.evaluate("document.activeElement.id") == "reply-text"
    desk.keyboard.press("Control+End")
    desk.keyboard.type("\nIt happens when the heater is cold.\n")
    send(desk)
    case = desk.url
    desk.get_by_text("no answer yet").wait_for()
    axe_finds_nothing(desk)
    letter = house.waits_for_letter(ADDRESS, 2)
    assert link_in(letter).endswith("/understood/")

    phone = opens(viewport={"width": 360, "height": 780})
    phone.goto(link_in(letter))
    phone.get_by_role("heading", name="Did we understand you?").wait_for()
    assert phone.evaluate("document.documentElement.scrollWidth") <= 360
    axe_finds_nothing(phone)
    phone.get_by_role("button", name="Correct it").press("Enter")
    phone.get_by_text("Write here what is different").wait_for()
    axe_finds_nothing(phone)
    phone.focus("#answer-words")
    phone.keyboard.type("It smells when it is warm, never when it is cold.")
    phone.get_by_role("button", name="Correct it").press("Enter")
    phone.get_by_role("heading", name="Now we know better.").wait_for()
    axe_finds_nothing(phone)

    desk.goto("/desk/")
    desk.locator(".day").get_by_text("The heater smells").first.wait_for()
    desk.goto(case)
    shown = desk.locator(".paraphrase")
    shown.get_by_text("It happens when the heater is cold.").wait_for()
    shown.get_by_text("It smells when it is warm, never when it is cold.").wait_for()
    assert desk.get_by_text("reply due").count() == 1
    axe_finds_nothing(desk)


def test_it_works_with_scripts_off(house, opens):
    house.mail("Pia Moor pia@customer.example", "It hums", "It hums. I don't know how to say it.")
    house.waits_for_letter("pia@customer.example")
    desk = opens("marek", java_script_enabled=False)
    desk.goto("/desk/cases/?state=all")
    desk.get_by_role("link", name="It hums").first.click()
    desk.locator("button", has_text="omplaint").first.click()
    desk.locator("summary", has_text="Change it").click()
    desk.get_by_label("The customer can’t describe it").check()
    desk.locator("form[action$=understanding] button").click()
    desk.get_by_role("button", name="Ask whether we understood").click()
    desk.get_by_role("button", name="Send").first.click()
    letter = house.waits_for_letter("pia@customer.example", 2)
    phone = opens(java_script_enabled=False)
    phone.goto(link_in(letter))
    phone.get_by_role("button", name="Yes, that is it").click()
    phone.get_by_role("heading", name="We understood you.").wait_for()
    desk.reload()
    desk.get_by_text("yes, that is it").first.wait_for()
