"""Whether a provider has signed what it hands over, and nobody sends it a second time."""

import base64
import hashlib
import hmac
from datetime import datetime, timedelta
from urllib.parse import parse_qs

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from django.core.cache import cache
from django.http import HttpRequest

from amends.records.post.models.hook import Hook, Signer
from amends.records.post.signing_keys import sendgrid_key

# Mailgun tries for eight hours where we can't take a mail, perhaps with its first signature.
_AT_MOST = timedelta(hours=9)
_AHEAD = timedelta(minutes=5)
_MOST_DIGITS = 12
_MOST_FIELDS = 200
_SIGNED = ("timestamp", "token", "signature")


class NotSigned(Exception):
    """It bears no signature of the provider, one that is too old, or one that was used."""


def proof(hook: Hook, request: HttpRequest, at: datetime) -> str:
    """Check the signature; return what names it where it is good for one mail only, or ""."""
    if hook.signer == Signer.MAILGUN:
        # Mailgun signs a token and not the mail, so a token is good for one mail.
        return f"hook-used:{hook.pk.hex}:{_by_mailgun(hook, request, at)}"
    if hook.signer == Signer.SENDGRID:
        _by_sendgrid(hook, request, at)
    return ""


def must_be_first(used: str, raw: bytes) -> None:
    """Refuse another mail under a token of before; the same one again changes nothing."""
    known = cache.get(used) if used else None
    if known not in {None, hashlib.sha256(raw).hexdigest()}:
        raise NotSigned("used before")


def note_used(used: str, raw: bytes) -> None:
    """Note it once the mail is kept: who is killed before that is tried again."""
    if used:
        seconds = int((_AT_MOST + _AHEAD).total_seconds())
        cache.set(used, hashlib.sha256(raw).hexdigest(), seconds)


def _by_mailgun(hook: Hook, request: HttpRequest, at: datetime) -> str:
    """Check the signature over time and token; return the token's digest."""
    said = _said_in(request)
    timestamp, token, signature = (said[name] for name in _SIGNED)
    _must_be_of_now(timestamp, at)
    of_it = f"{timestamp}{token}".encode("latin-1", "replace")
    expected = hmac.new(hook.key().encode(), of_it, hashlib.sha256).hexdigest()
    if not hmac.compare_digest(expected.encode(), signature.lower().encode("latin-1", "replace")):
        raise NotSigned("another key")
    return hashlib.sha256(of_it).hexdigest()


def _by_sendgrid(hook: Hook, request: HttpRequest, at: datetime) -> None:
    """Check the signature (ECDSA) over time and body, as SendGrid's and Twilio's pages have it."""
    timestamp = request.headers.get("X-Twilio-Email-Event-Webhook-Timestamp", "")
    signature = request.headers.get("X-Twilio-Email-Event-Webhook-Signature", "")
    _must_be_of_now(timestamp, at)
    try:
        key = sendgrid_key(hook.key())
        told = timestamp.encode() + request.body
        key.verify(base64.b64decode(signature, validate=True), told, ec.ECDSA(SHA256()))
    except (ValueError, InvalidSignature) as wrong:
        raise NotSigned("another key") from wrong


def _must_be_of_now(timestamp: str, at: datetime) -> None:
    # As SendGrid writes it, or Mailgun: seconds, and nothing that int() reads besides.
    if not (timestamp.isascii() and timestamp.isdigit() and len(timestamp) <= _MOST_DIGITS):
        raise NotSigned("no time")
    ago = timedelta(seconds=at.timestamp() - int(timestamp))
    if not -_AHEAD <= ago <= _AT_MOST:
        raise NotSigned("too old")


def _said_in(request: HttpRequest) -> dict[str, str]:
    if request.content_type == "multipart/form-data":
        request.encoding = "latin-1"
        return {name: request.POST.get(name, "") for name in _SIGNED}
    if request.content_type != "application/x-www-form-urlencoded":
        raise NotSigned("no form")
    try:
        form = parse_qs(
            request.body.decode("latin-1"), encoding="latin-1", max_num_fields=_MOST_FIELDS
        )  # fmt: skip
    except ValueError as many:
        raise NotSigned("too many fields") from many
    return {name: form.get(name, [""])[0] for name in _SIGNED}
