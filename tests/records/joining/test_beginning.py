"""The first administrator needs the code of the terminal, and there is one first only."""

import pytest

from amends.records.house.models import House
from amends.records.joining.beginning import first_administrator, is_set_up_code, set_up_code
from amends.records.joining.refusals import HouseIsTaken
from amends.records.people.models import Person


def begin(now, email="bogna@house.example"):
    return first_administrator(
        name="Bogna", email=email, password="long enough 1", language="pl", at=now
    )


def test_it_keeps_one_code_that_only_the_house_can_read(db, settings):
    code = set_up_code()
    assert set_up_code() == code
    place = settings.HOUSE_HOME / "set-up-code"
    assert place.stat().st_mode & 0o077 == 0
    assert len(code.replace("-", "")) == 16


@pytest.mark.parametrize("given", ["", "-", "AAAA-AAAA-AAAA-AAAA", "\0", "ĄĄ" * 20, "0O1I"])
def test_it_takes_nothing_else_for_the_code(db, given):
    set_up_code()
    assert not is_set_up_code(given)


def test_it_takes_the_code_as_people_type_it(db):
    code = set_up_code()
    for typed in (code, code.lower(), code.replace("-", ""), f" {code.replace('-', ' ')} "):
        assert is_set_up_code(typed)


def test_it_takes_no_code_where_none_was_made(db):
    assert not is_set_up_code("")


def test_it_gives_the_first_all_roles_and_the_house_their_language(db, now):
    person = begin(now)
    roles = ("handles", "leads", "assures", "administers")
    assert all(getattr(person, role) for role in roles)
    assert person.teams.get().is_default
    assert House.objects.current().language == "pl"


def test_it_takes_a_house_once(db, now):
    code = set_up_code()
    begin(now)
    assert not is_set_up_code(code)
    assert set_up_code() == ""
    with pytest.raises(HouseIsTaken):
        begin(now, email="stranger@evil.example")
    assert Person.objects.get_queryset().count() == 1


def test_it_forgets_the_code_when_somebody_came_in_by_a_command(db, settings):
    code = set_up_code()
    Person.objects.invite(email="a@b.example", name="A", password=None)
    assert not is_set_up_code(code)
    assert set_up_code() == ""
    assert not (settings.HOUSE_HOME / "set-up-code").exists()
