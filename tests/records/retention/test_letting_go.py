"""What the house keeps no longer goes whole; what anybody may still need never does."""

from datetime import timedelta
from email.message import EmailMessage

import pytest

from amends.ground import files, search
from amends.ground.events.models import Event
from amends.records.complaints.indexing import index_contact
from amends.records.complaints.models import Attachment, Contact, Message, Note
from amends.records.complaints.splitting import split_off
from amends.records.notices.models import Choice, Notice
from amends.records.post.models import Outgoing, RawMail
from amends.records.retention import due, letting_go
from amends.records.retention.letting_go import let_go
from amends.records.writing.models import Draft, DraftFile

DAY = timedelta(days=1)


@pytest.fixture
def later(now):
    return now + 100 * DAY


@pytest.fixture
def rule(cast, now):
    def rule(**days):
        cast.house.set(by=cast.ewa, at=now, **days)

    return rule


@pytest.fixture
def spam(receive, cast, now, post_office):
    """A mail with a file, acknowledged, and set aside by Ana."""
    mail = EmailMessage()
    mail["From"], mail["To"] = "shop@offers.example", "help@house.example"
    mail["Subject"] = "Wallpapers"
    mail.set_content("Wallpapers at half the price.")
    mail.add_attachment(b"prices", maintype="application", subtype="pdf", filename="prices.pdf")
    contact = receive(raw=mail.as_bytes()).contact
    contact.decide("nothing", by=cast.ana, at=now)
    post_office.accept(now + timedelta(minutes=5))
    return contact


def test_it_lets_nothing_go_in_a_house_that_set_nothing(spam, cast, later):
    Draft.objects.keep(spam, "note", {"text": "?"}, by=cast.ana, at=later - 99 * DAY)
    assert let_go(later + 2000 * DAY) == {}
    assert Contact.objects.filter(pk=spam.pk).exists()
    assert Draft.objects.count() == 1


def test_it_lets_go_whole_what_was_set_aside(spam, cast, rule, later, now):
    Note.objects.write(spam, by=cast.ana, text="Again them.", at=now)
    index_contact.func(str(spam.pk))
    assert search.search("wallpapers", language="en", limit=5) == [spam.pk]
    assert Outgoing.objects.filter(thread=spam.pk, state="accepted").exists()
    rule(set_aside_days=90)
    assert due.waiting(cast.house, later) == {"set_aside_days": 1, "look_days": 0}
    assert let_go(later) == {"contacts": 1}
    for left in (Contact, Message, Attachment, Note, RawMail, Outgoing):
        assert not left.objects.exists(), left
    assert search.search("wallpapers", language="en", limit=5) == []
    told = Event.objects.get(verb="let_go")
    assert (told.thread, told.data, told.actor_kind) == (cast.house.id, {"contacts": 1}, "program")
    assert let_go(later) == {}
    assert Event.objects.filter(verb="let_go").count() == 1


def test_it_keeps_the_events_and_another_day_the_bytes(spam, rule, later):
    rule(set_aside_days=90)
    digest = Attachment.objects.get().digest
    let_go(later)
    assert Event.objects.about(spam.pk).filter(verb="arrived").exists()
    assert files.read(digest) == b"prices"


def test_it_lets_go_on_the_day_and_not_before(spam, rule, now):
    rule(set_aside_days=90)
    assert let_go(now + 90 * DAY) == {}
    assert let_go(now + 90 * DAY + timedelta(minutes=1)) == {"contacts": 1}


@pytest.mark.parametrize("kind", ["undecided", "question", "complaint"])
def test_it_never_lets_go_what_is_anything_else(contact, cast, rule, later, now, kind):
    if kind != "undecided":
        contact.decide(kind, by=cast.ana, at=now)
    rule(set_aside_days=30)
    assert let_go(later) == {}
    assert Contact.objects.filter(pk=contact.pk).exists()


def test_it_keeps_what_was_taken_up_again(spam, cast, rule, later, now):
    spam.decide("question", by=cast.ana, at=now + DAY)
    rule(set_aside_days=30)
    assert let_go(later) == {}


