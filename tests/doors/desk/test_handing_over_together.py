"""Several cases go over at once: what was ticked, or all that a list holds, as far as one sees it."""

import pytest
from django.urls import reverse

from amends.records.complaints.intake import Told, take_in_told
from amends.records.complaints.models import Contact

WHERE = "/desk/cases/together/hands"


@pytest.fixture
def thirty(now, cast):
    return [
        take_in_told(
            Told(
                text="No internet since eight.", channel="form", name=f"Customer {number}",
                address=f"c{number}@customer.example", language="en",
            ),
            at=now,
        )
        for number in range(30)
    ]  # fmt: skip


def held_by(person):
    return Contact.objects.filter(person=person).count()


def said(client, answer):
    return client.get(answer["Location"]).content.decode()


def test_it_hands_over_what_was_ticked(ana, cast, thirty):
    refs = [contact.reference for contact in thirty[:3]]
    answer = ana.post(WHERE, {"ref": refs, "to": f"person:{cast.marek.pk}"})
    assert "3 cases handed over." in said(ana, answer)
    assert held_by(cast.marek) == 3
    assert all(contact.assignments.count() == 1 for contact in thirty[:3])


def test_it_hands_over_all_that_the_list_holds(ana, cast, thirty):
    answer = ana.post(
        WHERE, {"all": "on", "query": "kind=complaint&page=2", "to": f"person:{cast.marek.pk}"}
    )
    assert held_by(cast.marek) == 30
    assert answer["Location"].startswith("/desk/cases/?kind=complaint")


def test_it_leaves_alone_what_the_list_does_not_hold(ana, cast, thirty):
    ana.post(WHERE, {"all": "on", "query": "kind=question", "to": f"person:{cast.marek.pk}"})
    assert held_by(cast.marek) == 0


def test_it_touches_nothing_that_one_may_not_see(ana, cast, now, thirty):
    hidden = thirty[0]
    hidden.hand_to(by=cast.ewa, at=now, team=cast.office)
    ana.post(WHERE, {"ref": [hidden.reference], "to": f"person:{cast.ana.pk}"})
    ana.post(WHERE, {"all": "on", "to": f"person:{cast.ana.pk}"})
    assert not Contact.objects.filter(pk=hidden.pk, person=cast.ana).exists()
    assert held_by(cast.ana) == 29


def test_it_names_what_could_not_go_over_and_why(ana, cast, now, thirty):
    named = thirty[0]
    named.complaint.name_person(cast.marek, by=cast.ewa, at=now)
    refs = [contact.reference for contact in thirty[:2]]
    page = said(ana, ana.post(WHERE, {"ref": refs, "to": f"person:{cast.marek.pk}"}))
    assert "1 case handed over." in page
    assert f"{named.reference}: The complaint is about this colleague" in page


@pytest.mark.parametrize("typed", [{}, {"ref": ["AM-22222"]}, {"ref": ["\0", "'--"]}])
def test_it_asks_for_cases_and_for_somebody(ana, cast, thirty, typed):
    for to in ({}, {"to": f"person:{cast.marek.pk}"}, {"to": "person:nobody"}):
        assert ana.post(WHERE, {**typed, **to}).status_code == 302
    assert held_by(cast.marek) == 0


def test_it_is_not_for_who_only_reads(seat, cast, thirty):
    answer = seat("beata").post(WHERE, {"all": "on", "to": f"person:{cast.marek.pk}"})
    assert answer.status_code == 404
    assert "data-tick-all" not in seat("beata").get(reverse("desk:cases")).content.decode()


def test_it_goes_back_to_no_other_house(ana, cast, thirty):
    answer = ana.post(WHERE, {"query": "//evil.example/?x=1"})
    assert answer["Location"].startswith("/desk/cases/")
