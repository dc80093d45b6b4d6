"""A note can never become a message: there is no way from the one to the other."""

from datetime import timedelta

import pytest

from amends.records.answering.answer import Answer, send_answer
from amends.records.complaints.models import Message, Note
from amends.records.complaints.refusals import NothingWritten
from amends.records.post.models import Outgoing

SECRET = "He shouted at me, be careful"


def reached_from(model):
    """All models that a row of the model leads to, by whatever chain of keys of its own."""
    found, ahead = set(), [model]
    while ahead:
        for field in ahead.pop()._meta.get_fields():
            towards = field.concrete and field.related_model
            if towards and towards not in found:
                found.add(towards)
                ahead.append(towards)
    return found


def test_it_leads_to_no_message_and_no_mail():
    assert not {Message, Outgoing} & reached_from(Note)
    assert Note not in reached_from(Message) | reached_from(Outgoing)


def test_it_shares_no_table_and_no_field_that_sends():
    assert Note._meta.db_table != Message._meta.db_table
    assert {field.name for field in Note._meta.local_fields} == {
        "id",
        "contact",
        "author",
        "text",
        "at",
    }
    assert not [name for name in vars(Note) if "send" in name or "message" in name]


def test_it_is_written_and_on_record_and_never_sent(complaint, cast, now, verbs):
    before = Outgoing.objects.count()
    note = Note.objects.write(complaint.contact, by=cast.ana, text=f" {SECRET} ", at=now)
    assert (note.text, note.author, note.at) == (SECRET, cast.ana, now)
    assert verbs(complaint.contact)[-1] == "note_written"
    assert Outgoing.objects.count() == before
    send_answer(complaint.contact, Answer(text="Sorry."), by=cast.ana, at=now + timedelta(hours=1))
    assert not Outgoing.objects.filter(body__contains=SECRET).exists()
    assert not Message.objects.filter(text__contains=SECRET).exists()


def test_it_is_no_answer(complaint, cast, now):
    due_at = complaint.contact.answer_due_at
    Note.objects.write(complaint.contact, by=cast.ana, text="Called the courier", at=now)
    complaint.contact.plan(at=now)
    assert complaint.contact.answer_due_at == due_at


@pytest.mark.parametrize("text", ["", "  \n"])
def test_it_says_something(complaint, cast, now, text):
    with pytest.raises(NothingWritten):
        Note.objects.write(complaint.contact, by=cast.ana, text=text, at=now)
