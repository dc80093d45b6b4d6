"""Those who may see a case, asked from the case's end."""

import pytest

from amends.records.complaints.models import Contact
from amends.records.notices.mentioning import colleagues_named, offered, who_may_see


@pytest.mark.parametrize("team", ["care", "office"])
@pytest.mark.parametrize("named", [None, "ana", "beata"])
def test_it_is_the_same_as_what_is_visible_to_each(cast, complaint, now, team, named):
    complaint.contact.hand_to(by=cast.ewa, at=now, team=getattr(cast, team))
    if named:
        complaint.name_person(getattr(cast, named), by=cast.jan, at=now)
    type(cast.ewa).objects.filter(pk=cast.ewa.pk).update(is_active=False)
    contact = Contact.objects.select_related("team").get()
    people = type(cast.ana).objects.order_by("name", "id")
    seeing = [one for one in people if Contact.objects.visible_to(one).filter(pk=contact.pk)]
    assert list(who_may_see(contact)) == seeing


def test_it_offers_by_the_beginning_of_any_name_but_not_oneself(cast, contact):
    assert offered(contact, "an", to=cast.marek) == [cast.ana]
    assert offered(contact, "AN", to=cast.ana) == []
    assert cast.ana in offered(contact, "exa", to=cast.marek)
    assert offered(contact, "nobody", to=cast.marek) == []


def test_it_takes_the_longest_name_and_no_first_name_of_two(cast, contact):
    other = type(cast.ana).objects.invite(
        email="ana2@house.example", name="Ana Example-Long", password=None
    )
    named = dict(colleagues_named("@Ana and @Ana Example-Long, @Ana Example!", contact))
    assert named == {other: "@Ana Example-Long", cast.ana: "@Ana Example"}
