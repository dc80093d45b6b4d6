from datetime import date

import pytest
from django.db import IntegrityError, transaction

from amends.records.people.models import Absence, Membership, Person, Team

TODAY = date(2026, 11, 25)


def test_it_is_invited_without_a_way_in_until_a_password_is_set(db):
    person = Person.objects.invite(email=" Nina@House.example ", name="Nina Nowa", password=None)
    assert person.email == "nina@house.example"
    assert not person.has_usable_password()
    assert not any((person.leads, person.assures, person.administers))
    assert Person.objects.get_by_natural_key("NINA@house.example") == person


@pytest.mark.parametrize(
    ("roles", "sees"),
    [
        ({}, True),
        ({"handles": False}, False),
        ({"handles": False, "administers": True}, False),
        ({"handles": False, "assures": True}, True),
        ({"handles": False, "leads": True}, True),
        ({"administers": True}, True),
    ],
)
def test_it_sees_stories_unless_it_only_administers(roles, sees):
    assert Person(**roles).sees_stories is sees


def test_it_appears_to_customers_by_a_chosen_name():
    assert Person(name="Ana Maria Nowak").name_for_customers == "Ana"
    assert Person(name="Ana Nowak", chosen_name="Anna K.").name_for_customers == "Anna K."
    assert Person(name="Ana  Nowak").initials == "AN"


def test_it_is_one_person_an_address_in_any_case(cast):
    with pytest.raises(IntegrityError), transaction.atomic():
        Person.objects.create(email="ANA@house.example", name="x")


def test_it_is_at_work_unless_away_or_gone(cast):
    def present():
        return set(Person.objects.at_work(TODAY).values_list("name", flat=True))

    Absence.objects.note(person=cast.ana, from_date=TODAY, until_date=TODAY, stand_in=None)
    cast.marek.is_active = False
    cast.marek.save()
    assert "Ewa Example" in present()
    assert not {"Ana Example", "Marek Example"} & present()


@pytest.mark.parametrize(
    "lie", [{"until_date": date(2026, 11, 24)}, {"stand_in": "ana"}], ids=["backwards", "oneself"]
)
def test_it_is_away_in_a_way_that_can_be(cast, lie):
    facts = {"person": cast.ana, "from_date": TODAY, "until_date": TODAY, **lie}
    if "stand_in" in lie:
        facts["stand_in"] = cast.ana
    with pytest.raises(IntegrityError), transaction.atomic():
        Absence.objects.create(**facts)


def test_it_has_one_default_team_which_is_open(cast):
    for facts in ({"is_default": True}, {"is_default": True, "closed": True}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Team.objects.create(name="Second", **facts)


def test_it_is_on_a_team_once(cast):
    assert cast.care.admit(cast.ana) == Membership.objects.get(team=cast.care, person=cast.ana)
    with pytest.raises(IntegrityError), transaction.atomic():
        Membership.objects.create(team=cast.care, person=cast.ana)
