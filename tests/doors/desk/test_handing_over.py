"""A case goes to a colleague who answers, or to a team's queue; never to whom it is about."""

import pytest
from django.urls import reverse


def test_it_goes_to_a_colleague_with_a_word(ana, to, cast, contact):
    typed = {"to": f"person:{cast.marek.pk}", "why": "He knows her."}
    shown = ana.post(to("hands", contact), typed, follow=True)
    contact.refresh_from_db()
    assert contact.person == cast.marek
    assert contact.assignments.order_by("-at", "-id").first().why == "He knows her."
    assert "Handed over." in shown.content.decode()


def test_it_is_taken(seat, to, cast, contact):
    seat("marek").post(to("hands", contact), {"to": f"person:{cast.marek.pk}"})
    contact.refresh_from_db()
    assert contact.person == cast.marek


def test_it_goes_to_a_team_s_queue(ana, to, cast, contact):
    ana.post(to("hands", contact), {"to": f"team:{cast.care.pk}"})
    contact.refresh_from_db()
    assert (contact.team, contact.person) == (cast.care, None)


def test_it_leads_away_from_a_case_that_one_no_longer_sees(ana, to, cast, contact):
    answer = ana.post(to("hands", contact), {"to": f"team:{cast.office.pk}"})
    assert answer["Location"] == reverse("desk:my_day")
    assert ana.get(to("case", contact)).status_code == 404


def test_it_never_goes_to_whom_it_is_about(ana, to, cast, complaint, now):
    complaint.name_person(cast.marek, by=cast.ewa, at=now)
    typed = {"to": f"person:{cast.marek.pk}"}
    shown = ana.post(to("hands", complaint.contact), typed, follow=True)
    complaint.contact.refresh_from_db()
    assert "about this colleague" in shown.content.decode()
    assert complaint.contact.person == cast.ana


def test_it_never_goes_to_one_who_would_not_see_it(seat, to, cast, contact, now):
    contact.hand_to(by=cast.ewa, at=now, team=cast.office)
    shown = seat("petra").post(to("hands", contact), {"to": f"person:{cast.marek.pk}"}, follow=True)
    contact.refresh_from_db()
    assert "strip--broken" in shown.content.decode()
    assert contact.person is None


@pytest.mark.parametrize("who", ["jan", "beata"])
def test_it_never_goes_to_one_who_answers_nobody(ana, to, cast, contact, who):
    typed = {"to": f"person:{getattr(cast, who).pk}"}
    shown = ana.post(to("hands", contact), typed, follow=True)
    contact.refresh_from_db()
    assert "Choose a colleague or a team." in shown.content.decode()
    assert contact.person == cast.ana


@pytest.mark.parametrize(
    "where", ["", "nobody", "person:", "person:1", "team:x", "person:\0", "x:y"]
)
def test_it_stays_where_it_is_without_a_place_to_go(ana, to, cast, contact, where):
    shown = ana.post(to("hands", contact), {"to": where}, follow=True)
    contact.refresh_from_db()
    assert shown.status_code == 200
    assert 'role="alert"' in shown.content.decode()
    assert contact.person == cast.ana
