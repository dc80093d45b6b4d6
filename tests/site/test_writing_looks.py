"""The web writes who looked by itself, and a database that is away keeps nobody's page."""

import sys
from importlib import import_module
from types import SimpleNamespace

import pytest
from django.db import OperationalError

from amends.records.looking.batch import LOOKS, Batch
from amends.records.looking.models import Glance, Look, What
from amends.site import looks


@pytest.fixture
def closings(monkeypatch):
    """How often the writer let its connection go; a test's own can't be closed."""
    seen = []
    monkeypatch.setattr(looks, "connection", SimpleNamespace(close=lambda: seen.append(1)))
    return seen


def test_it_writes_what_waits_and_lets_the_connection_go(cast, now, closings):
    LOOKS.add(Glance(What.CASE, now, cast.ana.pk))
    looks.write_now()
    looks.write_now()
    assert Look.objects.count() == 1
    assert len(closings) == 1


def test_it_goes_on_when_the_database_is_away(cast, now, closings, monkeypatch, caplog):
    LOOKS.add(Glance(What.CASE, now, cast.ana.pk))
    with monkeypatch.context() as away:
        away.setattr(Batch, "_write", _fails)
        looks.write_now()
    assert "not written yet" in caplog.text
    looks.write_now()
    assert Look.objects.count() == 1


def _fails(_batch, _told):
    raise OperationalError


def test_it_begins_with_the_web(monkeypatch):
    begun = []
    monkeypatch.setattr(looks, "start_writing", lambda: begun.append(1))
    monkeypatch.delitem(sys.modules, "amends.site.wsgi", raising=False)
    import_module("amends.site.wsgi")
    assert begun == [1]
