"""A lead sets the house by keyboard and sees beforehand what it does; every page is whole."""

import pytest

pytestmark = pytest.mark.browser

PAGES = (
    "", "texts/", "texts/acknowledgement/en/", "hours/", "holidays/", "teams/", "teams/new/",
    "people/", "mail/", "playbook/", "changes/",
)  # fmt: skip
_ADAM = """
import django; django.setup()
from amends.records.people.models import Person
if not Person.objects.filter(email="adam@house.example").exists():
    Person.objects.invite(email="adam@house.example", name="Adam Konstantynopolitańczykowianeczek",
                          password="long enough 1", leads=True, administers=True)
"""


def tab_to(desk, name):
    for _ in range(60):
        desk.keyboard.press("Tab")
        if desk.evaluate("document.activeElement.name") == name:
            return
    raise AssertionError(f"no way to {name} by Tab")


def test_it_is_set_by_keyboard_and_set_back(house, opens):
    desk = opens("ewa")
    desk.goto("/desk/house/hours/")
    tab_to(desk, "day_6")
    desk.keyboard.press("Control+A")
    desk.keyboard.type("10–14")
    preview = desk.locator("#preview")
    preview.get_by_text("10:00–14:00").wait_for()
    desk.goto("/desk/house/hours/")
    assert desk.input_value("[name=day_6]") == "0:00–24:00"

    desk.goto("/desk/house/texts/footer/en/")
    tab_to(desk, "body")
    desk.keyboard.press("Control+A")
    desk.keyboard.type("What happens: {page}")
    preview.get_by_text("One entry can’t be read yet.").wait_for()
    tab_to(desk, "act")
    desk.keyboard.press("Enter")
    desk.get_by_text("There is no field {page}. There are: {link}.").wait_for()
    desk.fill("[name=body]", "What happens: {link}")
    preview.get_by_text("What happens: http").wait_for()
    tab_to(desk, "act")
    desk.keyboard.press("Enter")
    desk.get_by_text("Kept. Mails written from now on have it.").wait_for()

    desk.goto("/desk/house/changes/")
    desk.get_by_role("button", name="Set it back: The line below a reply").press("Enter")
    desk.get_by_text("Set as it was before.").wait_for()
    desk.goto("/desk/house/texts/footer/en/")
    assert desk.input_value("[name=body]") == "What we are doing, and by when: {link}"


@pytest.mark.parametrize(
    ("language", "scheme", "width"),
    [("en", "dark", 360), ("pl", "light", 1280), ("ru", "dark", 1280), ("sk", "light", 360)],
)
def test_it_is_whole_on_every_page(house, opens, axe_finds_nothing, language, scheme, width):
    house.does(_ADAM)
    # As tall as the longest page: axe takes what lies under the bar of a phone for covered.
    desk = opens("adam", color_scheme=scheme, viewport={"width": width, "height": 3200})
    desk.context.add_cookies([{"name": "django_language", "value": language, "url": house.url}])
    desk.goto("/desk/house/people/")
    person = desk.locator(".line__lead a").first.get_attribute("href")
    for url in [*(f"/desk/house/{page}" for page in PAGES), person]:
        desk.goto(url)
        desk.wait_for_load_state("networkidle")
        assert desk.evaluate("document.documentElement.scrollWidth") <= width, url
        axe_finds_nothing(desk)


def test_it_shows_what_a_change_does_with_scripts_off(house, opens):
    desk = opens("ewa", java_script_enabled=False)
    desk.goto("/desk/house/")
    desk.fill("[name=name]", "Krakofon and sons")
    desk.get_by_role("button", name="See what it does").click()
    assert "Krakofon and sons" in desk.locator("#preview").inner_text()
    assert desk.input_value("[name=name]") == "Krakofon and sons"
    desk.goto("/desk/house/")
    assert desk.input_value("[name=name]") == "Krakofon"
