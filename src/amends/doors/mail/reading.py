"""From the bytes kept to a contact. What can't be read comes in too, as its source."""

import logging
from collections.abc import Iterable
from datetime import datetime, timedelta
from email.message import EmailMessage
from email.policy import SMTP

from django.conf import settings
from django.db import transaction
from django_tasks import task

from amends.expertise.correspondence import Letter, read_letter
from amends.ground import files
from amends.ground.passing import is_passing
from amends.records.complaints import intake
from amends.records.post.addresses import can_be_written_to
from amends.records.post.models import RawMail

log = logging.getLogger(__name__)

_OVERLOOKED_AFTER = timedelta(minutes=30)
_SOURCE_SHOWN = 200_000


def receive(
    raw: bytes,
    *,
    source: str,
    at: datetime,
    envelope_from: str = "",
    envelope_to: Iterable[str] = (),
) -> RawMail:
    """Keep the mail for good and see to its being read; whoever sent it may now forget it."""
    # On the disk first, outside the transaction: no writer waits for it.
    digest = files.keep(raw)
    with transaction.atomic():
        # The same bytes are the same mail: our answer was missed, or a file read twice.
        mail = RawMail.objects.filter(digest=digest).first() or RawMail.objects.keep(
            raw, source=source, at=at, envelope_from=envelope_from, envelope_to=envelope_to
        )
        read_again([mail], at)
    return mail


def read_again(mails: Iterable[RawMail], at: datetime) -> None:
    for mail in mails:
        if mail.state == "waiting":
            read_raw_mail.using(run_after=at).enqueue(str(mail.pk))


def read_overlooked(now: datetime) -> None:
    """Read what still waits though its job is gone or was given up: no mail is ever lost."""
    read_again(RawMail.objects.waiting().received_before(now - _OVERLOOKED_AFTER), now)


@task(once=True)
def read_raw_mail(raw_id: str) -> None:
    mail = RawMail.objects.get(pk=raw_id)
    raw = mail.content()
    try:
        _take_in(mail, read_letter(raw, trusted_authserv=settings.TRUSTED_AUTHSERV))
    except Exception as error:
        if is_passing(error):
            raise  # the database or the disk is at fault, not the mail: the job tries again
        log.exception("%s can't be read and comes in as its source", mail)
        why = f"{type(error).__name__}: {error}"
        source = as_source(mail.envelope_from, raw)
        _take_in(mail, read_letter(source, trusted_authserv=None), unreadable=why)


def _take_in(mail: RawMail, letter: Letter, *, unreadable: str = "") -> None:
    with transaction.atomic():
        if mail.take(unreadable=unreadable):
            intake.take_in(mail, letter, at=mail.received_at)


def as_source(envelope_from: str, raw: bytes) -> bytes:
    """Return a simple mail that anyone can read, holding the one that we couldn't."""
    stand_in = EmailMessage(policy=SMTP)
    if can_be_written_to(envelope_from):
        stand_in["From"] = envelope_from
    stand_in.set_content(raw[:_SOURCE_SHOWN].decode("utf-8", "replace").replace("\x00", ""))
    return stand_in.as_bytes()
