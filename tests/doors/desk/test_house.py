"""House style, and who is away: who leads or administers sets it; no story in it."""

import pytest
from django.urls import reverse

from amends.records.house.models import House
from amends.records.people.models import Absence

SAID = {
    "name": "Krakofon", "phone": "+48 12 555 01 02", "language": "pl", "zone": "Europe/Warsaw",
    "answer_hours": "6", "follow_up_days": "3", "undo_seconds": "15", "check_backs": "2",
    "check_back_gap_days": "2", "link_days": "60",
    "stance": "evidence", "concede_up_to": "100", "concede_currency": "PLN",
    **{f"greeting_{language}": "neutral" for language in ("en", "pl", "ru", "sk")},
}  # fmt: skip


@pytest.fixture
def absence(cast):
    return {
        "person": str(cast.marek.pk), "from_date": "2026-12-01", "until_date": "2026-12-05",
        "stand_in": str(cast.ana.pk),
    }  # fmt: skip


def test_it_is_there_for_who_leads_or_administers_only(seat, contact):
    for who, status in (("jan", 200), ("ewa", 200), ("ana", 404), ("beata", 404), ("petra", 404)):
        page = seat(who).get(reverse("desk:house"))
        assert page.status_code == status, who
        assert contact.reference not in page.content.decode()


def test_it_is_set_by_who_leads_or_administers(seat):
    for who, status in (("ewa", 302), ("ana", 404), ("beata", 404), (None, 302), ("jan", 302)):
        assert seat(who).post(reverse("desk:house"), SAID).status_code == status, who
    assert House.objects.current().answer_hours == 6


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("name", ""), ("name", "n" * 121), ("zone", "Mars/Olympus"), ("zone", "../../etc/passwd"), ("zone", "Europe"), ("zone", "a\0b"),
        ("answer_hours", "0"), ("answer_hours", "x"), ("check_backs", "99"), ("language", "xx"),
        ("phone", "1" * 41), ("undo_seconds", "-1"), ("check_back_gap_days", "0"), ("link_days", "0"),
        ("stance", ""), ("stance", "guilty"), ("concede_up_to", "0"), ("concede_up_to", "x"), ("concede_currency", "XXX"),
        ("greeting_en", ""), ("greeting_pl", "formal"), ("greeting_sk", "formal"), ("greeting_ru", "feminine"),
    ],
)  # fmt: skip
def test_it_says_what_is_wrong_and_keeps_what_was_typed(seat, name, value):
    shown = seat("jan").post(reverse("desk:house"), {**SAID, name: value})
    page = shown.content.decode()
    assert shown.status_code == 422
    assert shown.context["form"].errors[name]
    for other in ("name", "phone"):
        assert {**SAID, name: value}[other] in page or other == name
    assert House.objects.current().language == "en"


def test_it_notes_an_absence_and_ends_it(seat, cast, absence):
    ewa = seat("ewa")
    assert ewa.post(reverse("desk:absences"), absence).status_code == 302
    noted = Absence.objects.get()
    assert (noted.person, noted.stand_in) == (cast.marek, cast.ana)
    assert ewa.get(reverse("desk:absence_end", args=[noted.pk])).status_code == 405
    assert seat("ana").post(reverse("desk:absence_end", args=[noted.pk])).status_code == 404
    ewa.post(reverse("desk:absence_end", args=[noted.pk]))
    assert "Take off the list" not in ewa.get(reverse("desk:house_people")).content.decode()


def test_it_notes_no_absence_for_an_agent(seat, absence):
    assert seat("ana").post(reverse("desk:absences"), absence).status_code == 404
    assert not Absence.objects.exists()


@pytest.mark.parametrize(
    "changed",
    [
        {"until_date": "2026-11-01"}, {"until_date": ""}, {"person": ""}, {"person": "\0"},
        {"person": "0198c0de-0000-7000-8000-000000000000"}, {"from_date": "0001-01-01"},
        {"stand_in": "self"},
    ],
)  # fmt: skip
def test_it_says_why_an_absence_is_not_noted(seat, cast, absence, changed):
    if changed.get("stand_in") == "self":
        changed = {"stand_in": str(cast.marek.pk)}
    shown = seat("ewa").post(reverse("desk:absences"), {**absence, **changed})
    assert shown.status_code == 422
    assert shown.context["absence_form"].errors
    assert not Absence.objects.exists()


def test_it_notes_no_absence_twice_and_no_stand_in_who_is_away(seat, cast, absence):
    ewa = seat("ewa")
    ewa.post(reverse("desk:absences"), absence)
    again = ewa.post(reverse("desk:absences"), absence)
    assert again.status_code == 422
    assert again.context["absence_form"].errors["person"]
    other = {**absence, "person": str(cast.ewa.pk), "stand_in": str(cast.marek.pk)}
    refused = ewa.post(reverse("desk:absences"), other)
    assert refused.context["absence_form"].errors["stand_in"]
    assert Absence.objects.count() == 1


def test_it_shows_what_it_would_do_and_keeps_nothing(seat, contact):
    look = {**SAID, "act": "look", "house_signs": "on"}
    page = seat("ewa").post(reverse("desk:house"), look)
    assert page.status_code == 200
    effects = page.context["effects"]
    assert {"said": "1 open answer is due earlier."} in effects
    assert {"said": "At most by 18 h."} in effects
    assert any(one.get("old") == "8" and one.get("new") == "6" for one in effects)
    assert House.objects.current().answer_hours == 8


def test_it_shows_what_holds_while_something_can_t_be_read(seat):
    page = seat("ewa").post(reverse("desk:house"), {**SAID, "act": "look", "zone": "Mars"})
    assert page.status_code == 200
    assert "One entry can’t be read yet." in page.content.decode()
    assert page.context["effects"] == []


def test_it_shows_what_customers_read_in_four_languages(seat):
    look = {**SAID, "act": "look", "name": "Sklep <b>u Oli</b>", "house_signs": "on"}
    page = seat("ewa").post(reverse("desk:house"), look)
    samples = {code: sample for code, _name, sample in page.context["samples"]}
    assert set(samples) == {"en", "pl", "ru", "sk"}
    for sample in samples.values():
        assert "Sklep <b>u Oli</b>" in sample["sign"]
        assert "AM-7K3F9" in sample["mail"].subject
        assert "{" not in sample["mail"].body + sample["foot"]
    assert "<b>u Oli</b>" not in page.content.decode()
