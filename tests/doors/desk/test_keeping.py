"""How long things are kept: set by a lead, with what would go tonight, and set back."""

from datetime import timedelta

import pytest
from django.urls import reverse

from amends.ground.events.models import PROGRAM, Event, record
from amends.records.complaints.models import Contact
from amends.records.writing.models import Draft

KEEPING = reverse("desk:house_keeping")
CHANGES = reverse("desk:house_changes")
SET = {"set_aside_days": "90", "draft_days": "0", "notice_days": "30", "look_days": "365"}


@pytest.fixture
def old_draft(contact, cast, now):
    return Draft.objects.keep(
        contact, "note", {"text": "?"}, by=cast.ana, at=now - timedelta(days=40)
    )


def rules(shown):
    return {str(rule["name"]): rule.get("count") for rule in shown.context["rules"]}


def test_it_keeps_all_for_good_until_somebody_says_so(ewa, old_draft):
    shown = ewa.get(KEEPING)
    assert set(rules(shown).values()) == {None, 0}  # none looked at anything a year ago
    assert shown.content.decode().count("stays for good") == 3


def test_it_shows_what_would_go_tonight_and_keeps_nothing(ewa, cast, old_draft):
    shown = ewa.post(KEEPING, {**SET, "draft_days": "30", "act": "look"})
    assert rules(shown) == {
        "What was set aside as nothing to answer": 0,
        "Drafts that nobody touched": 1,
        "Notices that were seen": 0,
        "Who looked, and who signed in": 0,
    }
    text = shown.content.decode()
    assert "<b>1 draft</b>" in text
    assert "26 October 2026" in text
    cast.house.refresh_from_db()
    assert cast.house.draft_days == 0
    assert Draft.objects.exists()


def test_it_is_set_on_record_and_set_back(ewa, cast):
    assert ewa.post(KEEPING, SET).status_code == 302
    cast.house.refresh_from_db()
    assert (cast.house.set_aside_days, cast.house.notice_days) == (90, 30)
    text = ewa.get(CHANGES).content.decode()
    assert "<s>for good</s>" in text
    assert "<ins>90 days</ins>" in text
    event = Event.objects.get(thread=cast.house.id, data__what="set_aside_days")
    ewa.post(reverse("desk:house_change_undo", args=[event.pk]))
    cast.house.refresh_from_db()
    assert cast.house.set_aside_days == 0


@pytest.mark.parametrize("days", ["1", "-30", "29", "31", "", "all", "30; --", "99999999999"])
def test_it_refuses_any_other_number(ewa, cast, days):
    shown = ewa.post(KEEPING, {**SET, "set_aside_days": days})
    assert shown.status_code == 422
    cast.house.refresh_from_db()
    assert (cast.house.set_aside_days, cast.house.notice_days) == (0, 0)


@pytest.mark.parametrize("who", ["ana", "beata", "petra"])
def test_it_is_not_there_for_who_neither_leads_nor_administers(seat, cast, who):
    client = seat(who)
    assert client.get(KEEPING).status_code == 404
    assert client.post(KEEPING, SET).status_code == 404
    cast.house.refresh_from_db()
    assert cast.house.set_aside_days == 0


def test_it_says_among_the_changes_how_many_went(ewa, cast, now):
    record("let_go", thread=cast.house.id, by=PROGRAM, at=now, contacts=12, notices=1)
    record("files_dropped", thread=cast.house.id, by=PROGRAM, at=now, files=2, size=2048)
    text = ewa.get(CHANGES).content.decode()
    assert "12 contacts, 1 notice" in text
    assert "2 files that nothing named" in text
    assert "undo-2" not in text


def test_it_opens_no_case_on_the_page(ewa, contact):
    """The page counts; it names no contact, as not all who read it may see each."""
    assert contact.reference not in ewa.get(KEEPING).content.decode()
    assert Contact.objects.count() == 1
