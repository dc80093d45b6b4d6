"""Words and files that must not be kept are taken out of one message, for good and on record."""

from datetime import timedelta
from email.message import EmailMessage

import pytest

from amends.ground import search
from amends.ground.events.models import Event
from amends.ground.events.verifying import look_again
from amends.records.answering.answer import Answer, send_answer
from amends.records.complaints.indexing import index_contact
from amends.records.post.models import Outgoing, RawMail
from amends.records.retention import erasing, redacting
from amends.records.retention.models import LegalHold
from amends.records.retention.redacting import BLACKED, redact

WHY = "A card number"
CARD = "My card is 4111 1111 1111 1111 Zanzibar."


@pytest.fixture
def contact(receive, cast, now, post_office):
    """A complaint with a card number in its words, and two files."""
    mail = EmailMessage()
    mail["From"], mail["To"] = "Olga Nowak <olga@customer.example>", "help@house.example"
    mail["Subject"] = "Billed twice"
    mail.set_content(CARD)
    for name in ("bill.txt", "card.txt"):
        mail.add_attachment(name.encode(), maintype="text", subtype="plain", filename=name)
    contact = receive(raw=mail.as_bytes()).contact
    contact.decide("complaint", by=cast.ana, at=now)
    post_office.accept(now + timedelta(minutes=1))
    return contact


def message_of(contact):
    return contact.messages.filter(direction="in").earliest("at", "id")


def take_out(contact, cast, at, *, words=True, files=(), why=WHY, by=None):
    message = message_of(contact)
    chosen = list(message.attachments.filter(name__in=files))
    redact(message, words=words, files=chosen, why=why, by=by or cast.ewa, at=at)
    return message_of(contact)


def test_it_takes_the_words_out_everywhere_and_leaves_the_files(contact, cast, now):
    index_contact.func(str(contact.pk))
    assert search.search("zanzibar", language="en", limit=5) == [contact.pk]
    message = take_out(contact, cast, now)
    assert (message.text, message.raw, message.attachments.count()) == (BLACKED, None, 2)
    assert not RawMail.objects.exists()
    contact.complaint.refresh_from_db()
    assert (contact.complaint.story, "4111" in contact.complaint.goal) == (BLACKED, False)
    assert not Outgoing.objects.filter(body__contains="4111").exists()
    index_contact.func(str(contact.pk))
    assert search.search("zanzibar", language="en", limit=5) == []


def test_it_takes_the_words_out_of_the_acknowledgement_and_of_later_history(
    contact, cast, now, receive
):
    told = contact.messages.get(purpose="acknowledgement")
    assert "4111" in told.text
    later = receive(
        f"Any news?\n\nOn Wednesday Olga wrote:\n> {CARD}\n", at=now + timedelta(hours=1),
        In_Reply_To=told.message_id,
    ).message  # fmt: skip
    assert "4111" in later.quoted
    take_out(contact, cast, now + timedelta(hours=2))
    for message in contact.messages.all():
        assert "4111" not in f"{message.text} {message.quoted} {message.html}"
        assert message.raw is None
    assert contact.messages.get(pk=later.pk).text.startswith("Any news?")


def test_it_takes_out_one_file_and_the_mail_that_has_it_too(contact, cast, now):
    message = take_out(contact, cast, now, words=False, files=["card.txt"])
    assert message.text.strip() == CARD
    assert [one.name for one in message.attachments.all()] == ["bill.txt"]
    assert not RawMail.objects.exists()


def test_it_says_who_when_and_why_in_a_chain_that_holds(contact, cast, now):
    take_out(contact, cast, now)
    event = Event.objects.about(contact.pk).get(verb="redacted")
    assert (event.actor_name, event.data["why"], event.data["words"]) == ("Ewa Example", WHY, True)
    assert not look_again(contact.pk).findings


def test_it_takes_out_a_not_solved_where_its_words_were_kept_too(contact, cast, now, post_office):
    contact.complaint.close_as_lead(reason="other", why="x", by=cast.ewa, at=now)
    contact.complaint.refresh_from_db()
    contact.refresh_from_db()
    contact.customer_writes(text=f"No! {CARD}", at=now + timedelta(hours=1))
    message = contact.messages.get(text__startswith="No!")
    redact(message, words=True, files=(), why=WHY, by=cast.ewa, at=now + timedelta(hours=2))
    assert not contact.reopenings.filter(words__contains="4111").exists()
    told = [event.data for event in Event.objects.about(contact.pk)]
    assert "4111" not in str(told)
    assert not look_again(contact.pk).findings


def test_it_takes_out_what_we_wrote_once_it_has_left(contact, cast, now, post_office):
    reply = send_answer(contact, Answer(text=f"You wrote: {CARD}"), by=cast.ana, at=now)
    with pytest.raises(erasing.MailUnderway):
        redact(reply, words=True, files=(), why=WHY, by=cast.ewa, at=now)
    post_office.accept(now + timedelta(minutes=5))
    reply.refresh_from_db()
    redact(reply, words=True, files=(), why=WHY, by=cast.ewa, at=now + timedelta(minutes=6))
    outgoing = Outgoing.objects.get(pk=reply.outgoing_id)
    assert (outgoing.body, outgoing.mime_digest, outgoing.state) == (BLACKED, "", "accepted")


@pytest.mark.parametrize(
    ("facts", "refusal"),
    [
        ({"words": False}, redacting.NothingToRedact),
        ({"why": "  "}, redacting.ReasonNotSaid),
        ({"by": "ana"}, redacting.OnlyALeadRedacts),
    ],
)
def test_it_is_refused_without_a_choice_a_reason_or_a_lead(contact, cast, now, facts, refusal):
    by = {"by": getattr(cast, facts["by"])} if "by" in facts else {}
    with pytest.raises(refusal):
        take_out(contact, cast, now, **(facts | by))
    assert message_of(contact).text.strip() == CARD


def test_it_is_refused_under_a_legal_hold(contact, cast, now):
    LegalHold.objects.put(contact.customer, why="A claim", by=cast.ewa, at=now)
    with pytest.raises(erasing.OnHold):
        take_out(contact, cast, now)
