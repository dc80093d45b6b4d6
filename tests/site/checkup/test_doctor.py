"""bin/amends doctor says in plain words what is missing or wrong."""

import json
import socket

import pytest
from django.core.management import call_command

from amends.ground import zone
from amends.records.people.models import Person
from amends.site.checkup import house, machine
from amends.site.checkup.look import look

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def offline(monkeypatch):
    """Let no name server be there: what it says is looked at elsewhere."""

    def nobody():
        raise zone.Silent("no resolver")

    monkeypatch.setattr(zone, "resolver", nobody)


def about(name, findings):
    (found,) = [finding for finding in findings if finding.name == name]
    return found


@pytest.fixture
def listening(settings):
    """Give a door for mail that somebody stands behind."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        settings.LMTP_HOST, settings.LMTP_PORT = server.getsockname()
        yield


def test_it_ends_with_1_while_something_is_wrong(capsys, settings):
    settings.SMTP_PORT = 1
    with pytest.raises(SystemExit) as ended:
        call_command("doctor", "--json")
    found = json.loads(capsys.readouterr().out)
    assert ended.value.code == 1
    assert all(each["do"] for each in found if each["level"] != "good")
    assert {"mail out", "mail in", "worker", "people"} <= {
        each["name"] for each in found if each["level"] == "wrong"
    }


def test_each_thing_has_one_line(now, cast, settings):
    settings.SMTP_PORT = 1
    names = [found.name for found in look(now)]
    assert len(names) == len(set(names))


@pytest.mark.parametrize(
    ("url", "hosts", "behind", "level"),
    [
        ("http://localhost:8000", ["localhost"], False, "warning"),
        ("http://desk.example", ["desk.example"], True, "wrong"),
        ("https://desk.example", ["other.example"], True, "wrong"),
        ("https://desk.example", ["desk.example"], False, "warning"),
        ("https://desk.example", ["desk.example"], True, "good"),
    ],
)
def test_it_looks_at_the_address(settings, now, url, hosts, behind, level):
    settings.HOUSE_URL, settings.ALLOWED_HOSTS, settings.BEHIND_PROXY = url, hosts, behind
    assert about("address", machine.look_at_machine(now)).level == level


def test_it_looks_at_rights_key_and_debugging(settings, now):
    settings.HOUSE_HOME.chmod(0o755)
    settings.SECRET_KEY, settings.DEBUG = "short", True
    found = list(machine.look_at_machine(now))
    assert about("folder", found).level == "warning"
    assert about("key", found).level == "wrong"
    assert about("debugging", found).level == "wrong"


def test_it_sees_whether_mail_comes_in(cast, listening):
    assert about("mail in", house._mail_in()).level == "good"
    cast.house.address = "other@house.example"
    cast.house.save()
    assert "has no mailbox" in about("mail in", house._mail_in()).says


def test_it_sees_that_nobody_may_set_the_house(cast):
    Person.objects.filter(administers=True).update(is_active=False)
    assert house._people().level == "wrong"


def test_a_look_that_breaks_is_a_finding(now, monkeypatch, cast, settings):
    settings.SMTP_PORT = 1
    monkeypatch.setattr(house, "is_up_to_date", lambda: 1 / 0)
    assert "ZeroDivisionError" in about("house", look(now)).says
