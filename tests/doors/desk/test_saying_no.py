"""Whatever a verb refuses has a sentence for a person, in each language of the desk."""

from importlib import import_module
from pathlib import Path

import pytest
from django.conf import settings
from django.utils import translation

from amends.doors.desk.sentences import REFUSALS, known_refusals, sentence_for

# What says no to nobody at the desk: the worker alone asks whether it was asked enough, and no
# page of the desk reopens.
NOT_AT_THE_DESK = {"NotClosed"}


def refusals(kind):
    for refusal in kind.__subclasses__():
        yield refusal
        yield from refusals(refusal)


def all_refusals():
    for app in ("complaints.refusals", "promises.models", "recovery.models", "aftercare.models"):
        import_module(f"amends.records.{app}")
    return {refusal for kind in REFUSALS for refusal in refusals(kind)}


def test_it_has_a_sentence_for_every_refusal():
    unsaid = {refusal.__name__ for refusal in all_refusals() - known_refusals()}
    assert unsaid <= NOT_AT_THE_DESK


def test_it_has_no_sentence_for_a_refusal_that_is_gone():
    assert known_refusals() <= all_refusals()


@pytest.mark.parametrize("language", ["pl", "ru", "sk"])
def test_it_says_no_in_the_language_of_the_desk(language):
    catalogue = Path(settings.LOCALE_PATHS[0]) / language / "LC_MESSAGES" / "django.mo"
    if not catalogue.exists():
        pytest.skip("the translations are not compiled yet")
    for refusal in known_refusals():
        with translation.override("en"):
            english = sentence_for(refusal())
        with translation.override(language):
            assert sentence_for(refusal()) != english, refusal.__name__


def test_it_says_what_happened_in_whole_sentences():
    for refusal in known_refusals():
        said = sentence_for(refusal())
        assert said[0].isupper()
        assert said.endswith(".")
