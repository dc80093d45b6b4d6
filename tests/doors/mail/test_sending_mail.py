from datetime import timedelta

import pytest
from django.db import OperationalError

from amends.doors.mail import sender
from amends.doors.mail.sender import BadSmtpSecurity, RealMailInDemo, send_due
from amends.ground import files
from amends.ground.events.models import Event
from amends.records.post.models import Outgoing
from amends.records.post.models.outgoing import GIVE_UP_AFTER, LEASE
from amends.records.post.rendering import render


class Killed(BaseException):
    """The worker is killed here: nothing after this line happens."""


def test_it_sends_what_is_due_over_one_connection(post, server, now):
    mails = [post(to=f"c{number}@example.org") for number in range(3)]
    assert send_due(now) == 3
    assert sorted(server.mails) == [(mail.to_address, render(mail)) for mail in mails]
    assert server.connections == 1
    assert set(Outgoing.objects.values_list("state", flat=True)) == {"accepted"}
    assert Event.objects.filter(verb="mail_accepted").count() == 3
    assert send_due(now) == 0
    assert len(server.mails) == 3


def test_it_opens_no_connection_when_nothing_is_due(post, server, now):
    post(undo=timedelta(seconds=15))
    assert send_due(now) == 0
    assert server.connections == 0
    assert send_due(now + timedelta(seconds=15)) == 1


def test_it_sends_nothing_that_was_taken_back(post, server, now):
    post(undo=timedelta(seconds=15)).cancel(at=now)
    assert send_due(now + timedelta(days=1)) == 0
    assert server.mails == []


def test_it_sends_no_more_than_it_was_told(post, server, now):
    for _ in range(3):
        post()
    assert send_due(now, limit=2) == 2
    assert send_due(now, limit=2) == 1


@pytest.mark.parametrize("stage", ["for_sender", "for_recipient", "for_mail"])
def test_it_records_a_refusal_and_sends_the_next(post, server, now, stage):
    setattr(server, stage, "550 5.1.1 no such person")
    mail = post()
    assert send_due(now) == 1
    mail.refresh_from_db()
    assert (mail.state, mail.server_answer) == ("refused", "550 5.1.1 no such person")
    assert Event.objects.get().verb == "mail_refused"
    setattr(server, stage, "250 OK")
    post()
    assert send_due(now) == 1
    assert Outgoing.objects.filter(state="accepted").count() == 1


@pytest.mark.parametrize("stage", ["for_sender", "for_recipient", "for_mail"])
def test_it_tries_again_later_when_the_server_says_later(post, server, now, stage):
    setattr(server, stage, "450 4.2.0 greylisted")
    mail = post()
    send_due(now)
    mail.refresh_from_db()
    assert (mail.state, mail.server_answer) == ("queued", "450 4.2.0 greylisted")
    assert send_due(now) == 0
    setattr(server, stage, "250 OK")
    assert send_due(mail.next_try_at) == 1
    mail.refresh_from_db()
    # It said that it did not take it, so this was no repetition.
    assert (mail.state, mail.repeated, mail.attempts) == ("accepted", False, 2)


def test_it_tries_again_when_the_server_wants_a_password_that_we_lack(post, server, now):
    server.for_sender = "530 5.7.0 authentication required"
    post()
    send_due(now)
    assert Outgoing.objects.get().state == "queued"


def test_it_tries_again_when_there_is_no_server(post, settings, now):
    settings.SMTP_HOST, settings.SMTP_PORT = "127.0.0.1", 1
    for _ in range(2):
        post()
    assert send_due(now) == 2
    for mail in Outgoing.objects.all():
        assert mail.state == "queued"
        assert "ConnectionRefusedError" in mail.server_answer
    assert send_due(now + GIVE_UP_AFTER + timedelta(minutes=1)) == 2
    assert Event.objects.filter(verb="mail_refused").count() == 2


def test_it_sends_after_a_worker_was_killed_before_it_sent(post, server, now):
    mail = post()
    mail.claim(now)
    assert send_due(now + LEASE - timedelta(seconds=1)) == 0
    assert send_due(now + LEASE) == 1
    mail.refresh_from_db()
    assert (mail.state, mail.repeated) == ("accepted", False)


