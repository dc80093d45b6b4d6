import pytest

from amends.records.complaints.models import Contact
from amends.records.people.models import Person


def seen_by(person):
    return Contact.objects.visible_to(person).count() == 1


@pytest.mark.parametrize(
    ("who", "open_team", "closed_team"),
    [
        ("ana", True, False),
        ("marek", True, False),
        ("ewa", True, False),
        ("petra", True, True),
        ("beata", True, True),
        ("jan", False, False),
    ],
)
def test_it_shows_a_case_to_who_may_see_it(complaint, cast, now, who, open_team, closed_team):
    person = getattr(cast, who)
    assert seen_by(person) is open_team
    complaint.contact.hand_to(by=cast.ewa, at=now, team=cast.office)
    assert seen_by(person) is closed_team


@pytest.mark.parametrize("who", ["ana", "marek", "ewa", "petra", "beata", "jan"])
def test_it_never_shows_a_case_to_who_is_named_in_it(complaint, cast, now, who):
    person = getattr(cast, who)
    complaint.name_person(person, by=cast.ewa, at=now)
    assert not seen_by(person)
    complaint.contact.hand_to(by=cast.ewa, at=now, team=cast.office)
    assert not seen_by(person)


def test_it_hides_what_names_somebody_even_while_the_verdict_is_undone(complaint, cast, now):
    complaint.name_person(cast.marek, by=cast.ewa, at=now)
    complaint.contact.undo_verdict(by=cast.ewa, at=now)
    assert not seen_by(cast.marek)


@pytest.mark.parametrize("who", ["ana", "ewa", "beata"])
def test_it_shows_nothing_to_who_has_left(complaint, cast, who):
    person = getattr(cast, who)
    person.is_active = False
    person.save()
    assert not seen_by(person)


def test_it_shows_stories_to_an_administrator_who_answers_too(complaint, db):
    both = Person.objects.invite(email="x@house.example", name="X", password=None, administers=True)
    assert seen_by(both)


def test_it_shows_a_case_once_to_a_member_of_two_teams(complaint, cast):
    cast.office.admit(cast.ana)
    cast.office.admit(cast.ana)
    assert [contact.pk for contact in Contact.objects.visible_to(cast.ana)] == [
        complaint.contact.pk
    ]
