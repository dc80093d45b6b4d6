"""`bin/amends setup` makes a house, or brings it up to date, and may be run again."""

import os
import subprocess
import sys

import pytest
from django.core.management import call_command

from amends.doors.terminal.management.commands import setup
from amends.records.joining.beginning import set_up_code
from amends.records.people.models import Person


@pytest.fixture
def commands(monkeypatch, settings, tmp_path, db):
    """What setup calls, without doing it to the tests' own database."""
    called = []
    settings.HOUSE_HOME = tmp_path / "new" / "house"
    monkeypatch.setattr(setup, "call_command", lambda name, **_options: called.append(name))
    return called


def test_it_makes_the_folder_and_says_where_it_is(commands, settings, capsys):
    for _time in range(2):
        call_command(setup.Command())
        assert str(settings.HOUSE_HOME) in capsys.readouterr().out
    assert settings.HOUSE_HOME.is_dir()
    assert commands == ["migrate", "createcachetable", "collectstatic"] * 2


def test_it_says_how_the_first_person_gets_in(commands, capsys):
    call_command(setup.Command())
    said = capsys.readouterr().out
    assert "Nobody can sign in yet" in said
    assert f"/setup/?code={set_up_code()}" in said
    Person.objects.invite(email="a@b.example", name="A", password=None)
    call_command(setup.Command())
    assert "Nobody can sign in yet" not in capsys.readouterr().out


def test_it_sets_a_house_up_twice_for_real(tmp_path):
    home = tmp_path / "house"
    environment = {**os.environ, "AMENDS_HOME": str(home), "AMENDS_DEMO": "0"}
    environment.pop("DATABASE_URL", None)
    for _time in range(2):
        done = subprocess.run(
            [sys.executable, "-m", "amends.site", "setup"],
            env=environment, capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        assert f"The house is in {home}" in done.stdout
        key = (home / "secret").read_text()
    assert len(key) > 50
    assert (home / "secret").stat().st_mode & 0o077 == 0
    assert (home / "secret").read_text() == key
    assert (home / "house.sqlite3").exists()
    assert (home / "static" / "amends" / "icon.svg").exists()


def test_it_says_what_commands_there_are(db):
    from django.core.management import get_commands

    assert {"setup", "house", "person", "intake", "work"} <= set(get_commands())
