"""Without the customer's word a case is closed on the spot, or by a lead with a reason."""

import pytest

from amends.records.complaints.intake import Told, take_in_told


def typed(reason, why="She left with a new one."):
    return {"closing-reason": reason, "closing-why": why}


@pytest.fixture
def at_the_counter(cast, now):
    told = Told(text="It broke again.", channel="counter", name="Olga Nowak")
    contact = take_in_told(told, at=now, by=cast.ana)
    contact.decide("complaint", by=cast.ana, at=now)
    return contact.complaint


def test_it_closes_on_the_spot_at_the_counter(ana, to, at_the_counter):
    where = to("closing", at_the_counter.contact)
    assert ana.post(where, typed("on_the_spot")).status_code == 302
    at_the_counter.contact.refresh_from_db()
    assert at_the_counter.contact.outcome == "on_the_spot"


@pytest.mark.parametrize("reason", ["not_a_complaint", "withdrawn", "other"])
def test_it_closes_for_a_lead_with_a_reason(seat, to, complaint, reason):
    assert seat("ewa").post(to("closing", complaint.contact), typed(reason)).status_code == 302
    complaint.contact.refresh_from_db()
    assert complaint.contact.outcome == "by_lead"
    assert complaint.contact.closings.get().reason == reason


@pytest.mark.parametrize(
    ("who", "reason", "sentence"),
    [
        ("ana", "other", "is for a lead"),
        ("ana", "on_the_spot", "on the phone or at the counter"),
        ("ewa", "on_the_spot", "on the phone or at the counter"),
        ("ewa", "", "required"),
        ("ewa", "because", "because"),
    ],
)
def test_it_refuses_in_words_and_keeps_what_was_typed(seat, to, complaint, who, reason, sentence):
    shown = seat(who).post(to("closing", complaint.contact), typed(reason))
    page = shown.content.decode()
    assert shown.status_code == 422
    assert "She left with a new one." in page
    assert sentence in page or shown.context["forms"]["closing"].errors["reason"]
    complaint.contact.refresh_from_db()
    assert complaint.contact.state == "open"


def test_it_asks_for_a_reason_in_words(seat, to, complaint):
    shown = seat("ewa").post(to("closing", complaint.contact), typed("other", "  "))
    assert shown.status_code == 422
    assert "required" in shown.content.decode()


def test_it_is_closed_once(seat, to, complaint):
    where = to("closing", complaint.contact)
    seat("ewa").post(where, typed("other"))
    shown = seat("ewa").post(where, typed("withdrawn", "Twice"))
    assert shown.status_code == 422
    assert "This case is closed" in shown.content.decode()
    assert "Twice" in shown.content.decode()
    assert complaint.contact.closings.count() == 1
