"""Polish, Russian and Slovak are whole: nothing missing, nothing fuzzy, nothing left over."""

import re

import pytest
from babel.messages.pofile import read_po

from amends.ground.ui.translations import LANGUAGES, catalogue_path, collected

_PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|\{\w+\}")


@pytest.fixture(scope="module")
def asked():
    return {_key(message): message for message in collected() if message.id}


@pytest.fixture(scope="module", params=LANGUAGES)
def catalogue(request):
    with catalogue_path(request.param).open("rb") as file:
        return read_po(file, locale=request.param)


def test_it_says_everything_that_is_asked_for(asked, catalogue):
    said = {_key(message): message for message in catalogue if message.id}
    missing = [key for key in asked if key not in said or not _is_whole(said[key])]
    assert missing == []


def test_it_has_nothing_fuzzy(catalogue):
    assert [message.id for message in catalogue if message.id and message.fuzzy] == []


def test_it_has_nothing_left_over(asked, catalogue):
    assert [message.id for message in catalogue if message.id and _key(message) not in asked] == []


def test_it_keeps_every_placeholder(catalogue):
    for message in catalogue:
        if not message.id:
            continue
        ids = message.id if isinstance(message.id, tuple) else (message.id,)
        wanted = set(_PLACEHOLDER.findall(ids[-1]))
        for form in _forms(message):
            # A singular may say "one" where the plural counts.
            missing = wanted - set(_PLACEHOLDER.findall(form))
            added = set(_PLACEHOLDER.findall(form)) - wanted
            assert not added, form
            assert not missing or (len(ids) > 1 and missing <= {"%(count)s", "%(days)s"}), form


def test_it_raises_its_voice_nowhere(catalogue):
    loud = [form for message in catalogue if message.id for form in _forms(message) if "!" in form]
    assert loud == []


def _key(message):
    return (message.context, message.id if isinstance(message.id, str) else message.id[0])


def _forms(message):
    return message.string if isinstance(message.string, tuple) else (message.string,)


def _is_whole(message):
    return all(form.strip() for form in _forms(message))
