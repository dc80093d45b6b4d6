"""The demo company in an empty house, at one moment."""

from datetime import UTC, datetime
from types import ModuleType
from zoneinfo import ZoneInfo

import pytest
from django.urls import clear_url_caches, include, path

from amends.doors.demo.company import open_company
from amends.site import urls as site_urls


@pytest.fixture
def now():
    """The demo's now: half past eleven in Kraków, on a Wednesday."""
    return datetime(2026, 11, 25, 10, 30, tzinfo=UTC).astimezone(ZoneInfo("Europe/Warsaw"))


@pytest.fixture
def company(db, now):
    open_company(now)


@pytest.fixture
def demo(settings):
    """The site as it is when the demo runs."""
    settings.DEMO = settings.DEMO_BAR = True
    settings.INSTALLED_APPS = [*settings.INSTALLED_APPS, "amends.doors.demo"]
    room = ModuleType("demo_urls")
    room.urlpatterns = [*site_urls.urlpatterns, path("demo/", include("amends.doors.demo.urls"))]
    settings.ROOT_URLCONF = room
    clear_url_caches()
    yield settings
    clear_url_caches()
