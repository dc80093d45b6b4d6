"""One or two people see no owners, teams, roles or handing over; with the third they do."""

import pytest
from django.test import Client
from django.urls import reverse

from amends.records.complaints.intake import Told, take_in_told
from amends.records.joining.beginning import first_administrator
from amends.records.joining.inviting import invite
from amends.records.people.models import Person, Team


@pytest.fixture
def bogna(db, clock):
    return first_administrator(
        name="Bogna Lis", email="bogna@house.example", password=None, language="en", at=clock()
    )


@pytest.fixture
def bognas(bogna):
    client = Client()
    client.force_login(bogna)
    return client


@pytest.fixture
def told(bogna, clock):
    return take_in_told(
        Told(text="It broke.", channel="form", name="Olga", address="olga@customer.example", language="en"),
        at=clock(),
    )  # fmt: skip


@pytest.fixture
def pages(bognas, told):
    def pages():
        case = reverse("desk:case", args=[told.reference])
        return "\n".join(
            bognas.get(where).content.decode()
            for where in (reverse("desk:cases"), case, reverse("desk:house_people"))
        )

    return pages


ROLES_AND_TEAMS = (
    "Take it",
    "Owner",
    'name="team"',
    'name="hands"',
    "Hand over",
    ">lead<",
    "not taken yet",
)


def second(clock):
    zdeno = Person.objects.invite(email="zdeno@house.example", name="Zdeno", password=None)
    Team.objects.default().admit(zdeno)


def test_it_has_none_of_that_for_one_and_for_two(pages, clock):
    assert [word for word in ROLES_AND_TEAMS if word in pages()] == []
    second(clock)
    assert [word for word in ROLES_AND_TEAMS if word in pages()] == []


def test_it_has_all_of_it_when_a_third_is_invited_and_says_so_once(pages, bogna, bognas, clock):
    second(clock)
    day = reverse("desk:my_day")
    assert "You are three now" not in bognas.get(day).content.decode()
    invite(name="C", email="c@b.example", language="en", languages=[], by=bogna, at=clock())
    assert [word for word in ROLES_AND_TEAMS if word not in pages()] == []
    assert "You are three now" in bognas.get(day).content.decode()
    bognas.post(reverse("desk:growth"))
    assert "You are three now" not in bognas.get(day).content.decode()


def test_it_lets_the_owner_close_as_a_lead_does(bognas, told):
    typed = {"closing-reason": "withdrawn", "closing-why": "She called and took it back."}
    bognas.post(reverse("desk:closing", args=[told.reference]), typed)
    told.refresh_from_db()
    assert told.outcome == "by_lead"


def test_it_tells_an_agent_nothing_of_growing(seat, cast, clock):
    cast.house.grow(at=clock())
    day = reverse("desk:my_day")
    assert "You are three now" not in seat("ana").get(day).content.decode()
    assert "You are three now" in seat("ewa").get(day).content.decode()
