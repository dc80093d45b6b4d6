"""Each thing that went wrong is a point, open until an answer covers it."""

import pytest


def test_it_adds_a_point(ana, to, complaint):
    assert (
        ana.post(to("points", complaint.contact), {"point-text": "Billed 200"}).status_code == 302
    )
    assert complaint.points.get().text == "Billed 200"


def test_it_marks_a_point_as_answered_and_opens_it_again(ana, to, complaint, clock):
    ana.post(to("points", complaint.contact), {"point-text": "Billed 200"})
    point = complaint.points.get()
    for answered, answered_at in (("yes", clock()), ("no", None)):
        ana.post(to("point", complaint.contact, point.pk), {"answered": answered})
        point.refresh_from_db()
        assert point.answered_at == answered_at


@pytest.mark.parametrize("text", ["", "   ", "p" * 201, "a\0b"])
def test_it_says_what_is_wrong_and_keeps_what_was_typed(ana, to, complaint, text):
    shown = ana.post(to("points", complaint.contact), {"point-text": text})
    assert shown.status_code == 422
    assert shown.context["forms"]["point"].errors
    assert f'value="{text}"' in shown.content.decode() or not text.strip()
    assert complaint.points.count() == 0
