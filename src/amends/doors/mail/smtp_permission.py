"""Signing in at a provider's server of outgoing mail with the permission of a mailbox (XOAUTH2)."""

import smtplib

from django.conf import settings

from amends.doors.mail.hindered import Hindered
from amends.doors.mail.permission import token_of
from amends.ground import clock
from amends.ground.loopback import is_loopback
from amends.records.post.models import Grant
from amends.records.post.models.pickup import Trouble

_ENDED = (
    "the permission is not there, or the provider has ended it: sign in there anew, House, Mail"
)
_OF_ANOTHER = "a token goes to the provider's own server only, and encrypted"


def sign_in_by_grant(server: smtplib.SMTP) -> None:
    """Sign in as the settings' user; Hindered says what is in the way.

    A token that the server refuses is forgotten, so that the next try renews it.
    """
    user = settings.SMTP_USER.strip()
    grant = Grant.objects.filter(user__iexact=user).order_by("id").first() if user else None
    if grant and not is_of(grant):
        raise Hindered(Trouble.CERTIFICATE, _OF_ANOTHER)
    try:
        with token_of(grant, clock.now()) as token:
            _sign_in(server, grant.user if grant else user, token)
    except Hindered as hindered:
        if hindered.trouble != Trouble.GRANT:
            raise
        raise Hindered(Trouble.GRANT, f"{_ENDED} {hindered.answer}".strip()) from hindered


def is_of(grant: Grant) -> bool:
    in_secret = settings.SMTP_SECURITY in {"starttls", "tls"} or is_loopback(settings.SMTP_HOST)
    return in_secret and settings.SMTP_HOST.lower() == grant.where.smtp_host


def _sign_in(server: smtplib.SMTP, user: str, token: str) -> None:
    # A server that refuses says why in a challenge; it is answered with nothing.
    said = iter((f"user={user}\x01auth=Bearer {token}\x01\x01", ""))
    try:
        server.auth("XOAUTH2", lambda _challenge=None: next(said, "*"))
    except smtplib.SMTPAuthenticationError as no:
        raise Hindered(Trouble.SIGN_IN, f"{no.smtp_code} {_read(no.smtp_error)}") from no
    except ValueError as odd:
        raise Hindered(Trouble.SIGN_IN, str(odd)) from odd


def _read(said: bytes | str) -> str:
    return said.decode("utf-8", "replace") if isinstance(said, bytes) else said
