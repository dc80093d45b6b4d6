"""The clock that doors and the worker read; only a demo's can be moved on."""

from datetime import timedelta

import pytest
from django.utils import timezone

from amends.ground import clock

_A_MINUTE = timedelta(minutes=1)


def test_it_is_the_machines_own(settings):
    settings.DEMO = False
    assert abs(clock.now() - timezone.now()) < _A_MINUTE


def test_it_moves_on_in_a_demo_and_adds_up(settings):
    settings.DEMO = True
    clock.move(timedelta(hours=2))
    clock.move(timedelta(days=1))
    assert abs(clock.now() - timezone.now() - timedelta(hours=26)) < _A_MINUTE


def test_it_never_goes_back(settings):
    settings.DEMO = True
    with pytest.raises(ValueError, match="-1 day"):
        clock.move(timedelta(days=-1))


def test_it_stays_the_machines_own_in_a_real_house(settings):
    settings.DEMO = True
    clock.move(timedelta(hours=2))
    settings.DEMO = False
    assert abs(clock.now() - timezone.now()) < _A_MINUTE
    with pytest.raises(RuntimeError):
        clock.move(timedelta(hours=2))
