"""What we understand: goal, wish, fault, severity, cause; never the story."""

import pytest

TYPED = {
    "goal": "my 200 back", "wish": "refund", "wish_words": "just give it back", "fault": "ours",
    "severity": "3", "case_cause": "The price list was not updated.",
}  # fmt: skip


def typed(**changed):
    return {f"understanding-{name}": value for name, value in {**TYPED, **changed}.items()}


def test_it_notes_what_is_understood_and_leaves_the_story(ana, to, complaint, again):
    story = complaint.story
    sent = {**typed(), "understanding-story": "She was wrong.", "story": "She was wrong."}
    assert ana.post(to("understanding", complaint.contact), sent).status_code == 302
    complaint = again(complaint)
    assert {name: str(getattr(complaint, name)) for name in TYPED} == TYPED
    assert complaint.story == story


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"goal": ""}, "required"),
        ({"goal": "g" * 161}, "at most 160"),
        ({"severity": "5"}, "less than or equal to 4"),
        ({"severity": "urgent"}, "whole number"),
        ({"fault": "hers"}, "hers"),
        ({"wish": "revenge"}, "revenge"),
        ({"case_cause": "c" * 2_001}, "at most 2000"),
        ({"wish_words": "a\0b"}, "Null characters"),
    ],
)
def test_it_says_what_is_wrong_and_keeps_what_was_typed(
    ana, to, complaint, again, changed, sentence
):
    shown = ana.post(to("understanding", complaint.contact), typed(**changed))
    page = shown.content.decode()
    assert shown.status_code == 422
    assert sentence in page
    form = shown.context["forms"]["understanding"]
    assert {name: form[name].value() for name in TYPED} == {**TYPED, **changed}
    for name in ("goal", "wish_words", "case_cause"):
        assert {**TYPED, **changed}[name] in page, name
    assert again(complaint).fault == "unknown"
