"""What comes back: a report stands where its mail stands, and what did not arrive was not said."""

from datetime import timedelta
from pathlib import Path

import pytest

from amends.ground.events.models import Event
from amends.records.complaints.models import Contact, Message
from amends.records.joining.letters import write_to
from amends.records.notices.models import Notice
from amends.records.post.models import Outgoing, RawMail

REPORTS = Path(__file__).parents[2] / "expertise" / "correspondence" / "reports"
OURS = b"0193f00000007000800000000000000a.0123456789abcdef@house.example"
EARLIER = b"0193f00000007000800000000000000b.fedcba9876543210@house.example"
LATER = timedelta(hours=3)


def report(name, of, *, earlier=None):
    """The report of a program, on a mail of ours."""
    raw = (REPORTS / f"{name}.eml").read_bytes()
    raw = raw.replace(OURS, of.message_id.strip("<>").encode())
    return raw.replace(EARLIER, earlier.message_id.encode()) if earlier else raw


@pytest.fixture
def reply(answered, cast):
    return answered.contact.messages.get(author=cast.ana)


@pytest.mark.parametrize(
    "name",
    ["postfix", "postfix-headers-only", "exchange", "gmail", "exim", "qmail", "yandex", "mail-ru",
     "polish-host", "slovak-host", "nested-in-a-mail", "nested-in-mixed"],
)  # fmt: skip
def test_it_takes_back_that_a_reply_was_sent(answered, reply, receive, now, verbs, name):
    taken = receive(raw=report(name, reply), at=now + LATER)
    reply.refresh_from_db()
    contact = Contact.objects.get()
    assert (taken.what, taken.contact, taken.automatic) == ("reply", contact, True)
    assert reply.refused_at == now + LATER
    assert (reply.outgoing.state, reply.outgoing.accepted_at) == ("refused", None)
    assert (contact.next_key, contact.last_direction) == ("answer", "in")
    assert contact.waiting_since == contact.received_at.timestamp()
    assert "mail_refused" in verbs(contact)


@pytest.mark.parametrize("name", ["postfix-late", "exim-late", "slovak-late", "delivered"])
def test_it_puts_a_report_of_delay_in_its_thread_and_waits(reply, receive, now, name):
    receive(raw=report(name, reply), at=now + LATER)
    reply.refresh_from_db()
    contact = Contact.objects.get()
    assert (reply.refused_at, reply.outgoing.state) == (None, "accepted")
    assert contact.messages.filter(direction="in", automatic="bounce").count() == 1
    assert contact.last_direction == "out"


def test_it_wakes_who_wrote_it_once(reply, cast, receive, now):
    receive(raw=report("postfix", reply), at=now + LATER)
    receive(raw=report("gmail", reply), at=now + LATER)
    assert Notice.objects.filter(person=cast.ana, what="bounced").count() == 1
    assert Event.objects.filter(verb="mail_refused").count() == 1


def test_it_leaves_alone_the_mails_before_it_in_the_thread(
    answered, reply, cast, receive, now, post_office
):
    at = now + timedelta(hours=2)
    receive("Thanks, and the fee?", subject=f"Re: [{answered.contact.reference}]", at=at)
    second = Contact.objects.get().reply(text="That too.", by=cast.ana, at=at, undo=timedelta(0))
    post_office.accept(at + timedelta(minutes=1))
    receive(raw=report("postfix", second, earlier=reply), at=now + LATER)
    assert [m.pk for m in Message.objects.exclude(refused_at=None)] == [second.pk]


def test_it_believes_no_report_on_a_mail_that_we_did_not_sign(reply, receive, now):
    forged = Message(message_id=reply.message_id.replace(".", ".0", 1))
    for name in ("postfix", "qmail", "gmail"):
        taken = receive(raw=report(name, forged), at=now + LATER)
        assert (taken.what, taken.contact.proposal) == ("contact", "nothing")
    reply.refresh_from_db()
    assert reply.refused_at is None


def test_it_names_no_mail_that_it_only_quotes_among_others(answered, reply, receive, now):
    first = answered.contact.write_automatically(purpose="link", subject="x", text="x", at=now)
    raw = (
        "From: mailer-daemon@mx.example\nTo: help@house.example\nSubject: failure notice\n\n"
        f"One of {reply.message_id} and {first.message_id} was lost. 550 x\n"
    )
    receive(raw=raw.encode(), at=now + LATER)
    assert not Message.objects.exclude(refused_at=None).exists()


