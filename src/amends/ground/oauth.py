"""OAuth 2 as a client: an authorisation code with PKCE, and what renews it (RFC 6749, 7636)."""

import base64
import hashlib
import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode, urlsplit

from amends.ground import outside
from amends.ground.loopback import is_loopback

_GOOD = range(200, 300)


class Refused(Exception):
    """The provider says no, and will say it again: the permission is gone, or was never given."""


class Unanswered(Exception):
    """The provider can't be reached, or what it says is no answer."""


@dataclass(frozen=True)
class Endpoints:
    """Where one asks for the permission, where for tokens, and what for."""

    authorize: str
    token: str
    scope: str
    also: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Client:
    """Our program, as the provider knows it."""

    key: str
    secret: str
    redirect: str


@dataclass(frozen=True)
class Tokens:
    access: str
    refresh: str
    seconds: int


def drawn() -> str:
    """Return what nobody can guess, for a state or a verifier."""
    return secrets.token_urlsafe(48)


def where_to_ask(at: Endpoints, client: Client, *, state: str, verifier: str, user: str) -> str:
    challenge = base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest())
    asked = {
        "response_type": "code", "client_id": client.key, "redirect_uri": client.redirect,
        "scope": at.scope, "state": state, "login_hint": user,
        "code_challenge": challenge.decode().rstrip("="), "code_challenge_method": "S256",
    }  # fmt: skip
    return f"{at.authorize}?{urlencode({**asked, **at.also})}"


def redeem(at: Endpoints, client: Client, *, code: str, verifier: str) -> Tokens:
    """Get tokens for the code that the provider sent our user back with."""
    said = {"grant_type": "authorization_code", "code": code, "redirect_uri": client.redirect,
            "code_verifier": verifier}  # fmt: skip
    return _tokens(at, client, said)


def renew(at: Endpoints, client: Client, *, refresh: str) -> Tokens:
    """Get a fresh token; some providers also give another one to renew with."""
    return _tokens(at, client, {"grant_type": "refresh_token", "refresh_token": refresh})


def _tokens(at: Endpoints, client: Client, said: Mapping[str, str]) -> Tokens:
    answer = _post(at.token, {**said, "client_id": client.key, "client_secret": client.secret})
    access, refresh = answer.get("access_token"), answer.get("refresh_token", "")
    seconds = answer.get("expires_in", 0)
    if not (isinstance(access, str) and access and isinstance(refresh, str)):
        raise Unanswered("no token in the answer")
    return Tokens(access, refresh, seconds if isinstance(seconds, int) else 0)


def _post(url: str, form: Mapping[str, str]) -> dict[str, Any]:
    parts = urlsplit(url)
    is_ours = is_loopback(parts.hostname or "")
    if parts.scheme != "https" and not is_ours:
        raise Unanswered("no secret goes over a network in the open")
    headers = {"Accept": "application/json", "Content-Type": "application/x-www-form-urlencoded"}
    try:
        answer = outside.post(url, urlencode(form).encode(), headers, may_be_inside=is_ours)
    except outside.Silent as nothing:
        raise Unanswered(str(nothing)) from nothing
    if answer.status not in _GOOD:
        raise _said(answer)
    return _read(answer.body)


def _said(refusal: outside.Answer) -> Exception:
    """Tell a no for good from a server in trouble (RFC 6749 5.2 has the first with 400 or 401)."""
    if refusal.status not in {400, 401}:
        return Unanswered(f"HTTP {refusal.status}")
    try:
        return Refused(str(_read(refusal.body).get("error", refusal.status))[:100])
    except Unanswered:
        return Unanswered(f"HTTP {refusal.status}")


def _read(said: bytes) -> dict[str, Any]:
    try:
        told = json.loads(said)
    except (ValueError, RecursionError) as nonsense:
        raise Unanswered("no JSON") from nonsense
    if not isinstance(told, dict):
        raise Unanswered("no JSON object")
    return told
