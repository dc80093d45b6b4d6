"""Who works here and in which team: on record, and never without an administrator."""

import pytest

from amends.ground.events.models import Event
from amends.records.people.models import DefaultStaysOpen, LastAdministrator, NameTaken, Team


def make(team, cast, now, **facts):
    given = {
        "name": team.name or "Returns", "languages": [], "closed": False, "is_default": False,
        "members": [],
    }  # fmt: skip
    team.set(**{**given, **facts}, by=cast.ewa, at=now)
    team.refresh_from_db()
    return team


def test_it_sets_roles_and_notes_each(cast, now):
    changed = cast.ana.set(leads=True, chosen_name=" Ania ", handles=True, by=cast.jan, at=now)
    assert changed == ["leads", "chosen_name"]
    cast.ana.refresh_from_db()
    assert (cast.ana.leads, cast.ana.chosen_name) == (True, "Ania")
    said = [event.data["what"] for event in Event.objects.about(cast.house.id)]
    assert said == ["leads", "chosen_name"]


@pytest.mark.parametrize("facts", [{"administers": False}, {"is_active": False}])
def test_it_never_loses_its_last_administrator(cast, now, facts):
    with pytest.raises(LastAdministrator):
        cast.jan.set(**facts, by=cast.jan, at=now)
    cast.jan.refresh_from_db()
    assert cast.jan.administers
    assert cast.jan.is_active
    assert not Event.objects.about(cast.house.id).exists()
    cast.ewa.set(administers=True, by=cast.jan, at=now)
    cast.jan.set(**facts, by=cast.ewa, at=now)
    with pytest.raises(LastAdministrator):
        cast.ewa.set(**facts, by=cast.ewa, at=now)


def test_it_counts_no_administrator_who_has_left(cast, now):
    cast.ewa.set(administers=True, by=cast.jan, at=now)
    cast.ewa.set(is_active=False, by=cast.jan, at=now)
    with pytest.raises(LastAdministrator):
        cast.jan.set(administers=False, by=cast.jan, at=now)


def test_it_makes_a_team_with_members_and_changes_them(cast, now):
    team = make(Team(), cast, now, languages=["sk"], members=[cast.ana, cast.marek])
    assert Team.objects.speaking("sk") == team
    make(team, cast, now, name="Returns 2", members=[cast.marek])
    assert list(team.members.all()) == [cast.marek]
    assert team.name == "Returns 2"
    verbs = [event.verb for event in Event.objects.about(cast.house.id)]
    assert verbs == ["team_made", "team_set"]


def test_it_moves_what_nobody_else_gets_and_never_leaves_it_to_nobody(cast, now):
    team = make(Team(), cast, now, is_default=True)
    assert Team.objects.default() == team
    assert Team.objects.filter(is_default=True).count() == 1
    make(team, cast, now, is_default=False)
    assert Team.objects.default() == team


def test_it_refuses_what_can_t_be(cast, now):
    with pytest.raises(DefaultStaysOpen):
        make(cast.care, cast, now, closed=True)
    with pytest.raises(NameTaken):
        make(Team(), cast, now, name=" office ")
    cast.care.refresh_from_db()
    assert not cast.care.closed
    assert Team.objects.count() == 2
