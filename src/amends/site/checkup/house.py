"""What the house must be like for mail to come in and go out."""

import socket
from collections.abc import Iterator
from datetime import datetime

from django.conf import settings
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils.timezone import is_naive

from amends.doors.mail.line import Line, NoLine
from amends.ground.loopback import is_loopback
from amends.records.house import privacy
from amends.records.house.models import House
from amends.records.people.models import Person
from amends.records.post import after_restoring
from amends.records.post.models import Mailbox
from amends.site.checkup.findings import Finding, good, span, warning, wrong
from amends.site.checkup.mail import look_at_mail

_SECONDS = 3
_CLOCKS_APART_SECONDS = 5


def is_up_to_date() -> bool:
    executor = MigrationExecutor(connection)
    return not executor.migration_plan(executor.loader.graph.leaf_nodes())


def not_up_to_date() -> Finding:
    return wrong("tables", "The database is not up to date.", "bin/amends setup")


def look_at_house(at: datetime) -> Iterator[Finding]:
    yield good("tables", "The database is up to date.")
    if connection.vendor == "postgresql":
        yield _clock(at)
    yield _people()
    yield from _mail_in()
    yield _mail_out()
    yield _privacy()
    yield from look_at_mail(at)
    if since := after_restoring.held_since():
        yield warning(
            "held mail", f"Mail that Amends writes by itself is held since {since:%Y-%m-%d %H:%M}.",
            "Look at the cases, then bin/amends release.",
        )  # fmt: skip


def _clock(at: datetime) -> Finding:
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        theirs = cursor.fetchone()[0]
    apart = abs(theirs - (at.replace(tzinfo=None) if is_naive(theirs) else at))
    if apart.total_seconds() > _CLOCKS_APART_SECONDS:
        return warning(
            "clock", f"The clocks of this machine and the database are {span(apart)} apart.",
            "Let both follow a time server (timedatectl set-ntp true).",
        )  # fmt: skip
    return good("clock", "This machine and the database have the same time.")


def _people() -> Finding:
    if not Person.objects.filter(is_active=True, administers=True).exists():
        return wrong(
            "people", "Nobody is there who may set the house.",
            "bin/amends setup says how the first administrator comes in.",
        )  # fmt: skip
    return good("people", "Somebody may set the house.")


def _privacy() -> Finding:
    if languages := privacy.unchecked(House.objects.current()):
        return warning(
            "privacy", f"The privacy notice is not the house's own in: {', '.join(languages)}.",
            "Read it and add what only you know: House, Texts, The privacy notice.",
        )  # fmt: skip
    return good("privacy", "The house has a privacy notice of its own.")


def _mail_in() -> Iterator[Finding]:
    house = House.objects.filter(only=True).first()
    if house is None or not house.address:
        yield wrong(
            "mail in", "The house has no address that customers write to.",
            "Set it in House, or: bin/amends house --address help@your-shop.example",
        )  # fmt: skip
        return
    if not Mailbox.objects.filter(address=house.address).exists():
        yield wrong(
            "mail in", f"{house.address} has no mailbox, so its mail is refused.",
            f"bin/amends house --address {house.address}",
        )  # fmt: skip
        return
    where = f"{settings.LMTP_HOST}:{settings.LMTP_PORT}"
    try:
        with socket.create_connection((settings.LMTP_HOST, settings.LMTP_PORT), _SECONDS):
            yield good("mail in", f"Mail for {house.address} is taken in at {where} (LMTP).")
    except OSError as trouble:
        yield wrong(
            "mail in", f"Nobody takes mail in at {where} (LMTP): {trouble.strerror or trouble}",
            "Start the worker, and see that AMENDS_LMTP_PORT is the one that it has.",
        )  # fmt: skip


def _mail_out() -> Finding:
    where = f"{settings.SMTP_HOST}:{settings.SMTP_PORT}"
    line = Line()
    try:
        line.greet()
    except NoLine as trouble:
        return wrong(
            "mail out", f"The mail server {where} can't be used: {trouble}",
            "See AMENDS_SMTP_HOST, …_PORT, …_SECURITY, …_USER, …_PASSWORD and …_OAUTH.",
        )  # fmt: skip
    finally:
        line.close()
    if settings.SMTP_SECURITY == "none" and not is_loopback(settings.SMTP_HOST):
        return warning(
            "mail out", f"Mail goes to {where} in the clear.",
            "Set AMENDS_SMTP_SECURITY to starttls or tls, if the server can do it.",
        )  # fmt: skip
    signed_in = ", and lets us in" if settings.SMTP_USER else ""
    return good("mail out", f"The mail server {where} answers{signed_in}.")
