"""The next action: another text and date may be set, never past a promise or clock."""

import pytest


def typed(**changed):
    values = {"text": "Ask the courier", "date": "2026-11-25", "time": "16:00", **changed}
    return {f"next-{name}": value for name, value in values.items()}


def test_it_sets_another_next_action(ana, to, contact):
    assert ana.post(to("next", contact), typed()).status_code == 302
    contact.refresh_from_db()
    assert contact.next_text == "Ask the courier"
    assert contact.next_at.isoformat() == "2026-11-25T15:00:00+00:00"
    assert "Ask the courier" in ana.get(to("case", contact)).content.decode()


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"date": "2026-12-24"}, "later than the earliest promise or clock"),
        ({"date": ""}, "required"),
        ({"date": "0001-01-01", "time": "00:00"}, "Check the year"),
        ({"date": "9999-12-31"}, "Check the year"),
        ({"text": "t" * 201}, "at most 200"),
    ],
)
def test_it_refuses_in_words_and_keeps_what_was_typed(ana, to, complaint, changed, sentence):
    before = complaint.contact.next_at
    shown = ana.post(to("next", complaint.contact), typed(**changed))
    page = shown.content.decode()
    assert shown.status_code == 422
    assert sentence in page
    for value in typed(**changed).values():
        assert f'value="{value}"' in page or not value
    complaint.contact.refresh_from_db()
    assert complaint.contact.next_at == before


def test_it_keeps_what_was_typed_when_the_case_was_closed_meanwhile(ana, to, complaint, clock):
    complaint.confirm(words="", at=clock())
    shown = ana.post(to("next", complaint.contact), typed())
    assert shown.status_code == 422
    assert "This case is closed" in shown.content.decode()
    assert "Ask the courier" in shown.content.decode()
