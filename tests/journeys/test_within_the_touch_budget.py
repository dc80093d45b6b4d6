"""Keys are counted: every press that doesn't type text, by keyboard alone and without a dialog."""

import pytest
from tests.journeys.running_house import link_in

pytestmark = pytest.mark.browser

SORRY = (
    "You ordered two phones for nothing and were billed 200 zł. I understand how that feels, "
    "and I am sorry. "
)


class Keyboard:
    """A keyboard that counts: a chord is one press, typing text is none."""

    def __init__(self, page):
        self._keys = page.keyboard
        self.pressed = 0

    def press(self, *keys):
        for key in keys:
            self._keys.press(key)
            self.pressed += 1

    def type(self, text):
        self._keys.type(text)


@pytest.fixture
def comes_in(house):
    """Mails of customers; each is decided as said and opened by Nina, who goes on after sending."""

    def comes_in(key, subject, kind):
        house.mail(f"{key.title()} Budget {key}@budget.example", subject, f"{subject}, I say.")
        house.waits_for_letter(f"{key}@budget.example")
        return house.does(
            "import django; django.setup()\n"
            "from django.utils import timezone\n"
            "from amends.records.complaints.models import Contact\n"
            "from amends.records.people.models import Person\n"
            f"contact = Contact.objects.get(customer__addresses__address='{key}@budget.example')\n"
            "nina = Person.objects.get(email='nina@house.example')\n"
            "contact.take(by=nina, at=timezone.now())\n"
            f"if {kind!r}: contact.decide({kind!r}, by=nina, at=timezone.now())\n"
            "print(contact.reference)"
        )

    return comes_in


@pytest.fixture
def at(opens):
    """Nina's desk with a case open, and her keyboard."""
    desk = opens("nina")

    def at(reference):
        desk.goto(f"/desk/cases/{reference}/")
        desk.wait_for_load_state("networkidle")
        return desk, Keyboard(desk)

    return at


def was_sent(desk, reference):
    """The reply is away, and what comes after it is on the screen."""
    desk.get_by_text("Sent to").wait_for()
    assert reference not in desk.url
    assert desk.locator("dialog[open]").count() == 0


def test_it_puts_an_obvious_fix_right_in_six_keys(house, at, comes_in):
    reference = comes_in("ida", "Billed for a free phone", "complaint")
    desk, keys = at(reference)
    keys.press("p")
    keys.type(SORRY + "I have taken it off your bill.")
    keys.press("Tab", "Tab")
    keys.type("200 zł taken off the bill")
    keys.press("Tab", "Space", "Control+Enter")
    was_sent(desk, reference)
    assert keys.pressed <= 6
    assert "taken it off your bill" in house.waits_for_letter("ida@budget.example", 2).text
    desk.goto(f"/desk/cases/{reference}/")
    desk.get_by_text("delivered just now").or_(desk.get_by_text("Put right:")).first.wait_for()
    desk.get_by_text("Asks whether it is solved").first.wait_for()


def test_it_settles_the_200_zl_case_in_twelve_keys(house, at, comes_in):
    reference = comes_in("ola", "Two for nothing", "complaint")
    desk, keys = at(reference)
    keys.press("p")
    keys.type(SORRY + "I have taken it off, and the money is with you on Friday.")
    keys.press("Tab", "Tab")
    keys.type("200 zł taken off the bill")
    keys.press("Tab", "Space", "Tab")
    keys.type("200")
    keys.press("Tab", "Tab", "Tab", "Tab")
    keys.type("The money on your account")
    keys.press("Tab")
    keys.type("01052099")
    keys.press("Control+Enter")
    was_sent(desk, reference)
    assert keys.pressed <= 12
    letter = house.waits_for_letter("ola@budget.example", 2)
    desk.goto(link_in(letter))
    desk.get_by_text("The money on your account").first.wait_for()


def test_it_answers_a_question_in_three_keys(house, at, comes_in):
    reference = comes_in("una", "Open on Sunday", "question")
    desk, keys = at(reference)
    keys.press("r")
    keys.type("Yes, from ten to two.")
    keys.press("Control+Enter")
    was_sent(desk, reference)
    assert keys.pressed <= 3
    assert "from ten to two" in house.waits_for_letter("una@budget.example", 2).text


def test_it_sets_aside_in_one_key(at, comes_in):
    reference = comes_in("eli", "Thank you for everything", "")
    desk, keys = at(reference)
    keys.press("x")
    desk.get_by_text("Set aside").first.wait_for()
    assert keys.pressed == 1


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
def test_it_goes_on_to_the_next_case_and_undo_leads_back(at, comes_in):
    first = comes_in("ann", "The lid is broken", "complaint")
    comes_in("bob", "The box came empty", "complaint")
    desk, keys = at(first)
    keys.press("r")
    keys.type("I send you a new lid.")
    keys.press("Control+Enter")
    desk.get_by_text("Sent to").wait_for()
    assert first not in desk.url
    assert "/desk/cases/" in desk.url
    keys.press("z")
    desk.wait_for_url(f"**/desk/cases/{first}/")
    assert "I send you a new lid." in desk.input_value("#reply-text")
