"""A webhook whose provider signs: nothing else comes in, nothing twice, and nothing is lost."""

import base64
import hashlib
import hmac
from datetime import timedelta
from urllib.parse import urlencode

import pytest
from cryptography.hazmat.primitives.asymmetric import ec, ed25519
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.db import OperationalError
from django.test import Client
from django.urls import reverse

from amends.doors.mail import hook as door
from amends.ground import clock
from amends.ground.sealing import CannotUnseal
from amends.records.post.models import Hook, Mailbox, RawMail

KEY = "key-of-mailgün"
LETTER, OTHER = b"From: o@c.example\r\n\r\n\xb1\r\n", b"From: e@e.example\r\n\r\nForged\r\n"
FORM = "application/x-www-form-urlencoded"


@pytest.fixture
def hook(cast):
    return Hook.objects.open(Mailbox.objects.get(), by=cast.jan, at=clock.now())


@pytest.fixture
def call(hook):
    def call(body, kind=FORM, **headers):
        where = reverse("mail_hook", args=[hook.token])
        return Client().post(where, body, content_type=kind, headers=headers).status_code

    return call


def mailgun(mail=LETTER, *, token="t" * 50, ago=timedelta(0), key=KEY, **changed):
    time = str(int((clock.now() - ago).timestamp()))
    signature = hmac.new(key.encode(), f"{time}{token}".encode(), hashlib.sha256).hexdigest()
    said = {"timestamp": time, "token": token, "signature": signature, "body-mime": mail}
    return {name: value for name, value in {**said, **changed}.items() if value is not None}


@pytest.fixture
def by_mailgun(hook, cast):
    hook.believe_only("mailgun", KEY, by=cast.jan, at=clock.now())


@pytest.mark.usefixtures("by_mailgun")
def test_it_takes_what_mailgun_has_signed(call, hook):
    assert call(urlencode(mailgun())) == 200
    assert RawMail.objects.get().content() == LETTER
    assert KEY not in str(Hook.objects.values().get())


@pytest.mark.usefixtures("by_mailgun")
@pytest.mark.parametrize("said", [
    mailgun(key="another"), mailgun(signature=None), mailgun(signature=""), mailgun(token=None),
    mailgun(timestamp=None), mailgun(timestamp="0"), mailgun(timestamp="-1"),
    mailgun(timestamp="1e9"), mailgun(timestamp="9" * 400), mailgun(timestamp="\u0661"),
    mailgun(signature="ż" * 64), mailgun(ago=timedelta(hours=10)),
    mailgun(ago=-timedelta(hours=1)),
])  # fmt: skip
def test_it_takes_nothing_else_and_says_so_on_the_page(call, hook, said, cast):
    assert call(urlencode(said)) == 403
    assert not RawMail.objects.exists()
    jan = Client()
    jan.force_login(cast.jan, backend="allauth.account.auth_backends.AuthenticationBackend")
    page = jan.get(reverse("desk:house_hook", args=[hook.mailbox_id])).content.decode()
    assert "One was refused for its signature" in page


@pytest.mark.usefixtures("by_mailgun")
@pytest.mark.parametrize("kind", ["message/rfc822", "application/json", "text/plain"])
def test_it_takes_no_bare_mail_where_a_signature_is_due(call, kind):
    assert call(LETTER, kind) == 403


@pytest.mark.usefixtures("by_mailgun")
def test_it_takes_one_mail_under_one_token_however_often(call):
    said = mailgun()
    assert call(urlencode(said)) == 200
    assert call(urlencode({**said, "body-mime": OTHER})) == 403
    # Its provider missed our answer, and tries again.
    assert call(urlencode(said)) == 200
    assert [mail.content() for mail in RawMail.objects.all()] == [LETTER]


@pytest.mark.usefixtures("by_mailgun")
def test_a_try_that_failed_is_made_again(call, monkeypatch):
    with monkeypatch.context() as patch:
        patch.setattr(door, "receive", lambda *_a, **_k: (_ for _ in ()).throw(OperationalError))
        assert call(urlencode(mailgun())) == 503
    assert call(urlencode(mailgun(ago=timedelta(hours=8)))) == 200


@pytest.mark.usefixtures("by_mailgun")
def test_mail_waits_at_its_provider_where_the_key_is_lost(call, monkeypatch):
    def lost(_hook):
        raise CannotUnseal

    monkeypatch.setattr(Hook, "key", lost)
    assert call(urlencode(mailgun())) == 503


@pytest.fixture
def sendgrid(hook, cast):
    """What SendGrid signs with; the hook knows its public half."""
    key = ec.generate_private_key(ec.SECP256R1())
    shown = key.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    hook.believe_only("sendgrid", base64.b64encode(shown).decode(), by=cast.jan, at=clock.now())

    def signed(body, *, ago=timedelta(0), key=key):
        time = str(int((clock.now() - ago).timestamp()))
        signature = base64.b64encode(key.sign(time.encode() + body, ec.ECDSA(SHA256()))).decode()
        named = "X-Twilio-Email-Event-Webhook-"
        return {f"{named}Timestamp": time, f"{named}Signature": signature}

    return signed


def multipart(mail):
    head = b'--b\r\nContent-Disposition: form-data; name="email"\r\n\r\n'
    return head + mail + b"\r\n--b--\r\n", "multipart/form-data; boundary=b"


def test_it_takes_what_sendgrid_has_signed(call, sendgrid):
    body, kind = multipart(LETTER)
    assert call(body, kind, **sendgrid(body)) == 200
    assert RawMail.objects.get().content() == LETTER


def test_it_takes_nothing_that_sendgrid_has_not_signed(call, sendgrid):
    body, kind = multipart(LETTER)
    other, _kind = multipart(OTHER)
    stranger = ec.generate_private_key(ec.SECP256R1())
    odd = {"X-Twilio-Email-Event-Webhook-Signature": "no base64"}
    for headers in (
        {}, sendgrid(other), sendgrid(body, key=stranger), sendgrid(body, ago=timedelta(days=1)),
        sendgrid(body) | odd,
    ):  # fmt: skip
        assert call(body, kind, **headers) == 403
    assert not RawMail.objects.exists()


def test_the_page_takes_a_key_and_checks_it(hook, cast, call):
    jan, where = Client(), reverse("desk:house_hook_key", args=[hook.mailbox_id])
    jan.force_login(cast.jan, backend="allauth.account.auth_backends.AuthenticationBackend")
    edwards = ed25519.Ed25519PrivateKey.generate().public_key()
    wrong = base64.b64encode(edwards.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo))
    for signer, key in (("mailgun", ""), ("sendgrid", "abc"), ("sendgrid", wrong.decode()),
                        ("else", "x")):  # fmt: skip
        assert jan.post(where, {"signer": signer, "key": key}).status_code == 422
    assert jan.post(where, {"signer": "mailgun", "key": KEY}).status_code == 302
    assert call(LETTER, "message/rfc822") == 403
    assert KEY not in jan.get(reverse("desk:house_hook", args=[hook.mailbox_id])).content.decode()
    jan.post(where, {"signer": "", "key": ""})
    assert call(LETTER, "message/rfc822") == 200


def test_a_new_key_of_the_house_keeps_it(hook, by_mailgun, settings):
    assert Hook.objects.reseal(["n" * 50, settings.SECRET_KEY]) == 1
    settings.SECRET_KEY = "n" * 50
    assert Hook.objects.get().key() == KEY
