"""The tour from start to end, in a demo that bin/run started: each scene is played for real."""

import os
import signal
import socket
import subprocess
import sys
import time

import pytest
from tests.journeys.running_house import ROOT

pytestmark = pytest.mark.browser

_OPENS_WITHIN_SECONDS = 120
_SCENE_SECONDS = 60_000


def _three_free_ports():
    """A port and the two after it, as the demo takes them."""
    for first in range(8300, 8900, 3):
        probes = [socket.socket() for _port in range(3)]
        try:
            for number, probe in enumerate(probes):
                probe.bind(("127.0.0.1", first + number))
        except OSError:
            continue
        else:
            return first
        finally:
            for probe in probes:
                probe.close()
    raise RuntimeError("no three ports in a row are free")


@pytest.fixture(scope="module")
def demo(tmp_path_factory):
    port, home = _three_free_ports(), tmp_path_factory.mktemp("demo")
    environment = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    environment |= {"PYTHONPATH": str(ROOT / "src"), "AMENDS_DEMO_HOME": str(home)}
    process = subprocess.Popen(
        [sys.executable, "-m", "amends.site", "run", "--port", str(port)],
        env=environment, cwd=ROOT, stdout=subprocess.DEVNULL, start_new_session=True,
    )  # fmt: skip
    until = time.monotonic() + _OPENS_WITHIN_SECONDS
    while not _listens(port):
        assert process.poll() is None, "the demo ended"
        assert time.monotonic() < until, "the demo did not open"
        time.sleep(0.3)
    yield f"http://localhost:{port}"
    process.send_signal(signal.SIGTERM)
    process.wait(30)


def _listens(port):
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


@pytest.fixture
def viewer(chromium, demo):
    context = chromium.new_context(base_url=demo, viewport={"width": 1500, "height": 900})
    page = context.new_page()
    page.set_default_timeout(_SCENE_SECONDS)
    page.on("pageerror", lambda error: pytest.fail(f"script error: {error}"))
    yield page
    context.close()


def test_it_goes_from_an_angry_mail_to_her_yes_and_the_cause(viewer, axe_finds_nothing):
    viewer.goto("/demo/")
    axe_finds_nothing(viewer)
    viewer.get_by_role("button", name="Watch").click()
    scenes = []
    desk, phone = (
        viewer.frame_locator("[name=tour-desk]"),
        viewer.frame_locator("[name=tour-phone]"),
    )
    for number in range(1, 10):
        viewer.get_by_text(f"Scene {number} of 9").wait_for()
        scenes.append(viewer.locator("h2").first.inner_text())
        if number == 1:
            phone.get_by_text("This is an automatic message.").first.wait_for()
            axe_finds_nothing(viewer)
        if number == 4:
            phone.get_by_text("Who does what by when").wait_for()
        if number == 6:
            desk.get_by_text("First because we said it was solved and it wasn’t").wait_for()
            phone.get_by_text("It is open again.").wait_for()
        if number == 8:
            desk.get_by_text("confirmed by the customer").first.wait_for()
        if number < 9:
            viewer.keyboard.press("n")
    assert len(set(scenes)) == 9
    viewer.get_by_role("button", name="Watch it again").click()
    viewer.get_by_text("Scene 1 of 9").wait_for()


def test_it_begins_anew_in_one_click_and_the_clock_is_right_again(viewer):
    viewer.goto("/demo/")
    viewer.get_by_role("button", name="To tomorrow morning").click()
    viewer.get_by_text("What has fallen due happens in the next seconds.").wait_for()
    viewer.get_by_text("Reset the demo").click()
    viewer.get_by_role("button", name="Reset it now").click()
    viewer.wait_for_url("**/demo/")
    viewer.locator("form[action='/demo/enter/ana/'] button").click()
    viewer.wait_for_url("**/desk/")
    # The house speaks the agent's language; the machine's own day stands there again.
    shown = viewer.locator(".page-head .quiet").first.inner_text()
    day = viewer.evaluate(
        "new Date().toLocaleDateString('en-GB', {day: 'numeric', timeZone: 'Europe/Warsaw'})"
    )
    assert f" {day} " in f" {shown} ".replace(",", " ").replace(".", " ")
