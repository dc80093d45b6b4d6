"""One customer in two mails: they become one case, and two again, by keyboard alone."""

import pytest
from tests.journeys.at_the_desk import decide, open_case

pytestmark = pytest.mark.browser

NELA = "Nela Dvorak nela@customer.example"


def test_it_merges_two_mails_and_takes_them_apart(house, opens):
    house.mail(NELA, "The kettle leaks", "The new kettle leaks on the table.")
    house.waits_for_letter("nela@customer.example")
    house.mail(NELA, "Kettle again", "Did you get my mail about the kettle?")
    house.waits_for_letter("nela@customer.example", 2)
    desk = opens("ana")
    open_case(desk, "The kettle leaks")
    head = desk.url
    decide(desk, "c")
    desk.goto("/desk/")
    open_case(desk, "Kettle again")
    follower = desk.url
    for key in ("m", "Space", "Enter"):
        desk.keyboard.press(key)
    desk.wait_for_url(head)
    desk.get_by_text("is merged into this case").wait_for()
    desk.get_by_text("Did you get my mail about the kettle?").first.wait_for()
    desk.goto("/desk/cases/")
    assert desk.get_by_text("Kettle again").count() == 0

    desk.goto(follower)
    desk.get_by_text("This case follows").first.wait_for()
    desk.get_by_role("button", name="Take apart").focus()
    desk.keyboard.press("Enter")
    desk.get_by_text("It has its own clocks again").wait_for()

    # And once more, taken back at once.
    for key in ("m", "Space", "Enter"):
        desk.keyboard.press(key)
    desk.wait_for_url(head)
    desk.wait_for_load_state("networkidle")
    desk.keyboard.press("z")
    desk.wait_for_url(follower)
    desk.get_by_role("button", name="Complaint").wait_for()
