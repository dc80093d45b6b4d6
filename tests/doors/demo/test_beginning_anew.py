"""Reset: the demo is as new in one click, and nobody meets a house without a company."""

from datetime import timedelta

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.test import Client
from django.urls import reverse

from amends.doors.demo import letters, opening, planting, reset
from amends.ground import clock
from amends.ground.jobs.models import Job
from amends.ground.search import index
from amends.records.complaints.indexing import index_contact
from amends.records.complaints.models import Contact
from amends.records.house.models import House
from amends.records.people.models import Person

pytestmark = pytest.mark.skipif(
    "connection.vendor != 'sqlite'", reason="the demo always uses SQLite"
)


@pytest.fixture
def used(demo, company, now, tmp_path):
    """A demo in which much has been done."""
    planting.plant_three_mails(now)
    clock.move(timedelta(days=3))
    letters.put(b"To: x@mail.example\n\nHello")
    House.objects.get().say(name="Renamed")
    return demo


def test_it_is_as_new_and_plays_its_stories_again(used):
    tables = ContentType.objects.count()
    client = Client()
    client.post("/demo/enter/ana/")
    assert client.post("/demo/reset/").headers["Location"] == "/demo/"
    assert House.objects.get().name == "Krakofon"
    assert Person.objects.count() == 12
    assert not Contact.objects.exists()
    assert clock.moved_by() == timedelta(0)
    assert letters.received() == []
    assert index.search("KF-40217", limit=5) == []
    assert [job.task.rpartition(".")[2] for job in Job.objects.all()] == ["load_stories"]
    assert ContentType.objects.count() == tables
    assert opening.progress().played == 0


def test_it_ends_all_sessions_and_lets_one_in_again(used):
    other, client = Client(), Client()
    other.post("/demo/enter/ewa/")
    client.post("/demo/reset/")
    assert other.get(reverse("desk:my_day")).status_code == 302
    assert client.get("/demo/").status_code == 200
    other.post("/demo/enter/ewa/")
    assert other.get(reverse("desk:my_day")).status_code == 200


def test_it_finds_what_is_written_anew(used, now):
    reset.begin_anew()
    planting.plant_three_mails(now)
    for contact in Contact.objects.all():
        index_contact.func(str(contact.pk))
    assert len(index.search("KF-40217", limit=5)) == 3
    assert Contact.objects.count() == 3


def test_it_leaves_all_as_it_was_when_the_company_can_not_be_opened(used, monkeypatch):
    def broken(at):
        raise RuntimeError("no company")

    monkeypatch.setattr(reset.opening, "open_house", broken)
    with pytest.raises(RuntimeError, match="no company"):
        reset.begin_anew()
    assert Contact.objects.count() == 3
    assert letters.received()
    assert connection.is_usable()
