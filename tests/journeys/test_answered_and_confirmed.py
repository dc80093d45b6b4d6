"""A complaint comes by mail, is put right and answered, is asked about, and is confirmed."""

import re

import pytest
from tests.journeys.at_the_desk import decide, open_case, send, write_reply
from tests.journeys.running_house import link_in

pytestmark = pytest.mark.browser

JANA = "Jana Kowalska jana@customer.example"


def test_it_goes_from_the_mail_to_the_customers_yes(house, opens, axe_finds_nothing):
    house.mail(JANA, "Two were to be free", "You promised two for nothing.\nI was billed 200 zł.")

    # The acknowledgement says that it is automatic, repeats her words and names a link.
    receipt = house.waits_for_letter("jana@customer.example")
    assert receipt.automatic == "auto_submitted"
    assert "I was billed 200 zł." in receipt.text
    assert "/status/" in receipt.text

    # One key decides, on the case.
    desk = opens("ana")
    axe_finds_nothing(desk)
    open_case(desk, "Two were to be free")
    axe_finds_nothing(desk)
    decide(desk, "c")
    axe_finds_nothing(desk)

    # The reply brings the fix, and the check-back is approved with it.
    write_reply(desk, "I am sorry that you were billed. I have taken the 200 zł off your bill.")
    _put_right(desk, "200 zł taken off the bill")
    answer = house.waits_for_letter("jana@customer.example", 2)
    assert "taken the 200 zł off" in answer.text
    assert not answer.automatic

    # The next morning she is asked; opening the link does nothing, the button says yes.
    house.lets_time_pass_to_the_check_back("jana@customer.example")
    asked = house.waits_for_letter("jana@customer.example", 3)
    phone = opens(viewport={"width": 390, "height": 844})
    phone.goto(link_in(asked))
    axe_finds_nothing(phone)
    phone.get_by_role("heading", name="Is it solved?").wait_for()
    phone.get_by_role("button", name=re.compile("yes|solved", re.IGNORECASE)).first.click()
    phone.get_by_role("heading", name="It is solved.").wait_for()
    axe_finds_nothing(phone)

    desk.reload()
    desk.get_by_text("confirmed by the customer").first.wait_for()
    axe_finds_nothing(desk)


def _put_right(desk, what):
    more = desk.locator("form:has(#reply-text)")
    more.get_by_text("Put right", exact=True).click()
    desk.fill("#id_remedy", what)
    desk.fill("#id_cost", "200")
    more.get_by_text("Done already").click()
    more.get_by_text("Check-back", exact=True).click()
    desk.fill("#id_check_back_date", "2099-01-05")
    send(desk)
