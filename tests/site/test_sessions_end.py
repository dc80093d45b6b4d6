"""A session ends by itself: idle, or old; and its cookie goes over https only where there is https."""

import os
import subprocess
import sys
import time

import pytest
from django.test import Client

from amends.site import sessions
from amends.site.sessions import HOUR

SETTINGS = "import amends.site.settings as s; print(s.SESSION_COOKIE_SECURE, s.CSRF_COOKIE_SECURE)"


@pytest.fixture
def later(monkeypatch):
    """Let hours pass on the machine's clock."""
    passed = [0.0]
    really = time.time

    def let_pass(hours):
        passed[0] += hours * HOUR

    monkeypatch.setattr(sessions.time, "time", lambda: really() + passed[0])
    return let_pass


@pytest.fixture
def ana(cast):
    client = Client()
    client.force_login(cast.ana)
    return client


def is_in(client):
    return client.get("/desk/").status_code == 200


def close_with_the_browser(client):
    session = client.session
    session.set_expiry(0)
    session.save()


def test_it_ends_for_who_does_nothing(ana, later):
    close_with_the_browser(ana)
    later(11)
    assert is_in(ana)
    later(11)
    assert is_in(ana)
    later(13)
    assert not is_in(ana)
    later(-13)
    assert not is_in(ana)


def test_it_lasts_over_a_weekend_for_who_asked_for_it(ana, later):
    later(70)
    assert is_in(ana)
    later(73)
    assert not is_in(ana)


def test_it_takes_no_open_page_for_an_act(ana, later):
    close_with_the_browser(ana)
    for _time in range(3):
        later(3.5)
        assert ana.get("/desk/pulse").status_code != 302
    later(2)
    assert not is_in(ana)


def test_it_ends_after_two_weeks_whatever_happens(ana, later):
    for _day in range(13):
        later(24)
        assert is_in(ana)
    later(25)
    assert not is_in(ana)


def test_it_survives_a_jump_of_the_clock(ana, later):
    for hours in (2, -4, 2):
        later(hours)
        assert is_in(ana)


@pytest.mark.parametrize(("url", "secure"), [("https://desk.example", True), ("http://x", False)])
def test_its_cookie_goes_over_https_only_where_there_is_https(tmp_path, url, secure):
    env = {**os.environ, "AMENDS_HOME": str(tmp_path), "AMENDS_URL": url}
    done = subprocess.run(
        [sys.executable, "-c", SETTINGS], env=env, check=True, capture_output=True, text=True
    )
    assert done.stdout.split() == [str(secure)] * 2
