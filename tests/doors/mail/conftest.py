import uuid
from datetime import UTC, datetime, timedelta

import pytest
from aiosmtpd.smtp import SMTP
from smtp_server import Server

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


@pytest.fixture
def server(settings):
    told = Server()

    def smtp():
        return SMTP(told, hostname="test", enable_SMTPUTF8=True)

    with Listener(told, smtp, host="127.0.0.1", port=0) as listener:
        settings.SMTP_HOST, settings.SMTP_PORT = "127.0.0.1", listener.port
        yield told
