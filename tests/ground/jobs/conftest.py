from datetime import UTC, datetime

import pytest
from tests.ground.jobs import errands

NOW = datetime(2026, 11, 25, 9, 0, tzinfo=UTC)


@pytest.fixture
def now():
    return NOW


@pytest.fixture(autouse=True)
def _nothing_done():
    errands.done.clear()