def test_it_keeps_what_others_were_split_from(spam, receive, cast, rule, later, now):
    spam.decide("question", by=cast.ana, at=now)
    second = spam.customer_writes(text="And lamps.", at=now + timedelta(hours=1))
    new = split_off(spam, [second], by=cast.ana, at=now + timedelta(hours=2))
    for contact in (spam, new):
        Contact.objects.get(pk=contact.pk).decide("nothing", by=cast.ana, at=now + DAY)
    rule(set_aside_days=30)
    assert let_go(later) == {}


def test_it_keeps_what_was_once_merged(receive, cast, rule, later, now):
    first = receive("Lamps.", subject="Lamps").contact
    second = receive("Lamps again.", subject="More", at=now + timedelta(hours=1)).contact
    second.merge_into(first, by=cast.ana, at=now + timedelta(hours=2))
    Contact.objects.get(pk=second.pk).unmerge(by=cast.ana, at=now + timedelta(hours=3))
    for contact in (first, second):
        Contact.objects.get(pk=contact.pk).decide("nothing", by=cast.ana, at=now + DAY)
    rule(set_aside_days=30)
    assert let_go(later) == {}


def test_it_keeps_what_we_wrote_to(answered_question, cast, rule, later, now):
    answered_question.decide("nothing", by=cast.ana, at=now + DAY)
    rule(set_aside_days=30)
    assert let_go(later) == {}


@pytest.fixture
def answered_question(contact, cast, now):
    from amends.records.answering.answer import Answer, send_answer

    contact.decide("question", by=cast.ana, at=now)
    send_answer(contact, Answer(text="At nine."), by=cast.ana, at=now)
    return Contact.objects.get(pk=contact.pk)


def test_it_keeps_a_contact_whose_mail_has_not_left(receive, cast, rule, later, now):
    contact = receive("Lamps.").contact
    contact.decide("nothing", by=cast.ana, at=now)
    assert Outgoing.objects.filter(thread=contact.pk, state="queued").exists()
    rule(set_aside_days=30)
    assert let_go(later) == {}


def test_it_goes_on_with_the_next_batch(receive, cast, rule, later, now, post_office, monkeypatch):
    for number in range(3):
        receive(f"Lamps {number}.", subject=f"Lamps {number}").contact.decide(
            "nothing", by=cast.ana, at=now
        )
    post_office.accept(now + timedelta(minutes=5))
    monkeypatch.setattr(letting_go, "_CONTACTS", 2)
    rule(set_aside_days=30)
    assert [let_go(later) for _round in range(3)] == [{"contacts": 2}, {"contacts": 1}, {}]


def test_it_lets_go_of_a_draft_that_nobody_touched_and_of_no_other(contact, cast, rule, now, later):
    kept = files.KeptFile("a.txt", "text/plain", 3, files.keep(b"abc"))
    Draft.objects.keep(contact, "note", {"text": "old"}, by=cast.ana, at=now, files=[kept])
    Draft.objects.keep(contact, "note", {"text": "new"}, by=cast.marek, at=later - 29 * DAY)
    rule(draft_days=30)
    assert let_go(later) == {"drafts": 1}
    assert Draft.objects.get().person == cast.marek
    assert not DraftFile.objects.exists()


def test_it_lets_go_of_seen_notices_of_closed_cases_only(contact, spam, cast, rule, now, later):
    Choice.objects.of(cast.marek).choose(
        in_desk=["customer_wrote"], by_mail=[], every_hours=0, quiet_from=None, quiet_until=None,
        quiet_days=[],
    )  # fmt: skip
    Notice.objects.all().delete()
    for about in (contact, spam):
        Notice.objects.tell(cast.marek, about, "customer_wrote", key=f"1 {about.pk}", at=now)
    Notice.objects.see(cast.marek, at=now)
    Notice.objects.tell(cast.marek, spam, "customer_wrote", key="2", at=now)
    rule(notice_days=30)
    assert let_go(later) == {"notices": 1}
    left = {(notice.contact, notice.seen_at is None) for notice in Notice.objects.all()}
    assert left == {(contact, False), (spam, True)}
