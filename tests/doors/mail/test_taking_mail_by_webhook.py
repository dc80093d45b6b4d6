"""A provider hands mail over by HTTP: the bytes as they came, once, from who knows the address."""

import json
from urllib.parse import urlencode

import pytest
from django.db import OperationalError
from django.test import Client
from django.urls import reverse

from amends.doors.mail import hook as door
from amends.ground import files
from amends.ground.jobs.models import Job
from amends.records.post.models import Hook, Mailbox, RawMail

LETTER = b"From: o@c.example\r\nSubject: =?x\r\n\r\n\xb1\xff\x00 \xc5\xbc=3D&a+b\r\n"
BOUNDARY = "x-boundary-x"


@pytest.fixture
def hook(cast, now):
    return Hook.objects.open(Mailbox.objects.get(), by=cast.jan, at=now)


@pytest.fixture
def hand_over(hook):
    where = reverse("mail_hook", args=[hook.token])

    def handed(body, kind="message/rfc822", client=None):
        client = client or Client(enforce_csrf_checks=True)
        return client.post(where, body, content_type=kind)

    return handed


def multipart(name, mail):
    parts = (
        f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="from"\r\n\r\no@c.example\r\n',
        f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n',
    )
    return "".join(parts).encode() + mail + f"\r\n--{BOUNDARY}--\r\n".encode()


MULTIPART = f"multipart/form-data; boundary={BOUNDARY}"
FORM = "application/x-www-form-urlencoded"


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (LETTER, "message/rfc822"), (LETTER, "application/octet-stream"), (LETTER, "text/plain"),
        (multipart("email", LETTER), MULTIPART), (multipart("body-mime", LETTER), MULTIPART),
        (urlencode({"sender": "x", "body-mime": LETTER}).encode(), FORM),
    ],
)  # fmt: skip
def test_it_keeps_the_bytes_as_they_came(hand_over, body, kind):
    assert hand_over(body, kind).status_code == 200
    mail = RawMail.objects.get()
    assert mail.content() == LETTER
    assert (mail.source, mail.envelope_to) == ("hook", ["help@house.example"])
    assert Job.objects.get().args == [str(mail.pk)]


def test_it_takes_the_mail_out_of_json(hand_over):
    mail = "From: o@c.example\r\n\r\nŻółw \ud800"
    assert (
        hand_over(json.dumps({"RawEmail": mail, "Subject": "x"}), "application/json").status_code
        == 200
    )
    assert RawMail.objects.get().content() == mail.encode("utf-8", "replace")


def test_it_takes_the_same_mail_once(hand_over, hook):
    for _ in range(3):
        assert hand_over(LETTER).status_code == 200
    assert RawMail.objects.count() == 1
    hook.refresh_from_db()
    assert hook.last_came_at is not None


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"", "message/rfc822"), (b" \r\n", "text/plain"), (b"<html>", "text/html"), (LETTER, ""),
        (b"{", "application/json"), (b"[" * 100_000, "application/json"),
        (b"[]", "application/json"), (b'{"RawEmail": 5}', "application/json"),
        (b"\xff\xfe", "application/json"), (b"x=1", FORM), (b"a&" * 10_000, FORM),
        (b"body-mime=", FORM), (multipart("other", LETTER), MULTIPART),
        (b"nonsense", MULTIPART), (b"", "multipart/form-data"),
        (b"x" * 500, "multipart/form-data; boundary=" + "y" * 200),
    ],
)  # fmt: skip
def test_it_says_no_to_what_holds_no_mail(hand_over, body, kind):
    assert hand_over(body, kind).status_code == 406
    assert not RawMail.objects.exists()


def test_it_says_no_to_what_is_too_big(hand_over, settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1000
    for body, kind in (
        (b"x" * 1001, "message/rfc822"),
        (multipart("email", b"x" * 1001), MULTIPART),
    ):
        assert hand_over(body, kind).status_code == 413
    assert not RawMail.objects.exists()


@pytest.mark.parametrize("error", [OSError(28, "full"), OperationalError("away")])
def test_it_says_later_when_it_can_not_be_kept(hand_over, monkeypatch, error):
    def broken(_raw):
        raise error

    with monkeypatch.context() as full:
        full.setattr(files, "keep", broken)
        assert hand_over(LETTER).status_code == 503
    assert not RawMail.objects.exists()
    assert hand_over(LETTER).status_code == 200


def test_it_lets_nobody_in_who_does_not_know_the_address(hook, cast, now):
    other = Hook.objects.behind(hook.token).token
    forged = [f"{hook.id.hex}:x", hook.id.hex, "x", other[:-1] + ("a" if other[-1] != "a" else "b")]
    for token in forged:
        where = reverse("mail_hook", args=[token])
        assert Client().post(where, LETTER, content_type="message/rfc822").status_code == 404
    assert not RawMail.objects.exists()


def test_it_ends_an_address_that_was_renewed_or_closed(hook, hand_over, cast, now):
    anew = Hook.objects.open(hook.mailbox, by=cast.jan, at=now)
    assert hand_over(LETTER).status_code == 404
    where = reverse("mail_hook", args=[anew.token])
    assert Client().post(where, LETTER, content_type="message/rfc822").status_code == 200
    anew.close(by=cast.jan, at=now)
    assert Client().post(where, LETTER, content_type="message/rfc822").status_code == 404


def test_it_stops_who_guesses_and_who_floods(hand_over, monkeypatch):
    monkeypatch.setattr(door, "_GUESSES_AN_HOUR", 2)
    monkeypatch.setattr(door, "_MAILS_AN_HOUR", 2)
    where = reverse("mail_hook", args=["x"])
    assert [Client().post(where).status_code for _ in range(3)] == [404, 404, 429]
    assert [hand_over(LETTER).status_code for _ in range(3)] == [200, 200, 429]


def test_it_takes_nothing_by_another_verb(hook):
    where = reverse("mail_hook", args=[hook.token])
    for verb in ("get", "put", "delete", "head"):
        assert getattr(Client(), verb)(where).status_code == 405
