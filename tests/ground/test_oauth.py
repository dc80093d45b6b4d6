"""OAuth 2 with a provider on loopback: codes are proved, refusals told from silence."""

import pytest

from amends.ground import oauth
from amends.ground.oauth import Client, Endpoints, Refused, Unanswered
from oauth_provider import Provider, Serving, asked_for

REDIRECT = "https://desk.example/back/"


@pytest.fixture
def provider():
    return Provider(redirect=REDIRECT)


@pytest.fixture
def there(provider):
    with Serving(provider) as serving:
        yield Endpoints(f"{serving.url}/authorize", f"{serving.url}/token", "mail offline")


@pytest.fixture
def ours(provider):
    return Client(provider.client_id, provider.client_secret, REDIRECT)


def code_for(provider, there, ours, verifier):
    url = oauth.where_to_ask(there, ours, state="s", verifier=verifier, user="help@x.example")
    assert ours.secret not in url
    assert verifier not in url
    return asked_for(provider.authorise(asked_for(url)))["code"]


def test_it_gets_tokens_for_a_code_and_renews_them(provider, there, ours):
    verifier = oauth.drawn()
    code = code_for(provider, there, ours, verifier)
    first = oauth.redeem(there, ours, code=code, verifier=verifier)
    assert first.access in provider.tokens
    assert first.seconds == 3600
    again = oauth.renew(there, ours, refresh=first.refresh)
    assert again.access != first.access
    assert again.refresh == ""
    with pytest.raises(Refused, match="invalid_grant"):
        oauth.redeem(there, ours, code=code, verifier=verifier)


def test_it_proves_that_it_asked_for_the_code(provider, there, ours):
    code = code_for(provider, there, ours, oauth.drawn())
    with pytest.raises(Refused, match="invalid_grant"):
        oauth.redeem(there, ours, code=code, verifier=oauth.drawn())


def test_it_says_no_when_the_provider_does(there, ours):
    with pytest.raises(Refused, match="invalid_grant"):
        oauth.renew(there, ours, refresh="made up")
    with pytest.raises(Refused, match="invalid_client"):
        oauth.renew(there, Client("ours", "wrong", REDIRECT), refresh="made up")


@pytest.mark.parametrize(
    "answer",
    [
        b"HTTP/1.0 500 Oops\r\n\r\n{}", b"HTTP/1.0 503 Later\r\n\r\n", b"nonsense\r\n\r\n", b"\r\n",
        b"HTTP/1.0 200 OK\r\n\r\n<html>", b"HTTP/1.0 200 OK\r\n\r\n[1]",
        b'HTTP/1.0 200 OK\r\n\r\n{"access_token": 5}', b"HTTP/1.0 200 OK\r\n\r\n{}",
        b"HTTP/1.0 400 No\r\n\r\n<html>", b"HTTP/1.0 200 OK\r\n\r\n\xff\xfe",
        b"HTTP/1.0 200 OK\r\n\r\n" + b"[" * 60_000,
        b"HTTP/1.0 302 Elsewhere\r\nLocation: http://127.0.0.1:1/\r\n\r\n",
    ],
)  # fmt: skip
def test_it_takes_nonsense_for_silence(provider, there, ours, answer):
    provider.breaks = answer
    with pytest.raises(Unanswered):
        oauth.renew(there, ours, refresh="refresh1")


def test_it_takes_a_closed_door_for_silence(ours):
    with pytest.raises(Unanswered):
        oauth.renew(Endpoints("", "http://127.0.0.1:1/token", ""), ours, refresh="refresh1")


def test_it_tells_its_secret_to_nobody_in_the_open(ours):
    with pytest.raises(Unanswered, match="in the open"):
        oauth.renew(Endpoints("", "http://login.example/token", ""), ours, refresh="refresh1")
