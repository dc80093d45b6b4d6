import uuid
from datetime import UTC, datetime, timedelta

import pytest

from amends.records.post.models import Outgoing

NOW = datetime(2026, 11, 25, 9, 0, tzinfo=UTC)


@pytest.fixture
def now():
    return NOW


@pytest.fixture(autouse=True)
def _house_of_its_own(settings, tmp_path):
    settings.HOUSE_HOME = tmp_path


@pytest.fixture
def post(db):
    def post(**changed):
        values = {
            "thread": uuid.UUID(int=7),
            "to": "nowak@example.org",
            "from_address": "help@lamps.example",
            "subject": "Your lamp",
            "body": "We are sorry.",
            "at": NOW,
            "undo": timedelta(0),
        }
        return Outgoing.objects.post(**{**values, **changed})

    return post
