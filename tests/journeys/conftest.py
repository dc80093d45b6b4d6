"""Browsers for the people of the journeys, and the house that they meet in."""

import shutil
from pathlib import Path

import pytest
from playwright.sync_api import sync_playwright
from tests.journeys.running_house import RunningHouse

_AXE = (Path(__file__).parent / "vendor" / "axe.min.js").read_text()
_RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@pytest.fixture(scope="session")
def house(tmp_path_factory):
    running = RunningHouse(tmp_path_factory.mktemp("journeys"))
    running.start()
    yield running
    running.stop()


@pytest.fixture(scope="session")
def chromium():
    path = (
        shutil.which("chromium")
        or shutil.which("chromium-browser")
        or shutil.which("google-chrome")
    )
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=path,
            args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
        )
        yield browser
        browser.close()


@pytest.fixture
def opens(chromium, house):
    """Open a browser of one's own: opens() for a customer, opens("ana") signed in at the desk."""
    contexts = []

    def open_for(who=None, **options):
        context = chromium.new_context(base_url=house.url, locale="en-GB", **options)
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(10_000)
        page.on("pageerror", lambda error: pytest.fail(f"script error: {error}"))
        if who:
            page.goto("/desk/")
            page.fill("#id_login", f"{who}@house.example")
            page.fill("#id_password", "long enough 1")
            page.press("#id_password", "Enter")
            page.wait_for_url("**/desk/")
        return page

    yield open_for
    for context in contexts:
        context.close()


@pytest.fixture
def axe_finds_nothing():
    """Check the page, or a part of it, with axe; what it finds is named, with the elements."""

    def check(page, within="html"):
        # The page's CSP lets no script in but its own; the checker comes in beside it.
        page.evaluate(_AXE)
        found = page.evaluate(
            "([within, rules]) => axe.run(within, {runOnly: rules}).then(r => r.violations.map("
            "v => v.id + ': ' + v.nodes.map(n => n.html.slice(0, 120)).join(' | ')))",
            [within, _RULES],
        )
        assert found == [], f"{page.url}: {found}"

    return check
