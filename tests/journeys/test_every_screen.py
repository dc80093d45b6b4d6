"""Every screen in four languages, light and dark, wide and narrow: axe finds nothing, none is cut."""

import pytest
from tests.journeys.at_the_desk import answer, decide, open_case
from tests.journeys.running_house import link_in

pytestmark = pytest.mark.browser

_NAMES = {
    "complaint": "Wilhelmina-Aleksandra Konstantynopolitańczykowianeczkówna-Featherstonehaugh",
    "question": "Нина Владиславовна Преображенская",
    "undecided": "Ľ",
}


@pytest.fixture(scope="module")
def screens(house, chromium):
    """Make a contact of each kind, and name the pages that show them."""
    for kind, name in _NAMES.items():
        text = f"A {kind}. " + "Donaudampfschifffahrtsgesellschaft" * 5
        house.mail(f"{name} {kind}@every.example", f"Every screen: {kind}", text)
    receipt = house.waits_for_letter("complaint@every.example")
    context = chromium.new_context(base_url=house.url)
    desk = context.new_page()
    desk.goto("/desk/")
    desk.fill("#id_login", "ewa@house.example")
    desk.fill("#id_password", "long enough 1")
    desk.press("#id_password", "Enter")
    desk.wait_for_url("**/desk/")
    pages = {"My day": "/desk/", "Cases": "/desk/cases/?state=all", "House": "/desk/house/"}
    pages["Hear"] = "/desk/hear/"
    for kind, key in (("complaint", "c"), ("question", "q"), ("undecided", "")):
        desk.goto("/desk/cases/?state=all")
        open_case(desk, f"Every screen: {kind}")
        pages[kind] = desk.url.removeprefix(house.url)
        if key:
            decide(desk, key)
    desk.goto(pages["complaint"])
    desk.wait_for_load_state("networkidle")
    answer(desk, "I am sorry. It is put right.")
    state = context.storage_state()
    context.close()
    pages |= {
        "form": "/",
        "status": link_in(receipt).removeprefix(house.url),
        "broken link": "/status/broken/",
        "no such page": "/desk/cases/AM-22222/",
    }
    return state, pages


@pytest.mark.parametrize("language", ["en", "pl", "ru", "sk"])
@pytest.mark.parametrize(("scheme", "width"), [("light", 1280), ("dark", 360)])
def test_it_is_whole_for_everybody(
    screens, house, chromium, axe_finds_nothing, language, scheme, width
):
    state, pages = screens
    context = chromium.new_context(
        base_url=house.url, storage_state=state, color_scheme=scheme,
        viewport={"width": width, "height": 1600},
    )  # fmt: skip
    context.add_cookies([{"name": "django_language", "value": language, "url": house.url}])
    page = context.new_page()
    for name, url in pages.items():
        page.goto(url)
        page.wait_for_load_state("networkidle")
        assert page.evaluate("document.documentElement.scrollWidth") <= width, name
        assert page.locator("html").get_attribute("lang") == language, name
        axe_finds_nothing(page)
    context.close()


def test_it_lets_nobody_in_who_has_not_signed_in(house, opens, axe_finds_nothing):
    page = opens()
    page.goto("/desk/")
    page.wait_for_url("**/me/login/**")
    axe_finds_nothing(page)
    page.fill("#id_login", "ana@house.example")
    page.fill("#id_password", "not her password")
    page.press("#id_password", "Enter")
    page.get_by_text("belong together").wait_for()
    axe_finds_nothing(page)
    assert page.input_value("#id_login") == "ana@house.example"
