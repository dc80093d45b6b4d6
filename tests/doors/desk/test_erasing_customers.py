"""A customer is found, shown with what goes, and erased by typing who it is."""

import pytest
from django.urls import reverse

from amends.records.complaints.models import Contact
from amends.records.customers.models import Customer
from amends.records.post.models import Outgoing
from amends.records.retention.models import LegalHold

FIND, KEEPING = reverse("desk:erasing"), reverse("desk:house_keeping")


def page_of(customer):
    return reverse("desk:customer_erasing", args=[customer.pk])


@pytest.fixture
def over(contact, cast, now):
    """Olga's one contact, set aside; no mail waits."""
    contact.decide("nothing", by=cast.ana, at=now)
    Outgoing.objects.filter(thread=contact.pk).update(state="cancelled", cancelled_at=now)
    return contact


@pytest.mark.parametrize("typed", ["Olga@Customer.example", "reference", "+48 600 100 200", "KR-1"])
def test_it_finds_by_an_address_a_number_or_a_reference(ewa, over, typed):
    over.customer.add_phone("+48 600-100-200")
    over.customer.accounts.create(number="KR-1")
    typed = over.reference.lower() if typed == "reference" else typed
    assert ewa.get(FIND, {"who": typed})["Location"] == page_of(over.customer)


@pytest.mark.parametrize("typed", ["olga", "@", "", "customer.example", "\0", "Olga%", "48"])
def test_it_finds_nobody_by_a_part(ewa, over, typed):
    shown = ewa.get(FIND, {"who": typed})
    assert shown.status_code == 200
    assert "Olga Nowak" not in shown.content.decode()


def test_it_lets_choose_among_several_with_one_number(seat, over):
    other = Customer.objects.welcome(name="Piotr", address="piotr@customer.example")
    for customer in (over.customer, other):
        customer.add_phone("600 100 200")
    text = seat("jan").get(FIND, {"who": "600100200"}).content.decode()
    assert page_of(over.customer) in text
    assert page_of(other) in text


def test_it_shows_what_goes_and_changes_nothing(ewa, over):
    text = ewa.get(page_of(over.customer)).content.decode()
    assert "1 message" in text
    assert "Olga Nowak" in text
    assert Customer.objects.get(pk=over.customer_id).erased_at is None


@pytest.mark.parametrize("typed", ["", "Olga", "olga nowak x", "piotr@customer.example"])
def test_it_erases_nobody_by_a_slip(ewa, over, typed):
    shown = ewa.post(page_of(over.customer), {"typed": typed})
    assert shown.status_code == 422
    assert Customer.objects.get(pk=over.customer_id).name == "Olga Nowak"


@pytest.mark.parametrize("typed", [" olga NOWAK ", "OLGA@customer.example"])
@pytest.mark.parametrize("who", ["ewa", "jan"])
def test_it_erases_who_was_typed(seat, over, typed, who):
    done = seat(who).post(page_of(over.customer), {"typed": typed})
    assert done.status_code == 302
    erased = Customer.objects.get(pk=over.customer_id)
    assert erased.erased_at
    assert erased.name == ""
    text = seat("ewa").get(reverse("desk:house_changes")).content.decode()
    assert "Customer erased" in text
    assert "1 case" in text


def test_it_says_erased_on_the_case_and_beside_it(ewa, over):
    ewa.post(page_of(over.customer), {"typed": "Olga Nowak"})
    text = ewa.get(reverse("desk:case", args=[over.reference])).content.decode()
    assert "Erased on" in text
    assert "Olga" not in text
    again = ewa.get(page_of(over.customer)).content.decode()
    assert "Erased on" in again
    assert "Erase for good" not in again


def test_it_says_why_not_while_a_case_is_open(ewa, contact):
    for shown in (
        ewa.get(page_of(contact.customer)),
        ewa.post(page_of(contact.customer), {"typed": "Olga Nowak"}),
    ):
        text = shown.content.decode()
        assert "still open" in text
        assert "Erase for good" not in text
    assert shown.status_code == 422
    assert Contact.objects.get(pk=contact.pk).customer.name == "Olga Nowak"


@pytest.mark.parametrize("who", ["ana", "marek", "petra", "beata"])
def test_it_is_not_there_for_who_neither_leads_nor_administers(seat, over, who):
    client = seat(who)
    assert client.get(FIND).status_code == 404
    assert client.get(page_of(over.customer)).status_code == 404
    assert client.post(page_of(over.customer), {"typed": "Olga Nowak"}).status_code == 404
    assert Customer.objects.get(pk=over.customer_id).erased_at is None


def test_it_is_not_there_for_a_lead_who_sees_none_of_the_cases(ewa, over, cast):
    Contact.objects.filter(pk=over.pk).update(team=cast.office)
    assert ewa.get(page_of(over.customer)).status_code == 404
    assert ewa.get(FIND, {"who": over.reference}).status_code == 200


def test_it_shows_the_link_beside_a_case_to_leads_alone(ana, ewa, over):
    case = reverse("desk:case", args=[over.reference])
    assert page_of(over.customer) in ewa.get(case).content.decode()
    assert page_of(over.customer) not in ana.get(case).content.decode()


def test_it_holds_by_law_and_lifts_it(ewa, seat, over):
    page, hold = page_of(over.customer), reverse("desk:legal_hold", args=[over.customer_id])
    assert ewa.post(hold, {"why": "A claim", "review_date": "2027-03-01"})["Location"] == page
    text = ewa.get(page).content.decode()
    assert "A claim" in text
    assert "Erase for good" not in text
    assert ewa.post(page, {"typed": "Olga Nowak"}).status_code == 422
    seat("jan").post(reverse("desk:legal_hold_lift", args=[over.customer_id]))
    assert "Erase for good" in ewa.get(page).content.decode()
    changes = ewa.get(reverse("desk:house_changes")).content.decode()
    assert "Customer put under a legal hold" in changes
    assert "A claim" not in changes


@pytest.mark.parametrize("said", [{"why": " "}, {"why": "A claim", "review_date": "yesterday"}])
def test_it_holds_nothing_without_a_reason(ewa, over, said):
    ewa.post(reverse("desk:legal_hold", args=[over.customer_id]), said)
    assert not LegalHold.objects.exists()
    assert "Say why it is held" in ewa.get(page_of(over.customer)).content.decode()


@pytest.mark.parametrize("name", ["legal_hold", "legal_hold_lift"])
@pytest.mark.parametrize("who", ["ana", "petra", "beata"])
def test_it_lets_nobody_else_hold_or_lift(seat, ewa, over, who, name):
    ewa.post(reverse("desk:legal_hold", args=[over.customer_id]), {"why": "A claim"})
    address = reverse(f"desk:{name}", args=[over.customer_id])
    assert seat(who).post(address, {"why": "mine"}).status_code == 404
    assert LegalHold.objects.standing().get().why == "A claim"
