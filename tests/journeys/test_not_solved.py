"""The customer says that it is not solved: it opens again, before all else, and is made good."""

import pytest
from tests.journeys.at_the_desk import answer, decide, open_case
from tests.journeys.running_house import link_in

pytestmark = pytest.mark.browser

TOM = "Tom Field tom@customer.example"
ADDRESS = "tom@customer.example"


def test_it_is_reopened_by_a_no_and_confirmed_the_second_time(house, opens):
    house.mail(TOM, "The screen is still dark", "It came back from repair and the screen is dark.")
    receipt = house.waits_for_letter(ADDRESS)
    desk = opens("marek")
    open_case(desk, "The screen is still dark")
    case = desk.url
    decide(desk, "c")
    answer(desk, "I am sorry about the screen. A new one is in, I have tested it.")
    house.waits_for_letter(ADDRESS, 2)

    phone = opens(viewport={"width": 390, "height": 844})
    phone.goto(link_in(receipt))
    phone.locator("textarea[name=words]").first.fill("It went dark again this morning.")
    phone.get_by_role("button", name="not solved").first.click()
    phone.get_by_role("heading", name="It is open again.").wait_for()

    # The same owner, before all else, with her words first.
    desk.goto("/desk/")
    desk.locator(".first__goal").get_by_text("The screen is still dark").wait_for()
    desk.goto(case)
    desk.get_by_text("It went dark again this morning.").first.wait_for()
    assert desk.get_by_text("Marek Example").first.is_visible()
    answer(desk, "I am sorry, twice. I am sending you a new phone today.")
    house.waits_for_letter(ADDRESS, 3)

    phone.reload()
    phone.get_by_role("button", name="solved").first.click()
    phone.get_by_role("heading", name="It is solved.").wait_for()
    desk.reload()
    desk.get_by_text("confirmed by the customer").first.wait_for()


def test_it_takes_a_yes_whose_words_say_no_to_a_person(house, opens):
    house.mail("Ola Ray ola@customer.example", "Wrong cable", "I got the wrong cable.")
    receipt = house.waits_for_letter("ola@customer.example")
    desk = opens("marek")
    open_case(desk, "Wrong cable")
    decide(desk, "c")
    answer(desk, "I am sorry about the cable. The right one is on its way.")
    house.waits_for_letter("ola@customer.example", 2)
    phone = opens()
    phone.goto(link_in(receipt))
    phone.locator("textarea[name=words]").first.fill("yes, but the cable is still the wrong one")
    phone.get_by_role("button", name="solved").first.click()
    phone.get_by_text("A person reads what you wrote").wait_for()
    desk.reload()
    assert desk.get_by_text("confirmed by the customer").count() == 0
    desk.get_by_text("still the wrong one").first.wait_for()
