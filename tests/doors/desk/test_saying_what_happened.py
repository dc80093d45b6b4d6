"""Each event of a case has a sentence; none stands in the timeline as the name of a verb."""

import re
from pathlib import Path

import pytest

import amends
from amends.doors.desk.templatetags.desk_words import sentence, why_first
from amends.ground.events.models import Event
from amends.records.complaints import timeline

_VERB = re.compile(r"record\(\s*\"([a-z_]+)\"", re.DOTALL)
_ELSEWHERE = {"promise_kept", "promise_broken", "point_answered", "point_open_again"}


def verbs():
    """All that records write, save what a message or a note shows by itself."""
    sources = (Path(amends.__file__).parent / "records").rglob("*.py")
    written = {verb for source in sources for verb in _VERB.findall(source.read_text())}
    return sorted((written | _ELSEWHERE) - timeline.SHOWN_ITSELF)


@pytest.mark.parametrize("verb", verbs())
def test_it_has_a_sentence(verb, now):
    said = sentence(Event(verb=verb, at=now, data={"to": "Ewa Król"}))
    assert said != verb.replace("_", " ")


def test_it_says_what_was_promised(now):
    assert sentence(Event(verb="promised", at=now, data={"what": "50%"})) == "Promised: 50%"


def test_it_says_to_whom_and_why_it_was_handed(now):
    data = {"to": "Ewa Król", "why": "speaks Russian"}
    said = sentence(Event(verb="handed", at=now, data=data))
    assert said == "Handed to Ewa Król: speaks Russian"


def test_it_tells_a_no_from_a_new_message(now):
    no = sentence(Event(verb="reopened", at=now, data={"not_solved": True}))
    wrote = sentence(Event(verb="reopened", at=now, data={"not_solved": False}))
    assert no != wrote


def test_it_says_first_why_a_failed_recovery_is_first(complaint, now):
    complaint.deny(words="", at=now)
    assert why_first(complaint.contact, now) == "First because we said it was solved and it wasn’t"