def test_it_is_no_word_of_the_customer(answered, reply, cast, receive, now):
    receive(raw=report("postfix", reply), at=now + LATER)
    contact = Contact.objects.get()
    again = contact.reply(text="Once more.", by=cast.ana, at=now + LATER)
    assert again.to_address == "olga@customer.example"
    assert "Undelivered" not in again.subject
    assert "<report.1@mx.relay.example>" not in again.outgoing.references


def test_it_opens_what_nobody_answered_again(answered, reply, cast, receive, now, post_office):
    for day in (1, 2):
        answered.contact.write_automatically(
            purpose="check_back", subject="?", text="?", at=now + timedelta(days=day)
        )
        post_office.accept(now + timedelta(days=day))
    answered.close_unanswered(at=now + timedelta(days=6))
    receive(raw=report("gave-up-after-days", reply), at=now + timedelta(days=7))
    contact = Contact.objects.get()
    assert (contact.state, contact.outcome, contact.next_key) == ("open", "", "answer")
    reopening = contact.reopenings.get()
    assert (reopening.actor_kind, reopening.not_solved) == ("program", False)
    # As if nothing had been said: the customer waits since the beginning.
    assert contact.waiting_since == answered.contact.received_at.timestamp()


def test_it_opens_again_what_a_lead_closed_with_that_mail(answered, reply, cast, receive, now):
    at = now + timedelta(hours=2)
    answered.close_as_lead(by=cast.ewa, at=at, reason="withdrawn", why="Olga wrote so.")
    receive(raw=report("postfix", reply), at=now + LATER)
    assert Contact.objects.get().state == "open"


def test_it_leaves_closed_what_the_customer_confirmed(answered, reply, receive, now):
    answered.confirm(words="Yes.", at=now + timedelta(hours=2))
    receive(raw=report("postfix", reply), at=now + LATER)
    assert Contact.objects.get().outcome == "confirmed"


def test_it_tells_of_a_mail_to_our_own_people_where_that_mail_is(cast, receive, now, post_office):
    """The pages of invitations and of mail show what was refused; no customer is behind it."""
    mail = write_to(
        "new@house.example", "Nina", "invitation", "en", thread=cast.jan.pk, at=now,
        link="x", by="Jan",
    )  # fmt: skip
    post_office.accept(now)
    taken = receive(raw=report("qmail", mail), at=now + LATER)
    assert (taken.what, taken.contact) == ("automatic", None)
    mail.refresh_from_db()
    assert (mail.state, mail.refused_at) == ("refused", now + LATER)
    assert "no mailbox here" in mail.server_answer
    assert not Contact.objects.exists()


def test_it_sends_nothing_again_that_came_back_meanwhile(cast, receive, now, contact):
    """A worker fell between handing the mail over and the answer; the report says it had left."""
    message = contact.reply(text="Soon.", by=cast.ana, at=now, undo=timedelta(0))
    mail = Outgoing.objects.get()
    mail.hand_over(mail.claim(now), now, mail.mime())
    receive(raw=report("postfix", message), at=now + LATER)
    assert not Outgoing.objects.due(now + timedelta(days=1)).exists()
    assert Outgoing.objects.get().state == "refused"


def test_it_cannot_come_back_before_it_was_sent(cast, receive, now, contact):
    message = contact.reply(text="Soon.", by=cast.ana, at=now)
    receive(raw=report("postfix", message), at=now + timedelta(seconds=1))
    assert Outgoing.objects.get().state == "queued"
    assert Message.objects.get(pk=message.pk).refused_at is None


def test_it_takes_the_same_report_once(reply, receive, now):
    raw = report("postfix", reply)
    receive(raw=raw, at=now + LATER)
    assert receive(raw=raw, at=now + LATER).what == "duplicate"
    assert RawMail.objects.count() == 2


def test_it_marks_an_address_where_nobody_is_until_they_write_from_it(reply, cast, receive, now):
    receive(raw=report("gmail", reply), at=now + LATER)
    address = cast.olga.addresses.get()
    assert address.failing_at == now + LATER
    receive("I am here.", subject="Another thing", at=now + 2 * LATER)
    address.refresh_from_db()
    assert address.failing_at is None


def test_it_does_not_mark_an_address_that_is_only_full(reply, cast, receive, now):
    receive(raw=report("postfix-full", reply), at=now + LATER)
    assert cast.olga.addresses.get().failing_at is None


def test_it_writes_to_the_address_that_takes_mail(answered, reply, cast, receive, now):
    cast.olga.add_address("olga@work.example")
    receive(raw=report("gmail", reply), at=now + LATER)
    assert Contact.objects.get().address_of_customer() == "olga@work.example"


def test_it_still_writes_to_the_only_address(reply, receive, now):
    receive(raw=report("gmail", reply), at=now + LATER)
    assert Contact.objects.get().address_of_customer() == "olga@customer.example"
