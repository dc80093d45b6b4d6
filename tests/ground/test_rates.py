"""The brakes count for an hour, for all processes together, and nobody can push a count out."""

import os
import subprocess
import sys

import pytest
from django.core.cache import cache
from django.db import OperationalError

from amends.ground import rates
from amends.ground.rates import too_many_of
from amends.site import settings

ASK = """
import django
django.setup()
from amends.ground import rates
from amends.ground.rates import too_many_of
print(sum(not too_many_of("tell", "203.0.113.7", 20) for _ in range(30)))
from allauth.core import ratelimit
from django.test import RequestFactory
asked = RequestFactory().post("/me/login/")
ask = lambda: ratelimit.consume(asked, action="login_failed", key="ana@house.example")
print(sum(bool(ask()) for _ in range(12)))
"""


@pytest.fixture(autouse=True)
def nothing_counted():
    cache.clear()


def test_it_lets_as_many_through_as_the_limit_says():
    assert [too_many_of("tell", "203.0.113.7", 3) for _ in range(5)] == [False] * 3 + [True] * 2


def test_it_counts_everybody_and_everything_apart():
    assert too_many_of("tell", "203.0.113.7", 1) is False
    assert too_many_of("tell", "203.0.113.8", 1) is False
    assert too_many_of("answer", "203.0.113.7", 1) is False
    assert too_many_of("tell", "203.0.113.7", 1) is True


def test_it_remembers_each_for_an_hour(monkeypatch):
    spans = []

    class Watched:
        get_many = cache.get_many

        def add(self, _key, _value, span):
            spans.append(span)
            return True

    monkeypatch.setattr(rates, "cache", Watched())
    for _ in range(3):
        too_many_of("tell", "203.0.113.7", 3)
    assert spans == [3600] * 3


@pytest.mark.parametrize("whose", ["", "x" * 10_000, "a\0b", "\N{SNOWMAN}", "'; DROP TABLE"])
def test_it_counts_whatever_was_typed(whose):
    assert [too_many_of("password", whose, 1) for _ in range(2)] == [False, True]


def test_it_counts_for_two_processes_together(tmp_path):
    home = {"AMENDS_HOME": str(tmp_path), "DJANGO_SETTINGS_MODULE": "amends.site.settings"}
    run = {"env": {**os.environ, **home}, "text": True, "stdout": subprocess.PIPE}
    table = ["-m", "django", "createcachetable", "--database", "disposable"]
    subprocess.run([sys.executable, *table], check=True, **run)
    askers = [subprocess.Popen([sys.executable, "-c", ASK], **run) for _ in range(2)]
    let_through = [list(map(int, asker.communicate(timeout=120)[0].split())) for asker in askers]
    told, guessed = map(sum, zip(*let_through, strict=True))
    assert told == 20
    # Guesses at one person's password: where the count can't be had in time, it is a no.
    assert 1 <= guessed <= 5


def test_it_keeps_more_counts_than_the_three_hundred_that_a_stranger_soon_makes():
    assert settings.CACHES["default"]["OPTIONS"]["MAX_ENTRIES"] >= 20_000


def test_it_takes_nobody_for_a_flood_because_it_can_not_count(monkeypatch):
    class Full:
        def get_many(self, _keys):
            return {}

        def add(self, *_args):
            return False

    monkeypatch.setattr(rates, "cache", Full())
    with pytest.raises(OperationalError):
        too_many_of("tell", "203.0.113.7", 3)
