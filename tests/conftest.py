"""The cast that every test knows: who works here, who doesn't, and a customer."""

from datetime import UTC, datetime
from types import SimpleNamespace

import pytest
from hypothesis import settings as hypothesis_settings

# Machines here are noisy: a slow example is no failure, and CI draws the same ones each time.
hypothesis_settings.register_profile("amends", deadline=None, derandomize=True)
hypothesis_settings.load_profile("amends")

# A Wednesday, ten o'clock in Kraków, no holiday near.
NOW = datetime(2026, 11, 25, 9, 0, tzinfo=UTC)


def pytest_addoption(parser):
    parser.addoption(
        "--only-database", action="store_true", help="only tests that ask the database something"
    )


def pytest_collection_modifyitems(config, items):
    """Leave out what no other database can change, where one is tried after the first."""
    if not config.getoption("--only-database"):
        return
    asking = [item for item in items if _asks(item)]
    config.hook.pytest_deselected(items=[item for item in items if not _asks(item)])
    items[:] = asking


def _asks(item):
    fixtures = {"db", "transactional_db", "live_server", "django_db_setup"}
    return bool(fixtures & set(item.fixturenames)) or item.get_closest_marker("django_db")


@pytest.fixture(autouse=True)
def house_home(settings, tmp_path):
    """Give each test a folder of its own for files, and a cache that forgets."""
    settings.HOUSE_HOME = tmp_path
    settings.CACHES = {
        "default": {
            "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
            "LOCATION": str(tmp_path),
        }
    }


@pytest.fixture(autouse=True)
def looks_forgotten():
    """Who looked in one test is nobody whom the next one knows."""
    yield
    from amends.records.looking.batch import LOOKS

    LOOKS.forget()


@pytest.fixture
def now():
    return NOW


@pytest.fixture
def cast(db):
    """Ana answers, Marek is on her team, Petra is on another; Ewa leads; Olga wrote to us."""
    from amends.records.customers.models import Customer
    from amends.records.house.models import House
    from amends.records.people.models import Person, Team
    from amends.records.post.models import Mailbox

    house = House.objects.create(
        name="Krakofon", address="help@house.example", phone="+48 12 555 01 02", language="en"
    )
    care = Team.objects.create(name="Care", languages=["en", "pl"], is_default=True)
    office = Team.objects.create(name="Office", closed=True)

    def invite(key, *teams, **roles):
        person = Person.objects.invite(
            email=f"{key}@house.example", name=f"{key.title()} Example", password=None, **roles
        )
        for team in teams:
            team.admit(person)
        return person

    people = {
        "ana": invite("ana", care, languages=["en", "pl"]),
        "marek": invite("marek", care),
        "petra": invite("petra", office),
        "ewa": invite("ewa", care, leads=True),
        "beata": invite("beata", handles=False, assures=True),
        "jan": invite("jan", handles=False, administers=True),
    }
    Mailbox.objects.create(address="help@house.example", name="help", team=care)
    olga = Customer.objects.welcome(
        name="Olga Nowak", address="olga@customer.example", language="en"
    )
    return SimpleNamespace(house=house, care=care, office=office, olga=olga, **people)


@pytest.fixture
def contact(cast, now):
    """An undecided contact: what Olga told on the phone, taken down by Ana."""
    from amends.records.complaints.intake import Told, take_in_told

    told = Told(
        text="I was billed 200 for a thing you said was free.",
        channel="mail",
        name="Olga Nowak",
        address="olga@customer.example",
        subject="Billed 200",
        language="en",
    )
    return take_in_told(told, at=now, by=cast.ana)


@pytest.fixture
def complaint(cast, contact, now):
    contact.decide("complaint", by=cast.ana, at=now)
    return contact.complaint
