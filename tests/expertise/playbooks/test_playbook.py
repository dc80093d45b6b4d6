import re
import tomllib
from importlib.resources import files

import pytest

from amends.expertise.playbooks import STEPS, playbook

LANGUAGES = ("en", "pl", "ru", "sk")
SECTIONS = {"description", "goals", "skill", "sources", "apply", "learned"}
# "otrzymałam/em", "zapytał(a)", "клиент(ка)": a form that makes the reader choose.
CHOICE = re.compile(r"\w/\w{1,3}\b(?!\w)|\w\(\w{1,4}\)")


def raw(language):
    source = files("amends.expertise.playbooks") / "heard" / f"{language}.toml"
    return tomllib.loads(source.read_text(encoding="utf-8"))


def texts_in(data):
    if isinstance(data, str):
        return [data]
    inside = data.values() if isinstance(data, dict) else data
    return [text for each in inside for text in texts_in(each)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_has_the_five_steps_with_their_cards(language):
    book = playbook(language)
    assert tuple(step.key for step in book.steps) == STEPS
    assert book.title == "HEARD"
    for step in book.steps:
        assert step.name
        assert step.hint
        assert set(vars(step.card)) == SECTIONS
        assert all(vars(step.card).values())


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_has_the_same_keys_in_every_language(language):
    here, there = raw(language), raw("en")
    assert set(here["next"]) == set(there["next"])
    assert set(here["step"]) == set(there["step"])
    for key in STEPS:
        assert set(here["step"][key]["card"]) == SECTIONS


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_makes_no_reader_choose_a_form(language):
    assert not [text for text in texts_in(raw(language)) if CHOICE.search(text)]


def test_it_finds_a_step_or_says_that_there_is_none():
    assert playbook("en").step("hear").key == "hear"
    with pytest.raises(KeyError):
        playbook("en").step("tick")
    with pytest.raises(FileNotFoundError):
        playbook("xx")
