"""A house is backed up while it is used, and comes back: with all bytes, and nothing sent twice."""

import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from amends.ground.occupied import stay

ROOT = Path(__file__).resolve().parents[3]

FURNISH = """
from amends.ground import clock
from amends.records.complaints.intake import Told, take_in_told
from amends.records.house.models import House
from amends.records.people.models import Person, Team
from amends.records.post.models import Outgoing, Mailbox, RawMail
House.objects.create(name="Krakofon", address="help@house.example", language="en")
care = Team.objects.create(name="Care", languages=["en"], is_default=True)
Mailbox.objects.create(address="help@house.example", name="help", team=care)
ana = Person.objects.invite(email="ana@house.example", name="Ana Example", password=None)
care.admit(ana)
now = clock.now()
contact = take_in_told(Told(text="Late.", channel="mail", name="Olga", address="olga@customer.example",
                            subject="Late", language="en"), at=now, by=ana)
contact.decide("complaint", by=ana, at=now)
RawMail.objects.keep(b"From: olga@customer.example\\n\\nLate.", source="file", at=now)
Outgoing.objects.post(thread=contact.id, to="olga@customer.example", from_address="help@house.example",
                      subject="Re", body="It leaves today.", at=now)
Outgoing.objects.post(thread=contact.id, to="olga@customer.example", from_address="help@house.example",
                      subject="We have it", body="We have it.", at=now, automatic=True)
"""
COUNT = """
from amends.records.complaints.models import Contact
from amends.records.post.models import Outgoing, RawMail
print(Contact.objects.count(), *sorted(Outgoing.objects.values_list("state", flat=True)),
      *[mail.content().count(b"Late") for mail in RawMail.objects.all()])
"""
SPOIL = """
from amends.records.post.models import RawMail
RawMail.objects.all().delete()
"""


class House:
    def __init__(self, home, database_url):
        self.home = home
        self.environment = {
            **{name: value for name, value in os.environ.items() if name != "AMENDS_DEMO"},
            "AMENDS_HOME": str(home),
            "DATABASE_URL": database_url,
            "PYTHONPATH": str(ROOT / "src"),
        }

    def call(self, *arguments):
        return subprocess.run(
            [sys.executable, "-m", "amends.site", *map(str, arguments)],
            env=self.environment, capture_output=True, text=True, check=False, cwd=ROOT,
        )  # fmt: skip

    def does(self, *arguments):
        done = self.call(*arguments)
        assert done.returncode == 0, done.stderr
        return done.stdout

    def refuses(self, *arguments):
        done = self.call(*arguments)
        assert done.returncode != 0, done.stdout
        assert "Traceback" not in done.stderr
        return done.stderr


@pytest.fixture
def house(tmp_path, database_url):
    made = House(tmp_path / "house", database_url)
    made.does("setup")
    made.does("shell", "-v0", "-c", FURNISH)
    return made


def test_it_comes_back_whole_and_sends_nothing_twice(house, tmp_path, database_url):
    place = tmp_path / "kept" / "house.tar"
    key = (house.home / "secret").read_text()
    # Somebody reads and somebody writes while it is made: a house is never stopped for it.
    here = stay(house.home)
    assert "1 kept files" in house.does("backup", place)
    assert "Stop it first" in house.refuses("restore", place)
    os.close(here)
    assert place.stat().st_mode & 0o777 == 0o600
    assert [left.name for left in place.parent.iterdir()] == ["house.tar"]

    house.does("shell", "-v0", "-c", SPOIL)
    (house.home / "secret").write_text("another")
    assert "There is a house" in house.refuses("restore", place)

    told = house.does("restore", place, "--replace")
    assert "2 mails waited" in told
    assert "Every mail and attachment that the house names is there." in told
    assert house.does("shell", "-v0", "-c", COUNT).split() == ["1", "refused", "refused", "1"]
    assert (house.home / "secret").read_text() == key
    (aside,) = house.home.glob("before-restore-*")
    assert (aside / "secret").read_text() == "another"
    assert not list(house.home.glob(".restoring-*"))
    assert "leaves again" in house.does("release")
    assert "Nothing is held" in house.does("release")
    if database_url:
        return  # one database is made for each test
    elsewhere = House(tmp_path / "elsewhere", "")
    elsewhere.does("restore", place)
    assert elsewhere.does("shell", "-v0", "-c", COUNT).split()[0] == "1"


def test_it_takes_no_backup_of_a_newer_version(house, tmp_path):
    if house.environment["DATABASE_URL"]:
        pytest.skip("a file of SQLite is taken apart")
    place = tmp_path / "house.tar"
    with sqlite3.connect(house.home / "house.sqlite3") as database:
        database.execute("create table house_more (id integer)")
        # Of a step that this version doesn't have.
        database.execute(
            "insert into django_migrations (app, name, applied) values ('house', '0999_more', '2026-01-01')"
        )
    house.does("backup", place)
    assert "newer version" in house.refuses("restore", place, "--replace")
    assert house.does("shell", "-v0", "-c", COUNT).split()[0] == "1"
