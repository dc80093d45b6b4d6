import uuid
from datetime import UTC, datetime, timedelta

import pytest
from aiosmtpd.smtp import SMTP

from amends.doors.mail.listening import Listener
from amends.records.post.models import Outgoing

NOW = datetime(2026, 11, 25, 9, 0, tzinfo=UTC)


@pytest.fixture
def now():
    return NOW


@pytest.fixture(autouse=True)
def _house_of_its_own(settings, tmp_path):
    settings.HOUSE_HOME = tmp_path / "house"


@pytest.fixture
def post(db):
    def post(**changed):
        values = {
            "thread": uuid.UUID(int=7),
            "to": "nowak@example.org",
            "from_address": "help@lamps.example",
            "subject": "Your lamp",
            "body": "We are sorry.\n.\nYours",
            "at": NOW,
            "undo": timedelta(0),
        }
        return Outgoing.objects.post(**{**values, **changed})

    return post


class Server:
    """A server of mail that does as it is told."""

    def __init__(self):
        self.mails, self.connections = [], 0
        self.for_sender = self.for_recipient = self.for_mail = "250 OK"
        self.before_answer = lambda: None

    async def handle_EHLO(self, _server, session, _envelope, hostname, responses):  # noqa: N802
        self.connections += 1
        session.host_name = hostname
        return responses

    async def handle_MAIL(self, _server, _session, envelope, address, _options):  # noqa: N802
        envelope.mail_from = address
        return self.for_sender

    async def handle_RCPT(self, _server, _session, envelope, address, _options):  # noqa: N802
        if self.for_recipient.startswith("2"):
            envelope.rcpt_tos.append(address)
        return self.for_recipient

    async def handle_DATA(self, server, _session, envelope):  # noqa: N802
        self.mails.append((envelope.rcpt_tos[0], envelope.original_content))
        self.before_answer()
        if self.for_mail == "hang up":
            server.transport.abort()
        return self.for_mail


@pytest.fixture
def server(settings):
    told = Server()

    def smtp():
        return SMTP(told, hostname="test", enable_SMTPUTF8=True)

    with Listener(told, smtp, host="127.0.0.1", port=0) as listener:
        settings.SMTP_HOST, settings.SMTP_PORT = "127.0.0.1", listener.port
        yield told
