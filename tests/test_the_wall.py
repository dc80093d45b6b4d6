"""Between a note and the post is a wall: no function of the program stands on both sides of it."""

import pytest
from tests.way_from_notes import functions_of, having_notes, program, sending

# Who has words of a note in hand, and what for. A new one is thought about, and gets a line.
MAY_HAVE_NOTES = {
    "amends.doors.desk.case.show": "shows them to colleagues",
    "amends.doors.desk.erasing._show": "says how many would go",
    "amends.doors.desk.erasing.page": "says how many would go",
    "amends.doors.desk.templatetags.desk_notices.mentioning": "shows whom they name",
    "amends.records.complaints.indexing.index_contact": "lets colleagues find them",
    "amends.records.complaints.indexing.words_of": "lets colleagues find them",
    "amends.records.complaints.splitting._was_worked_on": "asks whether there are any",
    "amends.records.complaints.timeline._entry": "sorts them in",
    "amends.records.complaints.timeline.timeline_of": "sorts them in",
    "amends.records.notices.telling.a_note_was_written": "finds whom they name",
    "amends.records.retention.erasing.erase_customer": "takes them away",
    "amends.records.retention.erasing.what_goes": "counts them",
    "amends.records.writing.models.draft._said_since": "asks whether there are any",
}
WAYS = {
    "at once": "contact.reply(text=contact.notes.get().text)",
    "over another": "tell(contact, words(contact))",
    "in a new row": "contact.messages.create(text=Note.objects.first().text)",
}
PLANTED = """
from amends.records.complaints.models import Contact, Note

def words(contact: Contact) -> str:
    return contact.notes.get().text

def tell(contact: Contact, text: str) -> None:
    contact.reply(text=text)

def leak(contact: Contact) -> None:
    {way}
"""


@pytest.fixture(scope="module")
def functions():
    return functions_of(program())


def test_it_lets_nobody_send_who_has_a_note_in_hand(functions):
    assert not having_notes(functions) & sending(functions)


def test_it_knows_everybody_who_has_a_note_in_hand(functions):
    assert having_notes(functions) == set(MAY_HAVE_NOTES)


def test_it_knows_how_things_are_sent(functions):
    ways = {
        "amends.doors.desk.reply.create", "amends.records.answering.answer.send_answer",
        "amends.records.complaints.models.telling.call", "amends.records.notices.mailing.mail_notices",
        "amends.records.aftercare.models.survey.ask", "amends.records.joining.inviting.invite",
        "amends.records.writing.models.round.send",
    }  # fmt: skip
    assert ways <= sending(functions)


@pytest.mark.parametrize("way", WAYS)
def test_it_finds_a_way_that_somebody_made(way):
    sources = {**program(), "amends.doors.desk.leak": PLANTED.format(way=WAYS[way])}
    functions = functions_of(sources)
    assert having_notes(functions) & sending(functions) == {"amends.doors.desk.leak.leak"}
