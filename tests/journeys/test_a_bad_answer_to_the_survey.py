"""Solved, said the customer; a day later, on a small phone, how it was handled gets a 2 of 7."""

import pytest
from tests.journeys.at_the_desk import answer, decide, open_case
from tests.journeys.running_house import link_in

pytestmark = pytest.mark.browser

SUE, ADDRESS = "Sue Marsh sue@customer.example", "sue@customer.example"


def test_it_opens_the_case_with_a_task_today(house, opens, axe_finds_nothing):
    house.mail(SUE, "Oven door loose", "The oven door is loose.")
    receipt = house.waits_for_letter(ADDRESS)
    desk = opens("ana")
    open_case(desk, "Oven door loose")
    decide(desk, "c")
    case = desk.url
    answer(desk, "I am sorry about the door. A fitter has put it right this morning.")
    house.waits_for_letter(ADDRESS, 2)
    phone = opens(viewport={"width": 360, "height": 640}, has_touch=True)
    phone.goto(link_in(receipt))
    phone.get_by_role("button", name="solved").first.click()
    phone.get_by_role("heading", name="It is solved.").wait_for()

    # The worker asks, the day after.
    house.lets_time_pass_to_the_survey(ADDRESS)
    asked = house.waits_for_letter(ADDRESS, 3)
    phone.goto(link_in(asked, to="survey"))
    phone.get_by_role("heading", name="How was it for you?").wait_for()
    assert phone.evaluate("document.documentElement.scrollWidth") <= 360
    axe_finds_nothing(phone)
    phone.locator("input[name=solved]").first.check()
    phone.locator("input[name=recovery][value='2']").check()
    phone.fill("#survey-words", "Four calls until somebody listened.")
    phone.get_by_role("button", name="Send it").click()
    phone.get_by_role("heading", name="a person takes it up today").wait_for()
    axe_finds_nothing(phone)

    # It stands in My day again, and the case says what to do today.
    desk.goto("/desk/")
    desk.locator(".day").get_by_role("link", name="Oven door loose").first.press("Enter")
    desk.wait_for_url(case)
    desk.get_by_text("A bad answer to the survey: write today").first.wait_for()
    assert "today" in desk.locator(".heard").inner_text()
    desk.get_by_text("2 of 7").wait_for()
    desk.get_by_text("Four calls until somebody listened.").first.wait_for()
    assert desk.locator("#reply-text").is_visible()
