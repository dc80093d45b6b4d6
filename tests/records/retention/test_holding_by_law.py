"""What is held by law goes neither by a rule nor by hand, until somebody lifts the hold."""

from datetime import timedelta

import pytest

from amends.ground.events.models import Event
from amends.records.complaints.models import Contact
from amends.records.notices.models import Notice
from amends.records.post.models import Outgoing
from amends.records.retention import erasing, models
from amends.records.retention.erasing import erase_customer
from amends.records.retention.letting_go import let_go
from amends.records.retention.models import LegalHold
from amends.records.writing.models import Draft

WHY = "A claim before the court in Kraków, I C 77/26"


@pytest.fixture
def later(now):
    return now + timedelta(days=100)


@pytest.fixture
def over(contact, cast, now):
    """Olga's contact, set aside, with a draft and a notice that were left."""
    contact.decide("nothing", by=cast.ana, at=now)
    Outgoing.objects.filter(thread=contact.pk).update(state="cancelled", cancelled_at=now)
    Draft.objects.keep(contact, "note", {"text": "?"}, by=cast.ana, at=now)
    Notice.objects.create(
        person=cast.ana,
        contact=contact,
        what="assigned",
        key="k",
        at=now,
        seen_at=now,
        in_desk=True,
    )
    return contact


@pytest.fixture
def hold(over, cast, now):
    return LegalHold.objects.put(over.customer, why=WHY, by=cast.ewa, at=now)


def test_it_stands_against_erasing_until_it_is_lifted(over, hold, cast, later):
    with pytest.raises(erasing.OnHold):
        erase_customer(over.customer, by=cast.ewa, at=later)
    hold.lift(by=cast.jan, at=later)
    erase_customer(over.customer, by=cast.ewa, at=later)
    assert not LegalHold.objects.exists()


def test_it_stands_against_every_rule_of_the_house(over, hold, cast, now, later):
    cast.house.set(by=cast.ewa, at=now, set_aside_days=30, draft_days=30, notice_days=30)
    assert let_go(later) == {}
    hold.lift(by=cast.ewa, at=later)
    assert let_go(later)["contacts"] == 1
    assert not Contact.objects.filter(pk=over.pk).exists()


def test_it_holds_one_customer_and_no_other(over, hold, cast, now, later, receive):
    cast.house.set(by=cast.ewa, at=now, set_aside_days=30)
    other = receive("Wallpapers", sender="shop@offers.example").contact
    other.decide("nothing", by=cast.ana, at=now)
    Outgoing.objects.filter(thread=other.pk).update(state="cancelled", cancelled_at=now)
    assert let_go(later) == {"contacts": 1}
    assert Contact.objects.filter(pk=over.pk).exists()


def test_it_never_ends_by_itself(over, cast, now, later):
    LegalHold.objects.put(
        over.customer, why=WHY, by=cast.ewa, at=now, review_date=now.date() + timedelta(days=1)
    )
    with pytest.raises(erasing.OnHold):
        erase_customer(over.customer, by=cast.ewa, at=later)


def test_it_is_put_once_and_lifted_once(over, hold, cast, later):
    with pytest.raises(models.AlreadyHeld):
        LegalHold.objects.put(over.customer, why="again", by=cast.ewa, at=later)
    hold.lift(by=cast.ewa, at=later)
    with pytest.raises(models.AlreadyLifted):
        hold.lift(by=cast.ewa, at=later)
    assert LegalHold.objects.put(over.customer, why="again", by=cast.ewa, at=later)


def test_it_is_not_put_on_who_was_erased(over, cast, later):
    erase_customer(over.customer, by=cast.ewa, at=later)
    with pytest.raises(models.NobodyToHold):
        LegalHold.objects.put(over.customer, why=WHY, by=cast.ewa, at=later)


def test_it_is_on_record_without_a_name_or_a_reason(over, hold, cast, later):
    hold.lift(by=cast.jan, at=later)
    told = Event.objects.about(cast.house.id).filter(verb__in=["customer_held", "hold_lifted"])
    assert [(one.verb, one.actor_name) for one in told] == [
        ("customer_held", "Ewa Example"), ("hold_lifted", "Jan Example"),
    ]  # fmt: skip
    assert all(one.data == {"hold": str(hold.pk)} for one in told)


@pytest.fixture
def case_hold(over, cast, now):
    return LegalHold.objects.put_on_case(over, why=WHY, by=cast.ewa, at=now)


def test_it_holds_one_case_against_erasing_and_every_rule(over, case_hold, cast, now, later):
    cast.house.set(by=cast.ewa, at=now, set_aside_days=30, draft_days=30, notice_days=30)
    assert let_go(later) == {}
    with pytest.raises(erasing.OnHold):
        erase_customer(over.customer, by=cast.ewa, at=later)
    case_hold.lift(by=cast.ewa, at=later)
    assert let_go(later)["contacts"] == 1
    assert not LegalHold.objects.exists()


def test_it_holds_no_other_case_of_the_same_customer(over, case_hold, cast, now, later, receive):
    cast.house.set(by=cast.ewa, at=now, set_aside_days=30)
    other = receive("Something else.").contact
    assert other.customer == over.customer
    other.decide("nothing", by=cast.ana, at=now)
    Outgoing.objects.filter(thread=other.pk).update(state="cancelled", cancelled_at=now)
    assert let_go(later) == {"contacts": 1}
    assert Contact.objects.get() == over


def test_it_holds_a_case_that_turns_out_to_be_another_customer_s(over, case_hold, cast, later):
    from amends.records.customers.models import Customer

    leo = Customer.objects.welcome(name="Leo", address="leo@customer.example", language="en")
    Contact.objects.filter(pk=over.pk).update(customer=leo)
    with pytest.raises(erasing.OnHold):
        erase_customer(leo, by=cast.ewa, at=later)
    assert LegalHold.objects.standing().on_any_of(over.customer).count() == 0


def test_it_stands_against_redacting_in_that_case_only(over, case_hold, cast, later, receive):
    from amends.records.retention.redacting import redact

    other = receive("Something else.").contact
    said = {"words": True, "files": [], "why": "a card number", "by": cast.ewa, "at": later}
    with pytest.raises(erasing.OnHold):
        redact(over.messages.get(direction="in"), **said)
    Outgoing.objects.filter(thread=other.pk).update(state="cancelled", cancelled_at=later)
    redact(other.messages.get(direction="in"), **said)


def test_it_is_put_on_a_case_once_and_on_its_record(over, case_hold, cast, later):
    with pytest.raises(models.CaseAlreadyHeld):
        LegalHold.objects.put_on_case(over, why="again", by=cast.ewa, at=later)
    case_hold.lift(by=cast.jan, at=later)
    told = Event.objects.about(over.pk).filter(verb__startswith="case_hold")
    assert [(one.actor_name, one.data) for one in told.order_by("at", "id")] == [
        ("Jan Example", {"hold": str(case_hold.pk)})
    ]
    erase_customer(over.customer, by=cast.ewa, at=later)
    assert not LegalHold.objects.exists()
    with pytest.raises(models.NobodyToHold):
        LegalHold.objects.put_on_case(over, why=WHY, by=cast.ewa, at=later)
