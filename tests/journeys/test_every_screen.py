"""Every screen in four languages, light and dark, wide and narrow: axe finds nothing, none is cut."""

import pytest
from tests.journeys.at_the_desk import answer, decide, open_case
from tests.journeys.running_house import link_in

pytestmark = pytest.mark.browser

# On a phone the bar at the foot lies over whatever scrolls below it, which is no small target.
_PHONE, _TALL = 800, 6_000

# Loaded, and drawn twice: half a second less for each page than waiting for a silent network.
_PAINTED = "new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"
_DESK = (
    "", "cases/?state=all", "figures/", "hear/", "notices/", "me/notices",
    "saved-replies/", "saved-replies/new", "saved-replies/import",
    "house/", "house/texts/", "house/texts/acknowledgement/pl/", "house/texts/privacy/sk/", "house/hours/", "house/holidays/",
    "house/teams/", "house/teams/new/", "house/people/", "house/invitations/", "house/mail/",
    "house/playbook/", "house/playbook/late/en/", "house/keeping/", "house/looks/", "house/changes/",
)  # fmt: skip
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
    desk.fill("#id_login", "wanda@house.example")
    desk.fill("#id_password", "long enough 1")
    desk.press("#id_password", "Enter")
    desk.wait_for_url("**/desk/")
    pages = {url: f"/desk/{url}" for url in _DESK} | {"me": "/me/", "password": "/me/password/"}
    for kind, key in (("complaint", "c"), ("question", "q"), ("undecided", "")):
        desk.goto("/desk/cases/?state=all")
        open_case(desk, f"Every screen: {kind}")
        pages[kind] = desk.url.removeprefix(house.url)
        if key:
            decide(desk, key)
    desk.goto(pages["complaint"])
    desk.wait_for_load_state("networkidle")
    answer(desk, "I am sorry. It is put right.")
    letter = desk.locator("a[href$='/letter']").last.get_attribute("href")
    state = context.storage_state()
    context.close()
    pages |= {
        "letter": letter,
        "form": "/",
        "privacy": "/privacy/pl/",
        "status": link_in(receipt).removeprefix(house.url),
        "broken link": "/status/broken/",
        "no such page": "/desk/cases/AM-22222/",
    }
    return state, pages


# Each language, and each scheme at each width, once: all pairs would take the build too long.
@pytest.mark.parametrize(
    ("language", "scheme", "width"),
    [("en", "light", 1280), ("pl", "dark", 360), ("ru", "light", 360), ("sk", "dark", 1280)],
)
def test_it_is_whole_for_everybody(
    screens, house, chromium, axe_finds_nothing, language, scheme, width
):
    state, pages = screens
    context = chromium.new_context(
        base_url=house.url, storage_state=state, color_scheme=scheme,
        viewport={"width": width, "height": _TALL if width < _PHONE else 1600},
    )  # fmt: skip
    context.add_cookies([{"name": "django_language", "value": language, "url": house.url}])
    page = context.new_page()
    for name, url in pages.items():
        answered = page.goto(url)
        assert answered.ok or name in ("broken link", "no such page"), name
        page.evaluate(_PAINTED)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, name
        # A letter speaks the customer's language.
        assert page.locator("html").get_attribute("lang") == language or name == "letter", name
        axe_finds_nothing(page)
    context.close()


_WALK = """() => {
  const seen = (element) => element.checkVisibility({ visibilityProperty: true }) && element.getClientRects().length > 0;
  const wanted = "a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex='0']";
  const within = document.querySelector("dialog[open]") ?? document;
  window.walk = [...within.querySelectorAll(wanted)].filter((e) => seen(e) && !e.disabled && e.tabIndex >= 0);
  // One of a group of radio buttons is reached by Tab, the others by arrows.
  const groups = new Map();
  for (const e of window.walk) if (e.type === "radio") groups.set(e.name, groups.get(e.name) || e.checked);
  window.walk = window.walk.filter((e) => e.type !== "radio" || e.checked || !groups.get(e.name));
  window.reached = new Set();
  return window.walk.length;
}"""
_FROM_THE_TOP = (
    "document.body.tabIndex = -1; document.body.focus(); document.body.removeAttribute('tabindex')"
)
_STEP = """() => {
  const e = document.activeElement;
  if (e === document.body || !e) return { end: true };
  window.reached.add(e);
  const box = e.getBoundingClientRect(), style = getComputedStyle(e);
  const ringed = (one) => { const s = getComputedStyle(one); return (s.outlineStyle !== "none" && parseFloat(s.outlineWidth) > 0) || s.boxShadow !== "none"; };
  const labelled = e.labels ? [...e.labels] : [];
  const shows = [e, e.parentElement, e.closest("label, .filters__choice, .search, .editor__paper, tr, li"), ...labelled, e.nextElementSibling].filter(Boolean);
  const x = Math.min(Math.max(box.left + Math.min(box.width, 24) / 2, 0), innerWidth - 1), y = Math.min(Math.max(box.top + Math.min(box.height, 28) / 2, 0), innerHeight - 1);
  const on = document.elementFromPoint(x, y);
  const hidden = box.width < 2 || style.opacity === "0" || style.clipPath !== "none";
  return {
    name: (e.getAttribute("aria-label") || e.textContent || e.name || e.id || e.tagName).trim().slice(0, 40),
    visible: shows.some(ringed) || shows.some((one) => one.matches(":focus-within") && getComputedStyle(one).backgroundColor !== "rgba(0, 0, 0, 0)"),
    by: on?.outerHTML?.slice(0, 90), box: [box.top, box.bottom],
    covered: !hidden && !(on && (e === on || e.contains(on) || on.contains(e) || on.closest("label")?.control === e)),
  };
}"""


@pytest.mark.parametrize("width", [1280, 360])
def test_it_can_be_walked_by_tab_alone(screens, house, chromium, width):
    state, pages = screens
    context = chromium.new_context(
        base_url=house.url, storage_state=state, viewport={"width": width, "height": 800}
    )
    # What other journeys do meanwhile moves nothing under the focus here.
    context.route("**/desk/pulse**", lambda route: route.abort())
    page = context.new_page()
    for name, url in pages.items():
        page.goto(url)
        page.evaluate(_PAINTED)
        page.evaluate(_FROM_THE_TOP)
        there = page.evaluate(_WALK)
        for _step in range(there + 20):
            page.keyboard.press("Tab")
            step = page.evaluate(_STEP)
            if step.get("end"):
                break
            assert step["visible"], (name, width, "no focus to be seen", step)
            assert not step["covered"], (name, width, "covered", step)
        left = page.evaluate(
            "window.walk.filter((e) => !window.reached.has(e)).map((e) => e.outerHTML.slice(0, 120))"
        )
        assert not left, (name, width)
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
