"""Secrets at rest: what a copy of the database gives away."""

import pytest

from amends.ground.sealing import CannotUnseal, reseal, seal, unseal

SECRET = "žluťoučký kůň 密"


def test_it_opens_what_it_sealed_and_shows_nothing_of_it():
    sealed = seal(SECRET, purpose="a door")
    assert SECRET not in sealed
    assert seal(SECRET, purpose="a door") != sealed
    assert unseal(sealed, purpose="a door") == SECRET


def test_it_opens_for_no_other_purpose():
    with pytest.raises(CannotUnseal):
        unseal(seal(SECRET, purpose="a door"), purpose="a window")


@pytest.mark.parametrize("told", ["", "plain", "sealed1:", "sealed1:gAAAA", "sealed1:ł"])
def test_it_opens_nothing_that_was_not_sealed(told):
    with pytest.raises(CannotUnseal):
        unseal(told, purpose="a door")


def test_it_opens_nothing_that_was_changed():
    sealed = seal(SECRET, purpose="a door")
    with pytest.raises(CannotUnseal):
        unseal(sealed[:40] + ("A" if sealed[40] != "A" else "B") + sealed[41:], purpose="a door")


def test_it_opens_what_an_older_key_sealed(settings):
    sealed = seal(SECRET, purpose="a door")
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "another"
    assert unseal(sealed, purpose="a door") == SECRET
    settings.SECRET_KEY_FALLBACKS = []
    with pytest.raises(CannotUnseal):
        unseal(sealed, purpose="a door")


def test_it_seals_anew_with_the_first_of_the_keys(settings):
    sealed = seal(SECRET, purpose="a door")
    anew = reseal(sealed, purpose="a door", keys=["another", settings.SECRET_KEY])
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "another", []
    assert unseal(anew, purpose="a door") == SECRET
    with pytest.raises(CannotUnseal):
        reseal(sealed, purpose="a door", keys=["another"])
