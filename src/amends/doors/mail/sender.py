"""Sends what is due: each mail is claimed, handed over, and what the server said is recorded."""

import logging
import time
import uuid
from collections.abc import Callable
from datetime import datetime

from django.conf import settings
from django.db import close_old_connections

from amends.doors.mail.line import Answer, Line, NoLine
from amends.ground.loopback import is_loopback
from amends.ground.passing import is_passing
from amends.records.post import after_restoring
from amends.records.post.models import LeaseLost, Outgoing
from amends.records.post.models.outgoing import OutgoingQuerySet

log = logging.getLogger(__name__)

# Leases count from the batch's `now`: a batch must be much shorter than a lease.
_LONGEST_BATCH_SECONDS = 30
# Shorter than a lease, by what the mail took before.
_LONGEST_PERSISTING_SECONDS, _PERSISTING_PAUSE_SECONDS = 240, 5


class RealMailInDemo(Exception):
    """The demo was to send mail through a server that is not on this machine."""


class BadSmtpSecurity(Exception):
    """SMTP_SECURITY is none of: none, starttls, tls."""


def refuse_wrong_settings() -> None:
    if settings.DEMO and not is_loopback(settings.SMTP_HOST):
        raise RealMailInDemo(settings.SMTP_HOST)
    if settings.SMTP_SECURITY not in {"none", "starttls", "tls"}:
        raise BadSmtpSecurity(settings.SMTP_SECURITY)


def send_due(now: datetime, limit: int = 100) -> int:
    """Send what is due, at most `limit` mails, over one connection; return how many were tried."""
    refuse_wrong_settings()
    began = time.monotonic()
    line = Line()
    count = 0
    try:
        for mail in _leaving(now)[:limit]:
            token = mail.claim(now)
            if token:
                _send(mail, token, now, line)
                count += 1
            if time.monotonic() - began > _LONGEST_BATCH_SECONDS:
                break
    finally:
        line.close()
    return count


def _leaving(now: datetime) -> OutgoingQuerySet:
    due = Outgoing.objects.due(now)
    return due.filter(automatic=False) if after_restoring.held_since() else due


def _send(mail: Outgoing, token: uuid.UUID, now: datetime, line: Line) -> None:
    try:
        _try(mail, token, now, line)
    except LeaseLost:
        # Whoever has it now saw that it was handed over, and says that it goes again.
        log.warning("sending %s took longer than its lease", mail.pk)
        line.drop()
    except Exception as error:
        said, trace = str(error).strip(), not is_passing(error)
        log.exception("sending %s failed: %s", mail.pk, said, exc_info=trace)
        line.drop()
        mail.postpone(token, now, f"{type(error).__name__}: {error}")


def _try(mail: Outgoing, token: uuid.UUID, now: datetime, line: Line) -> None:
    mime = mail.mime()
    handed_over = False
    try:
        answer = line.offer(mail.from_address, mail.to_address)
        if answer.is_yes:
            mail.hand_over(token, now, mime)
            handed_over = True
            answer = line.deliver(mime)
    except NoLine as trouble:
        line.drop()
        mail.postpone(token, now, str(trouble))
        return
    _persist(lambda: _record(mail, token, now, answer, declined=handed_over))
    if not answer.is_yes:
        line.clear(answer)


def _persist(note: Callable[[], None]) -> None:
    """Write down what the server said, though nothing can be written for a while.

    Forgotten, a mail that has left would leave again.
    """
    until = time.monotonic() + _LONGEST_PERSISTING_SECONDS
    while True:
        try:
            return note()
        except Exception as trouble:
            if not is_passing(trouble) or time.monotonic() > until:
                raise
            log.warning("what the mail server said can't be written down yet: %s", trouble)
        time.sleep(_PERSISTING_PAUSE_SECONDS)
        close_old_connections()


def _record(
    mail: Outgoing, token: uuid.UUID, now: datetime, answer: Answer, *, declined: bool
) -> None:
    if answer.is_yes:
        mail.accept(token, now, str(answer))
    elif answer.is_never:
        mail.refuse(token, now, str(answer))
    else:
        log.info("%s is put off: %s", mail.pk, answer)
        mail.postpone(token, now, str(answer), declined=declined)
