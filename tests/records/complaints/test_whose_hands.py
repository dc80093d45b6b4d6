import pytest

from amends.records.complaints.models import Assignment
from amends.records.complaints.refusals import NamedInIt, WouldNotSeeIt


def test_it_goes_to_a_colleague_and_leaves_a_row(cast, contact, now):
    contact.hand_to(by=cast.ana, at=now, person=cast.marek, why="speaks her language")
    contact.refresh_from_db()
    assert contact.person == cast.marek
    assert Assignment.objects.filter(contact=contact, person=cast.marek).get().why


def test_it_goes_back_to_a_queue(cast, contact, now):
    contact.hand_to(by=cast.ana, at=now, team=cast.care)
    contact.refresh_from_db()
    assert contact.person is None


def test_it_does_not_go_to_who_would_not_see_it(cast, contact, now):
    contact.hand_to(by=cast.ana, at=now, team=cast.office)
    with pytest.raises(WouldNotSeeIt):
        contact.hand_to(by=cast.petra, at=now, person=cast.ana)
    contact.refresh_from_db()
    assert contact.person is None


def test_it_does_not_go_to_an_administrator_who_sees_no_stories(cast, contact, now):
    with pytest.raises(WouldNotSeeIt):
        contact.hand_to(by=cast.ana, at=now, person=cast.jan)


def test_it_does_not_go_to_who_is_named_in_it(cast, complaint, now):
    complaint.name_person(cast.marek, by=cast.ewa, at=now)
    with pytest.raises(NamedInIt):
        complaint.contact.hand_to(by=cast.ana, at=now, person=cast.marek)