def test_it_sends_the_same_bytes_after_a_crash_between_answer_and_record(
    post, server, now, monkeypatch
):
    def killed(*_args, **_kwargs):
        raise Killed

    mail = post()
    with monkeypatch.context() as crash:
        crash.setattr(Outgoing, "accept", killed)
        with pytest.raises(Killed):
            send_due(now)
    assert send_due(now) == 0
    assert send_due(now + LEASE) == 1
    (_, first), (_, second) = server.mails
    assert first == second == files.read(Outgoing.objects.get().mime_digest)
    mail.refresh_from_db()
    assert (mail.state, mail.repeated) == ("accepted", True)
    assert Event.objects.get().data == {"outgoing": str(mail.pk), "repeated": True}


# It looks for another connection between two tries, which nothing may do within a transaction.
@pytest.mark.django_db(transaction=True)
def test_it_keeps_what_the_server_said_until_it_can_be_written_down(post, server, now, monkeypatch):
    accept, tries = Outgoing.accept, []

    def locked(mail, *told):
        tries.append(told)
        if len(tries) < 4:
            raise OperationalError("database is locked")
        accept(mail, *told)

    mail = post()
    monkeypatch.setattr(sender, "_PERSISTING_PAUSE_SECONDS", 0)
    monkeypatch.setattr(Outgoing, "accept", locked)
    assert send_due(now) == 1
    mail.refresh_from_db()
    assert (mail.state, mail.repeated, len(tries)) == ("accepted", False, 4)
    assert send_due(now + LEASE) == 0
    assert len(server.mails) == 1


def test_it_sends_again_and_says_so_when_that_never_could_be(post, server, now, monkeypatch):
    def locked(*_told):
        raise OperationalError("database is locked")

    mail = post()
    with monkeypatch.context() as broken:
        broken.setattr(sender, "_LONGEST_PERSISTING_SECONDS", -1)
        broken.setattr(Outgoing, "accept", locked)
        send_due(now)
    mail.refresh_from_db()
    assert send_due(mail.next_try_at) == 1
    mail.refresh_from_db()
    assert (mail.state, mail.repeated) == ("accepted", True)
    (_, first), (_, second) = server.mails
    assert first == second


def test_it_says_so_when_the_server_hung_up_without_a_word(post, server, now):
    server.for_mail = "hang up"
    mail = post()
    send_due(now)
    mail.refresh_from_db()
    assert mail.state == "queued"
    server.for_mail = "250 OK"
    post(to="other@example.org")
    assert send_due(mail.next_try_at) == 2
    assert Outgoing.objects.filter(repeated=True).get() == mail


def test_it_records_nothing_for_a_mail_that_another_worker_has(post, server, now):
    mail = post()
    server.before_answer = lambda: None
    token = mail.claim(now)
    late = Outgoing.objects.get()
    assert send_due(now + LEASE) == 1
    sender._send(late, token, now, sender.Line())
    assert len(server.mails) == 1
    assert Outgoing.objects.get().state == "accepted"


def test_it_sends_the_others_when_one_can_not_be_written(post, server, now, monkeypatch):
    broken, fine = post(subject="broken"), post()

    def mime(self):
        if self.pk == broken.pk:
            raise OSError("the disk has lost it")
        return render(self)

    monkeypatch.setattr(Outgoing, "mime", mime)
    assert send_due(now) == 2
    fine.refresh_from_db()
    broken.refresh_from_db()
    assert (fine.state, broken.state) == ("accepted", "queued")
    assert "the disk has lost it" in broken.server_answer


def test_it_opens_a_new_connection_when_the_server_closes_the_old_one(post, server, now):
    server.for_mail = "421 4.7.0 too many on one connection"
    first = post()
    send_due(now)
    server.for_mail = "250 OK"
    first.refresh_from_db()
    assert send_due(first.next_try_at) == 1
    assert server.connections == 2


def test_it_writes_to_an_address_in_any_script(post, server, now):
    post(to="żaneta@example.org")
    send_due(now)
    assert server.mails[0][0] == "żaneta@example.org"
    assert "To: żaneta@example.org" in server.mails[0][1].decode()


def test_it_sends_no_mail_out_of_the_demo(post, server, settings, now):
    settings.DEMO = True
    post()
    for host in ("smtp.example.org", "192.0.2.1", "localhost.example.org"):
        settings.SMTP_HOST = host
        with pytest.raises(RealMailInDemo):
            send_due(now)
    settings.SMTP_HOST = "127.0.0.1"
    assert send_due(now) == 1


def test_it_says_so_when_the_security_is_misspelt(post, server, settings, now):
    settings.SMTP_SECURITY = "ssl"
    post()
    with pytest.raises(BadSmtpSecurity):
        send_due(now)
    assert Outgoing.objects.get().attempts == 0
