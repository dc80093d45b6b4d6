from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from amends.records.complaints.models import Closing, Contact
from amends.records.complaints.refusals import (
    AlreadyClosed,
    NotAComplaint,
    NotInPerson,
    OnlyALead,
    ReasonMissing,
)


@pytest.mark.parametrize("reason", ["not_a_complaint", "withdrawn", "other"])
def test_it_is_closed_by_a_lead_with_a_reason_in_words(complaint, cast, now, verbs, reason):
    complaint.close_as_lead(by=cast.ewa, at=now, reason=reason, why="She took it back by phone")
    contact = Contact.objects.get()
    assert (contact.state, contact.outcome, contact.next_at) == ("closed", "by_lead", None)
    closing = Closing.objects.get()
    assert (closing.reason, closing.why) == (reason, "She took it back by phone")
    assert (closing.actor_key, closing.at) == (cast.ewa.pk, now)
    assert verbs(contact)[-1] == "closed"


def test_it_is_for_leads(complaint, cast, now):
    for person in (cast.ana, cast.beata, cast.jan):
        with pytest.raises(OnlyALead):
            complaint.close_as_lead(by=person, at=now, reason="other", why="I would like to")
    assert not Contact.objects.get().is_closed


@pytest.mark.parametrize("why", ["", "   "])
def test_it_asks_why(complaint, cast, now, why):
    with pytest.raises(ReasonMissing):
        complaint.close_as_lead(by=cast.ewa, at=now, reason="other", why=why)


def test_it_knows_three_reasons_and_no_other(complaint, cast, now):
    with pytest.raises(ValueError, match="too_hard"):
        complaint.close_as_lead(by=cast.ewa, at=now, reason="too_hard", why="It is")
    assert not Closing.objects.exists()


def test_it_is_closed_once(complaint, cast, now):
    stale = Contact.objects.get().complaint
    complaint.close_as_lead(by=cast.ewa, at=now, reason="other", why="Paid in court")
    for again in (complaint, stale):
        with pytest.raises(AlreadyClosed):
            again.close_as_lead(by=cast.ewa, at=now, reason="other", why="Paid in court")
    assert Closing.objects.count() == 1


def test_it_is_for_complaints(complaint, cast, now):
    complaint.contact.undo_verdict(by=cast.ana, at=now)
    with pytest.raises(NotAComplaint):
        complaint.close_as_lead(by=cast.ewa, at=now, reason="other", why="Paid in court")


def test_it_is_solved_on_the_spot_only_while_the_customer_is_there(complaint, cast, now):
    with pytest.raises(NotInPerson):
        complaint.close_on_the_spot(by=cast.ana, at=now, how="Swapped it")


def test_it_is_solved_on_the_spot_at_the_counter(at_the_counter, cast, now):
    at_the_counter.close_on_the_spot(by=cast.ana, at=now + timedelta(minutes=4), how="Swapped it")
    assert Contact.objects.get().outcome == "on_the_spot"
    assert Closing.objects.get().why == "Swapped it"


@pytest.mark.parametrize(
    "lie",
    [
        {"outcome": "by_lead", "reason": "", "actor_kind": "person"},
        {"outcome": "by_lead", "reason": "other", "actor_kind": "program"},
        {"outcome": "confirmed", "reason": "other", "actor_kind": "customer"},
    ],
)
def test_it_cannot_be_closed_against_the_rules_even_in_the_database(complaint, now, lie):
    with pytest.raises(IntegrityError), transaction.atomic():
        Closing.objects.create(contact=complaint.contact, at=now, **lie)
