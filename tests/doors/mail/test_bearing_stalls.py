"""A server that accepts and never answers, or drips: bounded, nothing lost, other mail goes on."""

import threading
import time
from datetime import timedelta

import pytest
from django.db import connection
from imap_server import Post, Server
from stalling import Stalling

from amends.doors.mail import imap, line
from amends.doors.mail.fetching import Fetchers, Visit
from amends.doors.mail.sender import send_due
from amends.ground import clock
from amends.records.people.models import Team
from amends.records.post.models import Mailbox, Outgoing, Pickup, RawMail
from amends.records.post.models.outgoing import LEASE
from amends.records.post.models.pickup import Server as Where

HELLO, EHLO = b"220 here\r\n", b"250-here\r\n250 SMTPUTF8\r\n"
OK, GO_ON = b"250 OK\r\n", b"354 go on\r\n"
SMTP = [(), (HELLO,), (HELLO, EHLO), (HELLO, EHLO, OK), (HELLO, EHLO, OK, OK),
        (HELLO, EHLO, OK, OK, GO_ON)]  # fmt: skip
PATIENT = 0.15


@pytest.fixture
def short(monkeypatch):
    for name in ("_SECONDS", "_SECONDS_FOR_THE_MAIL", "_SECONDS_TO_LEAVE"):
        monkeypatch.setattr(line, name, PATIENT)
    monkeypatch.setattr(imap, "_SECONDS", PATIENT)


def test_it_is_patient_for_less_than_a_lease():
    # Connecting, offering, sending, clearing, leaving; a batch begins its last mail before 30 s.
    steps = 3 * line._SECONDS + line._SECONDS_FOR_THE_MAIL + line._SECONDS_TO_LEAVE + 30
    assert timedelta(seconds=steps) < LEASE


@pytest.mark.parametrize("drips", [b"", b"2"])
@pytest.mark.parametrize("script", SMTP, ids=len)
def test_a_stalling_smtp_server_costs_a_moment_and_no_mail(
    db, post, settings, short, now, script, drips
):
    mail = post()
    with Stalling(*script, drips=drips) as stalling:
        settings.SMTP_HOST, settings.SMTP_PORT = "127.0.0.1", stalling.port
        began = time.monotonic()
        assert send_due(now) == 1
        assert time.monotonic() - began < 20 * PATIENT
    mail.refresh_from_db()
    assert (mail.state, bool(mail.server_answer)) == ("queued", True)
    # Only where the bytes may have gone can it have arrived.
    assert bool(mail.handed_over_at) is (len(script) >= 4)


def test_other_mail_goes_on_after_a_stall(db, post, settings, short, now, server):
    port = settings.SMTP_PORT
    stuck = post(to="stuck@example.org")
    with Stalling(HELLO, drips=b"2") as stalling:
        settings.SMTP_PORT = stalling.port
        send_due(now)
    settings.SMTP_PORT = port
    post(to="next@example.org")
    send_due(now)
    assert [to for to, _mime in server.mails] == ["next@example.org"]
    send_due(now + timedelta(hours=1))
    stuck.refresh_from_db()
    assert (stuck.state, len(server.mails)) == ("accepted", 2)
    assert not Outgoing.objects.exclude(state="accepted").exists()


CAPABLE = b"* CAPABILITY IMAP4REV1\r\nTAG OK\r\n"
IMAP = [(), (b"* OK here\r\n",), (b"* OK here\r\n", CAPABLE),
        (b"* OK here\r\n", CAPABLE, b"TAG OK in\r\n")]  # fmt: skip


def pickup_at(port, address, cast):
    mailbox = Mailbox.objects.create(address=address, name=address, team=Team.objects.default())
    where = Where("127.0.0.1", port, "none", "help", "INBOX", "Done", "Failed",
                  clock.now().date() - timedelta(days=9))  # fmt: skip
    at = clock.now() - timedelta(seconds=1)
    return Pickup.objects.arrange(mailbox, where, password="secret one", by=cast.jan, at=at)


# A visit leaves its connection when it fails, which nothing may do within a transaction.
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("drips", [b"", b"*"])
@pytest.mark.parametrize("script", IMAP, ids=len)
def test_a_stalling_imap_server_is_left_and_said_so(cast, short, script, drips):
    with Stalling(*script, drips=drips) as stalling:
        pickup = pickup_at(stalling.port, "a@house.example", cast)
        assert pickup.claim(clock.now())
        began = time.monotonic()
        Visit(pickup, threading.Event()).run()
        assert time.monotonic() - began < 20 * PATIENT
    pickup.refresh_from_db()
    assert (pickup.trouble, pickup.lease, pickup.failures) == ("unreachable", None, 1)
    assert pickup.due_at > clock.now()


@pytest.mark.skipif(
    connection.vendor == "sqlite", reason="in memory it locks tables, where on a disk one waits"
)
@pytest.mark.django_db(transaction=True)
def test_other_mailboxes_go_on_while_one_stalls(cast, short, monkeypatch):
    monkeypatch.setattr("amends.doors.mail.fetching._LOOK_SECONDS", 0.05)
    monkeypatch.setattr(imap, "_SLICE_SECONDS", 0.05)
    post = Post()
    post.arrive(b"From: o@c.example\r\nSubject: Lamp\r\n\r\nIt broke.\r\n", clock.now().date())
    with Stalling(b"* OK here\r\n", drips=b"*") as stalling, Server(post) as server:
        stuck = pickup_at(stalling.port, "a@house.example", cast)
        pickup_at(server.port, "b@house.example", cast)
        monkeypatch.setattr(imap, "_SECONDS", 0.8)
        with Fetchers():
            deadline = time.monotonic() + 10
            while not RawMail.objects.exists() and time.monotonic() < deadline:
                time.sleep(0.02)
            assert RawMail.objects.exists()
    stuck.refresh_from_db()
    assert stuck.looked_at is None
