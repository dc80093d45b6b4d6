from datetime import timedelta

import pytest
from django.db import OperationalError

from amends.doors.mail import reading
from amends.doors.mail.reading import read_overlooked, receive
from amends.ground.jobs.models import Job
from amends.ground.jobs.running import run_due
from amends.records.post.models import RawMail

pytestmark = pytest.mark.django_db

RAW = "From: nowak@example.org\r\nSubject: Lampa\r\n\r\nPękła.\r\n".encode()


@pytest.fixture
def taken(monkeypatch):
    letters = []

    def take_in(raw, letter, *, at):
        letters.append((raw, letter, at))

    monkeypatch.setattr(reading.intake, "take_in", take_in)
    return letters


def test_it_becomes_a_letter_that_is_taken_in_once(taken, now):
    mail = receive(RAW, source="demo", at=now, envelope_from="nowak@example.org")
    assert run_due(now) == 1
    ((raw, letter, at),) = taken
    assert (raw, at) == (mail, now)
    assert letter.subject == "Lampa"
    assert "Pękła." in letter.text
    assert RawMail.objects.get().state == "read"
    reading.read_raw_mail.using(run_after=now).enqueue(str(mail.pk))
    run_due(now)
    assert len(taken) == 1


@pytest.mark.parametrize(
    "sender", ["nowak@example.org", "a\r\nBcc: b@c.example", "żaneta@c.example"]
)
def test_it_comes_in_as_its_source_when_it_can_not_be_read(taken, now, monkeypatch, sender):
    read_letter = reading.read_letter

    def picky(raw, *, trusted_authserv):
        if b"Subject: Lampa" in raw[:60]:
            raise ValueError("no charset on earth")
        return read_letter(raw, trusted_authserv=trusted_authserv)

    monkeypatch.setattr(reading, "read_letter", picky)
    receive(RAW, source="lmtp", at=now, envelope_from=sender)
    run_due(now)
    ((raw, letter, _at),) = taken
    assert (raw.state, raw.error) == ("unreadable", "ValueError: no charset on earth")
    assert "Subject: Lampa" in letter.text
    assert "Pękła." in letter.text


def test_it_comes_in_as_its_source_when_the_house_can_not_take_the_letter(now, monkeypatch):
    texts = []

    def take_in(_raw, letter, *, at):
        if "Subject" not in letter.text:
            raise TypeError
        texts.append(letter.text)

    monkeypatch.setattr(reading.intake, "take_in", take_in)
    receive(RAW, source="lmtp", at=now)
    run_due(now)
    assert len(texts) == 1
    assert RawMail.objects.get().state == "unreadable"


@pytest.mark.parametrize(
    "trouble", [OperationalError("database is locked"), OSError(28, "No space left on device")]
)
def test_it_is_read_later_when_the_database_or_the_disk_is_at_fault(
    taken, now, monkeypatch, trouble
):
    def locked(*_args, **_kwargs):
        raise trouble

    receive(RAW, source="lmtp", at=now)
    with monkeypatch.context() as broken:
        broken.setattr(reading.intake, "take_in", locked)
        run_due(now)
    assert RawMail.objects.get().state == "waiting"
    run_due(Job.objects.get().run_at)
    assert len(taken) == 1
    assert RawMail.objects.get().state == "read"


def test_it_is_found_again_when_its_job_is_gone(taken, now):
    receive(RAW, source="lmtp", at=now)
    Job.objects.all().delete()
    read_overlooked(now + timedelta(minutes=1))
    assert not Job.objects.exists()
    for _ in range(2):
        read_overlooked(now + timedelta(hours=1))
    assert run_due(now + timedelta(hours=1)) == 1
    assert len(taken) == 1
