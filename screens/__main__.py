"""bin/screens: one picture of each screen, of the demo company as it is on the first day."""

import os
import shutil
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from screens.finding import find
from screens.table import SCREENS, Screen

_ROOT = Path(__file__).resolve().parents[1]
_PICTURES = _ROOT / "docs" / "screens"
_PORT = 8190
_URL = f"http://localhost:{_PORT}"
_PATIENCE_SECONDS = 30


def main(names: list[str]) -> int:
    wanted = [screen for screen in SCREENS if not names or screen.name in names]
    _PICTURES.mkdir(exist_ok=True)
    # Before the browser: inside its loop Django lets nobody ask the database.
    with _house() as places, sync_playwright() as play:
        browser = play.chromium.launch(executable_path=_chromium(), args=["--no-sandbox"])
        for screen in wanted:
            _take(browser, screen, screen.url.format_map(places))
            print(screen.name, flush=True)
        browser.close()
    return 0


@contextmanager
def _house() -> Iterator[dict[str, str]]:
    """Serve the demo company, whose stories are loaded, for as long as it takes."""
    for command in ("setup", "demo"):
        subprocess.run([sys.executable, "-m", "amends.site", command], check=True)
    static = Path(os.environ["AMENDS_HOME"]) / "static"
    web = subprocess.Popen(
        [
            sys.executable, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1",
            "--port", str(_PORT), "--blocking-threads", "2", "--no-ws",
            "--static-path-mount", str(static), "--static-path-route", "/static",
            "--log-level", "warning", "amends.site.wsgi:application",
        ]
    )  # fmt: skip
    try:
        _wait_for_the_door()
        yield find()
    finally:
        web.terminate()
        web.wait(10)


def _chromium() -> str:
    found = (shutil.which(name) for name in ("chromium", "chromium-browser", "google-chrome"))
    return next(path for path in found if path)


def _wait_for_the_door() -> None:
    until = time.monotonic() + _PATIENCE_SECONDS
    while time.monotonic() < until:
        try:
            urllib.request.urlopen(f"{_URL}/me/login/", timeout=2).close()
        except OSError:
            time.sleep(0.2)
        else:
            return
    raise TimeoutError("the house did not open")


def _take(browser: Browser, screen: Screen, url: str) -> None:
    width, height = screen.size
    context = browser.new_context(
        base_url=_URL,
        color_scheme=screen.scheme,
        viewport={"width": width, "height": height},
        reduced_motion="reduce",
    )
    context.add_cookies([{"name": "django_language", "value": screen.language, "url": _URL}])
    page = context.new_page()
    if screen.who:
        _enter(page, screen.who)
    page.goto(url)
    page.wait_for_load_state("networkidle")
    for key in screen.keys:
        page.keyboard.press(key)
    page.wait_for_timeout(400)
    page.screenshot(path=_PICTURES / f"{screen.name}.png", full_page=screen.whole)
    context.close()


def _enter(page: Page, who: str) -> None:
    page.goto("/demo/")
    page.locator(f"form[action='/demo/enter/{who}/'] button").first.click()
    page.wait_for_url("**/desk/**")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
