"""Who leads holds one case by law, sees it on its page, and lifts it there."""

import pytest

from amends.records.retention.models import LegalHold

WHY = "Claim I C 77/26"


@pytest.fixture
def hold(contact, ewa, to):
    ewa.post(to("case_hold", contact), {"hold-why": WHY, "hold-review_date": "2027-01-31"})
    return LegalHold.objects.standing().get(contact=contact)


def test_it_is_shown_on_its_page_with_the_reason_to_who_leads(contact, hold, ewa, ana, to, cast):
    assert (hold.why, hold.by, str(hold.review_date)) == (WHY, cast.ewa, "2027-01-31")
    page = ewa.get(to("case", contact)).content.decode()
    assert "This case is under a legal hold" in page
    assert WHY in page
    assert to("case_hold_lift", contact) in page
    assert "Legal hold put on this case" in page
    of_ana = ana.get(to("case", contact)).content.decode()
    assert "This case is under a legal hold" in of_ana
    assert WHY not in of_ana
    assert to("case_hold_lift", contact) not in of_ana


def test_it_is_lifted_there(contact, hold, ewa, to):
    ewa.post(to("case_hold_lift", contact))
    page = ewa.get(to("case", contact)).content.decode()
    assert "This case is under a legal hold" not in page
    assert "Legal hold on this case lifted" in page
    again = ewa.post(to("case_hold_lift", contact), follow=True).content.decode()
    assert "lifted already" in again


def test_it_needs_a_reason_and_a_lead(contact, ewa, ana, to):
    assert "Say why it is held" in ewa.post(to("case_hold", contact), follow=True).content.decode()
    assert ana.post(to("case_hold", contact), {"hold-why": WHY}).status_code == 404
    assert not LegalHold.objects.exists()


def test_it_is_put_once(contact, hold, ewa, to):
    again = ewa.post(to("case_hold", contact), {"hold-why": "again"}, follow=True)
    assert "held already" in again.content.decode()


def test_it_is_named_where_the_customer_would_be_erased(contact, hold, seat):
    from django.urls import reverse

    where = reverse("desk:customer_erasing", args=[contact.customer_id])
    page = seat("jan").get(where).content.decode()
    assert contact.reference in page
    assert "This case alone is held" in page
