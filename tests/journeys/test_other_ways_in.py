"""The form, a question, a thank-you set aside, an owner on leave, and a browser without scripts."""

import pytest
from tests.journeys.at_the_desk import answer, decide, open_case

pytestmark = pytest.mark.browser


def test_it_takes_a_complaint_on_the_form(house, opens, axe_finds_nothing):
    phone = opens(viewport={"width": 390, "height": 844})
    phone.goto("/")
    axe_finds_nothing(phone)
    phone.fill("#id_text", "The tablet arrived broken.")
    phone.get_by_role("button", name="Send it").click()
    # Nothing typed is lost where something is missing.
    phone.get_by_text("Leave an e-mail address or a phone number").wait_for()
    axe_finds_nothing(phone)
    assert phone.input_value("#id_text") == "The tablet arrived broken."
    phone.fill("#id_address", "iva@customer.example")
    phone.fill("#id_wish", "a whole one")
    phone.get_by_role("button", name="Send it").click()
    phone.get_by_role("heading", name="We have it.").wait_for()
    axe_finds_nothing(phone)
    house.waits_for_letter("iva@customer.example")
    desk = opens("ana")
    desk.goto("/desk/cases/")
    axe_finds_nothing(desk)
    open_case(desk, "The tablet arrived broken.")
    desk.get_by_text("a whole one").first.wait_for()


def test_it_answers_a_question_without_a_rail(house, opens, axe_finds_nothing):
    house.mail("Eve Hill eve@customer.example", "Opening hours", "Are you open on Saturday?")
    house.waits_for_letter("eve@customer.example")
    desk = opens("ana")
    open_case(desk, "Opening hours")
    decide(desk, "q")
    assert desk.get_by_text("Empathize").count() == 0
    axe_finds_nothing(desk)
    answer(desk, "Yes, from nine to two.")
    assert "from nine to two" in house.waits_for_letter("eve@customer.example", 2).text


def test_it_sets_a_thank_you_aside_and_takes_that_back(house, opens):
    house.mail("Max Lee max@customer.example", "Thanks for yesterday", "Thank you, all of you.")
    house.waits_for_letter("max@customer.example")
    desk = opens("ana")
    open_case(desk, "Thanks for yesterday")
    decide(desk, "x")
    desk.get_by_role("button", name="Undo").first.click()
    desk.wait_for_selector("button[value=nothing]")


@pytest.fixture
def a_long_undo(house):
    set_undo = (
        "import django; django.setup()\n"
        "from amends.records.house.models import House\n"
        "House.objects.update(undo_seconds={})"
    )
    house.does(set_undo.format(60))
    yield
    house.does(set_undo.format(2))


@pytest.mark.usefixtures("a_long_undo")
def test_it_takes_a_reply_back_while_the_undo_runs(house, opens):
    house.mail("Kim Moss kim@customer.example", "No invoice", "The invoice never came.")
    house.waits_for_letter("kim@customer.example")
    desk = opens("ana")
    open_case(desk, "No invoice")
    decide(desk, "c")
    answer(desk, "Here it comes, with my apology.")
    desk.get_by_role("button", name="Undo").first.click()
    desk.get_by_text("Taken back. Nothing was sent").wait_for()
    assert "with my apology" in desk.input_value("#reply-text")
    assert len(house.received("kim@customer.example")) == 1
    # It is a draft again, and outlives the page.
    desk.reload()
    assert "with my apology" in desk.input_value("#reply-text")


def test_it_gives_the_case_of_an_owner_on_leave_to_who_stands_in(house, opens):
    house.mail("Ben Cole ben@customer.example", "Late parcel", "My parcel is three days late.")
    house.waits_for_letter("ben@customer.example")
    desk = opens("marek")
    open_case(desk, "Late parcel")
    decide(desk, "c")
    desk.get_by_role("button", name="Take it").click()
    lead = opens("ewa")
    lead.goto("/desk/house/people/")
    lead.get_by_text("Note an absence", exact=True).click()
    today = lead.evaluate("new Date().toISOString().slice(0, 10)")
    lead.select_option("#id_person", label="Marek Example")
    lead.fill("#id_from_date", today)
    lead.fill("#id_until_date", "2099-01-01")
    lead.select_option("#id_stand_in", label="Ana Example")
    lead.get_by_role("button", name="Note it").click()
    lead.get_by_text("Ana Example stands in").wait_for()
    house.mail("Ben Cole ben@customer.example", "And another thing", "The box is torn as well.")
    house.waits_for_letter("ben@customer.example", 2)
    stand_in = opens("ana")
    stand_in.goto("/desk/cases/?q=torn&state=all")
    stand_in.get_by_role("link", name="And another thing").first.click()
    stand_in.get_by_text("Ana Example").first.wait_for()
    lead.get_by_role("button", name="Take off the list").click()


def test_it_works_without_scripts(house, opens):
    house.mail("Zoe Park zoe@customer.example", "Charged twice", "You charged me twice.")
    house.waits_for_letter("zoe@customer.example")
    desk = opens("ana", java_script_enabled=False)
    desk.get_by_role("link", name="Charged twice").first.click()
    desk.get_by_role("button", name="Complaint").click()
    desk.fill("#reply-text", "I am sorry about the second charge. It is returned.")
    desk.get_by_role("button", name="Send").first.click()
    desk.get_by_role("button", name="Undo").first.wait_for()
    assert "It is returned." in house.waits_for_letter("zoe@customer.example", 2).text


def test_it_is_written_and_handed_over_by_keyboard(house, opens):
    house.mail("Ivy Stone ivy@customer.example", "Wrong size", "The case is too small.")
    house.waits_for_letter("ivy@customer.example")
    desk = opens("ana")
    open_case(desk, "Wrong size")
    decide(desk, "c")
    greeting = desk.input_value("#reply-text")
    desk.keyboard.press("r")
    desk.keyboard.type("The right one")
    assert desk.input_value("#reply-text") == greeting + "The right one"
    desk.keyboard.press("Escape")
    desk.keyboard.press("o")
    assert desk.evaluate("document.activeElement.id") == "hand-to"
