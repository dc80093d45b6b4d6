from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from amends.records.complaints.models import Contact
from amends.records.complaints.refusals import AlreadyClosed
from amends.records.recovery.models import AlreadyDelivered, NothingDecided, Remedy

HOUR = timedelta(hours=1)


@pytest.fixture
def at(now):
    return now + 2 * HOUR


@pytest.fixture
def decide(answered, cast, at):
    def decide(what="Credit 200", **more):
        return Remedy.objects.decide(answered, what=what, by=cast.ana, at=at, **more)

    return decide


def now_is():
    contact = Contact.objects.get()
    return contact.fix, contact.next_key


def test_it_is_decided_then_delivered_then_told(decide, cast, at, verbs):
    remedy = decide(cost=Decimal("200.00"), currency="PLN")
    assert now_is() == ("decided", "put_right")
    remedy.deliver(by=cast.ana, at=at + HOUR, proof="Transfer 17")
    assert now_is() == ("delivered", "tell")
    assert (remedy.delivered_at, remedy.proof) == (at + HOUR, "Transfer 17")
    contact = Contact.objects.get()
    contact.reply(text="It is on your account.", by=cast.ana, at=at + 2 * HOUR)
    assert now_is() == ("told", "wait_customer")
    assert {"remedy_decided", "remedy_delivered"} <= set(verbs(contact))


def test_it_marks_the_step_by_delivery_alone(decide, cast, at, answered):
    remedy = decide()
    assert not answered.marks.filter(step="resolve").exists()
    remedy.deliver(by=cast.ana, at=at)
    assert answered.marks.filter(step="resolve").exists()


def test_it_is_put_right_when_all_fixes_are_delivered(decide, cast, at):
    first, second = decide(), decide("New cable")
    first.deliver(by=cast.ana, at=at)
    assert now_is() == ("decided", "put_right")
    second.deliver(by=cast.ana, at=at + HOUR)
    assert now_is() == ("delivered", "tell")


def test_it_stays_delivered_when_another_is_dropped(decide, cast, at):
    first, second = decide(), decide("New cable")
    first.deliver(by=cast.ana, at=at)
    second.drop(by=cast.ana, at=at + HOUR)
    assert now_is() == ("delivered", "tell")
    assert Contact.objects.get().fix_delivered_at == at


def test_it_is_no_fix_any_more_when_dropped(decide, cast, at, verbs):
    decide().drop(by=cast.ana, at=at)
    assert now_is() == ("none", "wait_customer")
    assert verbs(Contact.objects.get())[-1] == "remedy_dropped"


def test_it_has_solved_nothing_what_was_delivered_before_a_no(decide, answered, cast, at):
    decide().deliver(by=cast.ana, at=at)
    answered.deny(words="Still.", at=at + HOUR)
    Remedy.objects.decide(answered, what="Again", by=cast.ana, at=at + 2 * HOUR).drop(
        by=cast.ana, at=at + 3 * HOUR
    )
    assert Contact.objects.get().fix == "none"


def test_it_is_still_owed_after_a_no_what_was_decided_and_never_delivered(
    decide, answered, cast, at
):
    decide()
    answered.deny(words="Nothing came.", at=at + HOUR)
    assert now_is() == ("decided", "read_no")
    Contact.objects.get().reply(text="It comes today.", by=cast.ana, at=at + 2 * HOUR)
    assert now_is() == ("decided", "put_right")


def test_it_is_no_fix_what_is_a_gesture(decide, cast, at, answered):
    decide("Tea", gesture=True).deliver(by=cast.ana, at=at)
    assert now_is() == ("none", "wait_customer")
    assert not answered.marks.filter(step="resolve").exists()


@pytest.mark.parametrize("end", ["deliver", "drop"])
def test_it_ends_once(decide, cast, at, end):
    remedy = decide()
    stale = Remedy.objects.get()
    getattr(remedy, end)(by=cast.ana, at=at)
    for again in (remedy, stale):
        for verb in ("deliver", "drop"):
            with pytest.raises(AlreadyDelivered):
                getattr(again, verb)(by=cast.ana, at=at)


def test_it_says_what_it_is(decide):
    with pytest.raises(NothingDecided):
        decide("  ")


def test_it_is_not_decided_on_what_is_closed_but_still_delivered(decide, answered, cast, at):
    gesture = decide("Tea", gesture=True)
    answered.confirm(words="", at=at)
    gesture.deliver(by=cast.ana, at=at + HOUR)
    with pytest.raises(AlreadyClosed):
        decide("More")
    assert Contact.objects.get().is_closed


@pytest.mark.parametrize(
    "lie",
    [
        {"cost": Decimal(-1), "currency": "PLN"},
        {"cost": Decimal(1), "currency": ""},
        {"delivered_at": "2026-11-25T09:00Z", "dropped_at": "2026-11-25T09:00Z"},
    ],
)
def test_it_cannot_contradict_itself(decide, lie):
    decide()
    with pytest.raises(IntegrityError), transaction.atomic():
        Remedy.objects.update(**lie)
