"""A draft is whoever's typed it, one of each kind a case, and gone once it is said."""

from datetime import timedelta

import pytest

from amends.ground.files import KeptFile, keep
from amends.records.answering.answer import Answer, send_answer
from amends.records.complaints.models import Note
from amends.records.writing.models import Draft, DraftFile
from amends.records.writing.taking_back import take_back_to_draft


@pytest.fixture
def draft(cast, complaint, now):
    def draft(who, text="I am sorry", what="reply", **more):
        return Draft.objects.keep(
            complaint.contact, what, {"text": text}, by=getattr(cast, who), at=now, **more
        )

    return draft


@pytest.fixture
def bill():
    return KeptFile("rachunek.pdf", "application/pdf", 4, keep(b"%PDF"))


def test_it_keeps_one_of_each_for_each(cast, draft):
    draft("ana")
    draft("ana", "I am very sorry")
    draft("ana", "Look at the bill", "note")
    draft("marek", "Me too")
    mine = Draft.objects.of(cast.ana).order_by("what")
    assert [(one.what, one.fields["text"]) for one in mine] == [
        ("note", "Look at the bill"), ("reply", "I am very sorry"),
    ]  # fmt: skip


def test_it_is_gone_once_it_is_sent_and_only_its_authors(cast, complaint, draft, bill, now):
    draft("ana", files=[bill])
    draft("ana", "inside", "note")
    draft("marek")
    send_answer(complaint.contact, Answer(text="I am sorry"), by=cast.ana, at=now)
    left = Draft.objects.order_by("what").values_list("person__name", "what")
    assert list(left) == [("Ana Example", "note"), ("Marek Example", "reply")]
    assert not DraftFile.objects.exists()
    Note.objects.write(complaint.contact, by=cast.ana, text="inside", at=now)
    assert not Draft.objects.of(cast.ana).exists()


def test_it_does_not_come_back_by_a_save_that_was_on_its_way(cast, complaint, draft, now):
    page_made_at = now - timedelta(seconds=30)
    send_answer(complaint.contact, Answer(text="I am sorry"), by=cast.ana, at=now)
    Note.objects.write(complaint.contact, by=cast.ana, text="inside", at=now)
    assert draft("ana", since=page_made_at) is None
    assert draft("ana", what="note", since=page_made_at) is None
    assert draft("marek", since=page_made_at)
    assert draft("ana", since=now + timedelta(seconds=1))


def test_it_is_there_again_with_its_files_when_the_reply_is_taken_back(
    cast, complaint, draft, bill, now
):
    answer = Answer(text="I am sorry", files=(bill,))
    message = send_answer(complaint.contact, answer, by=cast.ana, at=now)
    draft("ana", "And another thing")
    at = now + timedelta(seconds=3)
    again = take_back_to_draft(message, lambda it: {"text": it.text}, by=cast.ana, at=at)
    assert again.fields["text"] == "I am sorry\n\nAnd another thing"
    assert [file.kept() for file in again.files.all()] == [bill]
    assert draft("ana", since=now - timedelta(seconds=9))
