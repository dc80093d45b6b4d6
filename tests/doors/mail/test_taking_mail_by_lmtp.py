import smtplib

import pytest

from amends.doors.mail import lmtp, reading
from amends.ground import files
from amends.ground.jobs.models import Job
from amends.records.people.models import Team
from amends.records.post.models import Mailbox, RawMail

pytestmark = pytest.mark.django_db(transaction=True)

LETTER = b"From: nowak@example.org\r\nSubject: Lamp\r\n\r\nIt broke.\r\n.\r\n..\r\nEnd\r\n"
SENDER = "nowak@example.org"
CARE = "help@lamps.example"


@pytest.fixture
def door():
    with lmtp.serve(host="127.0.0.1", port=0, most_bytes=2_000_000) as listener:
        yield listener


@pytest.fixture
def client(door):
    with smtplib.LMTP("127.0.0.1", door.port, timeout=10) as client:
        client.ehlo()
        yield client


@pytest.fixture
def mailbox():
    team = Team.objects.create(name="Care")
    return Mailbox.objects.create(address=CARE, name="Care", team=team)


def test_it_says_yes_only_to_what_is_kept(client, mailbox):
    assert client.sendmail(SENDER, [CARE], LETTER) == {}
    mail = RawMail.objects.get()
    assert mail.content() == LETTER
    assert (mail.source, mail.envelope_from, mail.envelope_to) == ("lmtp", SENDER, [CARE])
    assert Job.objects.get().args == [str(mail.pk)]


def test_it_answers_for_each_recipient(client, mailbox):
    client.mail(SENDER)
    for to in (CARE, "Help+am-7k3f9@LAMPS.example"):
        assert client.rcpt(to)[0] == 250
    assert client.rcpt("stranger@lamps.example")[0] == 550
    assert client.data(LETTER)[0] == 250
    assert client.getreply()[0] == 250
    assert client.noop()[0] == 250
    assert RawMail.objects.get().envelope_to == [CARE, "Help+am-7k3f9@LAMPS.example"]


def test_it_turns_nobody_away_before_there_is_a_mailbox(client):
    assert client.sendmail(SENDER, ["anyone@lamps.example"], LETTER) == {}


def test_it_takes_a_bounce_that_has_no_sender(client, mailbox):
    client.sendmail("", [CARE], LETTER)
    assert RawMail.objects.get().envelope_from == ""


def test_it_says_later_when_the_disk_is_full(client, mailbox, monkeypatch):
    def no_room(_raw):
        raise OSError(28, "no space left")

    with monkeypatch.context() as full:
        full.setattr(files, "keep", no_room)
        with pytest.raises(smtplib.SMTPDataError) as later:
            client.sendmail(SENDER, [CARE], LETTER)
        assert later.value.smtp_code == 451
    assert not RawMail.objects.exists()
    assert client.sendmail(SENDER, [CARE], LETTER) == {}


def test_it_says_later_when_the_job_can_not_be_written(client, mailbox, monkeypatch):
    def broken(*_args):
        raise RuntimeError

    monkeypatch.setattr(reading, "read_again", broken)
    with pytest.raises(smtplib.SMTPDataError) as later:
        client.sendmail(SENDER, [CARE], LETTER)
    assert later.value.smtp_code == 451
    assert not RawMail.objects.exists()


def test_it_says_later_when_it_can_not_look_up_the_recipient(client, mailbox, monkeypatch):
    def broken(_address):
        raise RuntimeError

    monkeypatch.setattr(lmtp, "_is_read", broken)
    client.mail(SENDER)
    assert client.rcpt(CARE)[0] == 451


def test_it_refuses_what_is_too_big_to_each_recipient(client, mailbox):
    client.mail(SENDER)
    for to in (CARE, "help+2@lamps.example"):
        client.rcpt(to)
    assert client.data(b"x: y\r\n\r\n" + b"0123456789abcde\r\n" * 130_000)[0] == 552
    assert client.getreply()[0] == 552
    assert client.noop()[0] == 250
    assert not RawMail.objects.exists()


def test_it_takes_mail_with_lines_that_are_too_long(client, mailbox):
    raw = b"From: a@b\r\n\r\n" + b"x" * 500_000 + b"\r\n"
    assert client.sendmail(SENDER, [CARE], raw) == {}
    assert RawMail.objects.get().content() == raw


def test_it_takes_bytes_of_any_charset(client, mailbox):
    raw = b"Subject: \xb1\xe6\xea \xff\x80\r\n\r\n\x00\xff\xfe\r\n"
    assert client.sendmail(SENDER, [CARE], raw) == {}
    assert RawMail.objects.get().content() == raw


def test_it_keeps_a_mail_once_when_its_server_missed_our_answer(client, mailbox):
    for _ in range(2):
        assert client.sendmail(SENDER, [CARE], LETTER) == {}
    assert RawMail.objects.count() == Job.objects.count() == 1


def test_it_takes_mail_after_mail(door, mailbox):
    for number in range(20):
        with smtplib.LMTP("127.0.0.1", door.port, timeout=10) as client:
            client.sendmail(SENDER, [CARE], LETTER + str(number).encode())
    assert RawMail.objects.count() == 20
