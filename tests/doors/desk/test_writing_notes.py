"""A note is for colleagues; it can be left any time and never goes out."""

import pytest

from amends.records.post.models import Outgoing


def test_it_keeps_a_note_and_sends_nothing(ana, to, complaint):
    sent = Outgoing.objects.count()
    answer = ana.post(
        to("note", complaint.contact), {"note-text": "She called twice <b>today</b>."}
    )
    assert (answer.status_code, answer["Location"]) == (302, to("case", complaint.contact))
    assert complaint.contact.notes.get().author.name == "Ana Example"
    assert Outgoing.objects.count() == sent
    page = ana.get(to("case", complaint.contact)).content.decode()
    assert "She called twice &lt;b&gt;today&lt;/b&gt;." in page


def test_it_keeps_a_note_on_a_closed_case(ana, to, complaint, clock):
    complaint.confirm(words="", at=clock())
    ana.post(to("note", complaint.contact), {"note-text": "For the record."})
    assert complaint.contact.notes.get().text == "For the record."


@pytest.mark.parametrize(
    ("text", "sentence"),
    [("", "required"), (" \n", "required"), ("a" * 20_001, "at most 20000"), ("a\0b", "Null char")],
)
def test_it_says_what_is_wrong_and_keeps_what_was_typed(ana, to, complaint, text, sentence):
    shown = ana.post(to("note", complaint.contact), {"note-text": text})
    assert shown.status_code == 422
    assert sentence in shown.content.decode()
    assert shown.context["forms"]["note"]["text"].value() == text
    assert complaint.contact.notes.count() == 0
