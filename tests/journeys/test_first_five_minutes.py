"""A new house on a phone: from the code of the terminal to the desk, with mail both ways."""

import pytest
from tests.journeys.running_house import RunningHouse

pytestmark = pytest.mark.browser
PHONE = {"width": 360, "height": 740}
BOGNA = "bogna@lamplight.example"


@pytest.fixture
def new_house(tmp_path):
    house = RunningHouse(tmp_path)
    house.start(furnished=False)
    yield house
    house.stop()


@pytest.fixture
def phone(chromium, new_house):
    context = chromium.new_context(base_url=new_house.url, locale="en-GB", viewport=PHONE)
    page = context.new_page()
    page.set_default_timeout(10_000)
    page.on("pageerror", lambda error: pytest.fail(f"script error: {error}"))
    # A phone with a finger on it: it makes passkeys and shows them.
    devtools = context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    finger = {
        "protocol": "ctap2", "transport": "internal", "hasResidentKey": True,
        "hasUserVerification": True, "isUserVerified": True, "automaticPresenceSimulation": True,
    }  # fmt: skip
    devtools.send("WebAuthn.addVirtualAuthenticator", {"options": finger})
    yield page
    context.close()


@pytest.fixture
def looked_at(phone, axe_finds_nothing):
    def looked_at(heading):
        phone.get_by_role("heading", name=heading, level=1).wait_for()
        axe_finds_nothing(phone)
        assert phone.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]

    return looked_at


def go_on(phone):
    phone.get_by_role("button", name="Go on").click()


def test_it_is_set_up_on_a_phone(new_house, phone, looked_at):
    code = (new_house.home / "set-up-code").read_text()
    phone.goto(f"/setup/?code={code}")
    looked_at("Welcome. Who are you?")
    phone.get_by_label("Your name").fill("Bogna Lis")
    phone.get_by_label("Your e-mail").fill(BOGNA)
    phone.get_by_role("button", name="make a passkey").click()
    answer_the_questions(phone, looked_at)
    try_mail_both_ways(new_house, phone, looked_at)
    phone.get_by_role("button", name="Open the desk").click()
    phone.wait_for_url("**/desk/")
    phone.get_by_text("A mail to try").first.wait_for()
    come_back_with_the_passkey(phone, looked_at)


def answer_the_questions(phone, looked_at):
    looked_at("What is your house called?")
    phone.get_by_label("Name, as customers read it").fill("Lamplight")
    go_on(phone)
    looked_at("Have you a logo?")
    phone.get_by_role("button", name="Later").click()
    looked_at("Where do customers write to?")
    phone.get_by_label("Mail address").fill("help at house")
    go_on(phone)
    # The browser itself says what is wrong with it, and it is kept.
    assert phone.get_by_label("Mail address").input_value() == "help at house"
    phone.get_by_label("Mail address").fill("help@house.example")
    go_on(phone)
    looked_at("Which languages do you answer in?")
    phone.get_by_role("group", name="Others").get_by_label("Slovak").check()
    go_on(phone)
    looked_at("When does somebody answer?")
    phone.get_by_label("Our own").check()
    phone.get_by_label("Sunday").check()
    go_on(phone)
    looked_at("What do you sell?")
    phone.get_by_label("What you sell or do").fill("Lamps")
    go_on(phone)


def try_mail_both_ways(new_house, phone, looked_at):
    looked_at("That was all")
    phone.get_by_role("button", name="Send a test mail").click()
    phone.get_by_text("the server has taken it").wait_for()
    phone.get_by_text("250 2.0.0 delivered").wait_for()
    assert "Lamplight" in new_house.waits_for_letter(BOGNA).subject
    phone.get_by_text("we wait for a mail to help@house.example").wait_for()
    new_house.mail("Bogna Lis bogna@phone.example", "A mail to try", "Is it there?")
    phone.get_by_text("a mail from bogna@phone.example is here").wait_for()
    looked_at("That was all")


def come_back_with_the_passkey(phone, looked_at):
    phone.goto("/me/logout/")
    phone.get_by_role("button", name="Sign out").click()
    phone.goto("/me/login/")
    looked_at("Sign in")
    phone.get_by_role("button", name="Sign in with a passkey").click()
    phone.wait_for_url("**/desk/")
    phone.goto("/me/")
    # What the bar of places covers can be scrolled out from under it.
    phone.evaluate("scrollTo(0, document.body.scrollHeight)")
    looked_at("My sign-in")
