"""A provider's server of outgoing mail that is signed in to with a mailbox's permission (XOAUTH2)."""

import base64
from dataclasses import replace
from datetime import timedelta

import pytest
from aiosmtpd.smtp import SMTP, AuthResult
from smtp_server import Server

from amends.doors.mail.line import Line, NoLine
from amends.doors.mail.listening import Listener
from amends.doors.mail.sender import send_due
from amends.doors.mail.smtp_permission import is_of
from amends.ground import clock
from amends.ground.oauth import Tokens
from amends.records.post import providers
from amends.records.post.models import Grant, Mailbox, Outgoing
from oauth_provider import Provider, Serving

USER = "help@house.example"


class Asking(Server):
    """A server that takes mail of those with a token only, and says in a challenge why not."""

    def __init__(self, tokens):
        super().__init__()
        self.tokens, self.shown, self.challenge = tokens, [], b"eyJzdGF0dXMiOiI0MDEifQ=="

    async def auth_XOAUTH2(self, server, args):  # noqa: N802
        said = base64.b64decode(args[1]).decode()
        self.shown.append(said)
        user, token = said.rstrip("\x01").split("\x01")
        if user == f"user={USER}" and token.removeprefix("auth=Bearer ") in self.tokens:
            return AuthResult(success=True)
        await server.push(b"334 " + self.challenge)
        assert await server._reader.readline() == b"\r\n"
        return AuthResult(success=False, handled=False)

    async def handle_MAIL(self, server, session, envelope, address, options):  # noqa: N802
        if not session.authenticated:
            return "530 5.7.0 authentication required"
        return await super().handle_MAIL(server, session, envelope, address, options)


@pytest.fixture
def provider():
    return Provider()


@pytest.fixture
def asking(provider, settings, monkeypatch):
    asking = Asking(provider.tokens)

    def smtp():
        return SMTP(asking, hostname="test", auth_require_tls=False)

    with Serving(provider) as serving, Listener(asking, smtp, host="127.0.0.1", port=0) as there:
        known = replace(serving.known(), smtp_host="127.0.0.1")
        monkeypatch.setitem(providers.PROVIDERS, "google", known)
        settings.SMTP_HOST, settings.SMTP_PORT = "127.0.0.1", there.port
        settings.SMTP_USER, settings.SMTP_OAUTH = USER, True
        yield asking


@pytest.fixture
def grant(cast, provider, asking):
    grant = Grant.objects.prepare(
        Mailbox.objects.get(), provider="google", tenant="", user=USER, client_id="ours",
        client_secret="sécret one", by=cast.jan, at=clock.now(),
    )  # fmt: skip
    provider.tokens.add("token0")
    provider.refreshes.add("refresh0")
    grant.give(Tokens("token0", "refresh0", 3600), by=cast.jan, at=clock.now())
    return grant


def test_it_sends_as_the_mailbox_that_was_permitted(grant, asking, post, now, provider):
    post()
    assert send_due(now) == 1
    assert Outgoing.objects.get().state == "accepted"
    assert asking.shown == [f"user={USER}\x01auth=Bearer token0\x01\x01"]
    assert provider.asked == []


def test_it_renews_what_has_ended(grant, asking, post, now, provider):
    Grant.objects.update(access_until_at=clock.now() - timedelta(seconds=1))
    post()
    send_due(now)
    assert Outgoing.objects.get().state == "accepted"
    assert provider.asked == ["refresh_token"]


def test_it_renews_what_the_server_takes_no_more(grant, asking, post, now, provider):
    provider.tokens.clear()
    mail = post()
    send_due(now)
    mail.refresh_from_db()
    assert (mail.state, "sign_in: 535" in mail.server_answer) == ("queued", True)
    send_due(now + timedelta(minutes=1))
    mail.refresh_from_db()
    assert mail.state == "accepted"


def test_it_keeps_the_mail_and_says_when_the_permission_has_ended(
    grant, asking, post, now, provider
):
    grant.forget_access()
    provider.refreshes.clear()
    mail = post()
    send_due(now)
    mail.refresh_from_db()
    assert (mail.state, mail.handed_over_at) == ("queued", None)
    assert mail.server_answer.startswith("grant: the permission is not there")
    assert mail.server_answer.endswith("invalid_grant")
    assert asking.shown == []


def test_it_says_when_the_provider_is_not_there(grant, asking, provider):
    grant.forget_access()
    provider.breaks = b"HTTP/1.0 503 Later\r\n\r\n"
    with pytest.raises(NoLine, match="unreachable: HTTP 503"):
        Line().greet()


@pytest.mark.parametrize("challenge", [b"", b"not base64", b"=", b"/" * 400])
def test_it_bears_any_challenge(grant, asking, provider, challenge):
    provider.tokens.clear()
    asking.challenge = challenge
    with pytest.raises(NoLine, match="sign_in"):
        Line().greet()


@pytest.mark.parametrize(("name", "value"), [
    ("SMTP_HOST", "localhost"), ("SMTP_USER", "else@house.example"), ("SMTP_USER", ""),
])  # fmt: skip
def test_it_shows_no_token_to_another_server_or_for_another_mailbox(
    grant, asking, settings, name, value
):
    setattr(settings, name, value)
    with pytest.raises(NoLine):
        Line().greet()
    assert asking.shown == []


def test_it_shows_no_token_in_the_open(grant, asking, settings, monkeypatch):
    elsewhere = replace(providers.PROVIDERS["google"], smtp_host="smtp.provider.example")
    monkeypatch.setitem(providers.PROVIDERS, "google", elsewhere)
    settings.SMTP_HOST = "smtp.provider.example"
    assert not is_of(grant)
    settings.SMTP_SECURITY = "starttls"
    assert is_of(grant)
