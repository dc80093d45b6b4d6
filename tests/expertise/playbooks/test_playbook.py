import re
import tomllib
from importlib.resources import files

import pytest

from amends.expertise.playbooks import BOOKS, STEPS, playbook

LANGUAGES = ("en", "pl", "ru", "sk")
SECTIONS = {"description", "goals", "skill", "sources", "apply", "learned"}
# "otrzymałam/em", "zapytał(a)", "клиент(ка)": a form that makes the reader choose.
CHOICE = re.compile(r"\w/\w{1,3}\b(?!\w)|\w\(\w{1,4}\)")


OTHERS = [name for name in BOOKS if name != "heard"]


def raw(language, name="heard"):
    source = files("amends.expertise.playbooks") / name / f"{language}.toml"
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
    written = [text for name in BOOKS for text in texts_in(raw(language, name))]
    assert not [text for text in written if CHOICE.search(text)]


def test_it_finds_a_step_or_says_that_there_is_none():
    assert playbook("en").step("hear").key == "hear"
    with pytest.raises(KeyError):
        playbook("en").step("tick")
    with pytest.raises(FileNotFoundError):
        playbook("xx")


def test_it_has_no_folder_that_is_not_among_the_books():
    folder = files("amends.expertise.playbooks")
    held = {each.name for each in folder.iterdir() if (folder / each.name / "en.toml").is_file()}
    assert held == set(BOOKS)


@pytest.mark.parametrize("name", OTHERS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_it_words_another_playbook_by_what_differs_from_the_first(name, language):
    here, first, english = raw(language, name), raw(language), raw("en", name)
    assert keys_in(here) == keys_in(english)
    assert keys_in(here) <= keys_in(first)
    book, heard = playbook(language, name), playbook(language)
    assert book.title == here["title"] != heard.title
    for step in STEPS:
        assert book.step(step).hint == here["step"][step]["hint"] != heard.step(step).hint
        assert book.step(step).card.goals == heard.step(step).card.goals
    assert book.next_texts.keys() == heard.next_texts.keys()
    assert book.next_texts["nothing"] == heard.next_texts["nothing"]
    assert book.next_texts["answer"] == here["next"]["answer"]["text"]


def test_it_is_said_in_other_words_and_the_shipped_ones_stay():
    book = playbook("en").reworded({"hear_name": "Listen", "next_answer": "Call", "zzz": "x"})
    assert (book.step("hear").name, book.next_texts["answer"]) == ("Listen", "Call")
    assert book.step("hear").hint == playbook("en").step("hear").hint
    assert playbook("en").step("hear").name == "Hear"
    assert set(book.words) == set(playbook("en").words)


def keys_in(data, before=""):
    if not isinstance(data, dict):
        return {before}
    return {key for name, inside in data.items() for key in keys_in(inside, f"{before}.{name}")}
