"""Reset: the demo is as new in one click, and nobody meets a house without a company."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from amends.doors.demo import as_new, heroes, letters, loading, opening, planting, reset
from amends.doors.demo.planting import _read as planted
from amends.doors.demo.stock import stories
from amends.ground import clock
from amends.ground.jobs.models import Job
from amends.ground.jobs.running import run_due
from amends.ground.search import index
from amends.records.complaints.models import Contact
from amends.records.house.models import House
from amends.records.people.models import Absence, Person

SURGE = len(planted("surge")["mail"])
NEARLY = planted("cases")["nearly_due"]["address"]

pytestmark = pytest.mark.skipif(
    "connection.vendor != 'sqlite'", reason="the demo always uses SQLite"
)


@pytest.fixture
def used(demo, company, now, tmp_path, monkeypatch):
    """A demo of three stories in which much has been done."""
    monkeypatch.setattr(timezone, "now", lambda: now)
    monkeypatch.setattr(opening, "stories", lambda: stories()[:3])
    planting.plant_three_mails(now)
    clock.move(timedelta(days=3))
    letters.put(b"To: x@mail.example\n\nWritten meanwhile")
    House.objects.get().say(name="Renamed")
    return demo


@pytest.fixture
def played(monkeypatch):
    """Which stories are played anew, by their names."""
    names, play = [], heroes.play

    def noted(story, *, now):
        names.append(story["slug"])
        return play(story, now=now)

    monkeypatch.setattr(opening.heroes, "play", noted)
    return names


def rows():
    """All that is in the house, as the database holds it."""
    with connection.cursor() as cursor:
        told = {}
        for table in as_new.tables():
            names = ", ".join(f"+{name}" for name in as_new._columns(table))
            cursor.execute(f"SELECT {names} FROM {table}")
            told[table] = sorted(map(repr, cursor.fetchall()))
        return told


def read(folder, file):
    return (Path(settings.HOUSE_HOME) / folder / file).read_bytes()


def files_in(folder):
    home = Path(settings.HOUSE_HOME) / folder
    return {file.relative_to(home) for file in home.rglob("*") if file.is_file()}


def test_it_is_as_new_with_all_its_stories(used):
    tables = ContentType.objects.count()
    client = Client()
    client.post("/demo/enter/ana/")
    assert client.post("/demo/reset/").headers["Location"] == "/demo/"
    assert House.objects.get().name == "Krakofon"
    assert Person.objects.count() == 12
    assert Absence.objects.count() == 1
    assert clock.moved_by() == timedelta(0)
    assert "Written meanwhile" not in [one.letter.text.strip() for one in letters.received()]
    # Three stories, three mails of one, a bounced answer, a case nearly due, and the surge.
    assert Contact.objects.count() == 3 + 3 + 1 + 1 + SURGE
    assert ContentType.objects.count() == tables
    assert Job.objects.filter(task__endswith="load_history").count() == 1


def test_it_brings_back_what_was_kept_instead_of_playing_it(used, played):
    reset.begin_anew()
    assert len(played) == 3
    before, files = rows(), files_in("files")
    letters_then = files_in("customers")
    assert letters_then
    Contact.objects.first().customer_writes(text="And then?", at=clock.now())
    letters.put(b"To: x@mail.example\n\nWritten meanwhile")
    files_in_use = Path(settings.HOUSE_HOME) / "files" / "a-file-of-use"
    files_in_use.write_text("used")
    reset.begin_anew()
    assert len(played) == 3
    after = rows()
    # The case that is nearly due is played each time: its keys are new, and so are its jobs'.
    same = {table for table in before if before[table] == after[table]}
    assert {"house_house", "people_person", "people_team", "promises_promise"} <= same
    assert {table: len(found) for table, found in after.items()} == {
        table: len(found) for table, found in before.items()
    }
    assert len(files_in("customers")) == len(letters_then)
    assert not files_in_use.exists()
    assert len(files_in("files")) == len(files)
    assert {
        file for file in files_in("customers") if b"meanwhile" in read("customers", file)
    } == set()


def test_the_case_that_is_nearly_due_is_so_again_hours_later(used, now, monkeypatch):
    reset.begin_anew()
    later = now + timedelta(hours=3)
    monkeypatch.setattr(timezone, "now", lambda: later)
    reset.begin_anew()
    due = Contact.objects.get(customer__addresses__address=NEARLY).answer_due_at
    assert timedelta(minutes=39) < due - later < timedelta(minutes=41)


@pytest.mark.parametrize(
    "later", [timedelta(days=1), timedelta(hours=5), timedelta(hours=-1)], ids=str
)
def test_it_plays_the_stories_anew_where_what_was_kept_is_not_of_now(
    used, played, now, monkeypatch, later
):
    reset.begin_anew()
    monkeypatch.setattr(timezone, "now", lambda: now + later)
    reset.begin_anew()
    assert len(played) == 6
    reset.begin_anew()
    assert len(played) == 6


def test_it_plays_the_stories_anew_after_an_update(used, played, monkeypatch):
    reset.begin_anew()
    monkeypatch.setattr(as_new, "_version", lambda: "another")
    reset.begin_anew()
    assert len(played) == 6


def test_it_leaves_all_as_it_was_when_nothing_can_be_kept(used, monkeypatch):
    def full(file):
        raise OSError("the disk is full")

    monkeypatch.setattr(as_new, "_copy_rows_to", full)
    with pytest.raises(OSError, match="full"):
        reset.begin_anew()
    assert House.objects.get().name == "Renamed"
    assert Contact.objects.count() == 3
    assert "Written meanwhile" in [one.letter.text.strip() for one in letters.received()]


def test_it_ends_all_sessions_and_lets_one_in_again(used):
    other, client = Client(), Client()
    other.post("/demo/enter/ewa/")
    client.post("/demo/reset/")
    assert other.get(reverse("desk:my_day")).status_code == 302
    assert client.get("/demo/").status_code == 200
    other.post("/demo/enter/ewa/")
    assert other.get(reverse("desk:my_day")).status_code == 200


def test_it_finds_what_was_brought_back(used, now, monkeypatch):
    monkeypatch.setattr(loading, "plots", lambda at: [])
    reset.begin_anew()
    reset.begin_anew()
    while run_due(now):
        pass
    assert len(index.search("KF-40217", limit=5)) == 3


def test_it_leaves_all_as_it_was_when_the_company_can_not_be_opened(used, monkeypatch):
    def broken(at):
        raise RuntimeError("no company")

    monkeypatch.setattr(reset.opening, "open_house", broken)
    with pytest.raises(RuntimeError, match="no company"):
        reset.begin_anew()
    assert Contact.objects.count() == 3
    assert letters.received()
    assert connection.is_usable()
