"""A house that concedes first: a plain case that costs little is our fault, until somebody finds."""

from datetime import timedelta
from decimal import Decimal

import pytest

from amends.ground.events.models import Event
from amends.records.answering.answer import Answer, PutRight, send_answer, take_back
from amends.records.recovery.models import Remedy

HOUR = timedelta(hours=1)


@pytest.fixture
def concedes(cast, now):
    def concedes(**facts):
        facts = {"stance": "concede", "concede_up_to": 100, "concede_currency": "PLN", **facts}
        cast.house.set(by=cast.ewa, at=now, **facts)

    return concedes


@pytest.fixture
def decide(complaint, cast, now):
    def decide(cost, currency="PLN", *, what="Credit", gesture=False):
        return Remedy.objects.decide(
            complaint, what=what, cost=None if cost is None else Decimal(cost),
            currency="" if cost is None else currency, gesture=gesture, by=cast.ana, at=now + HOUR,
        )  # fmt: skip

    return decide


@pytest.fixture
def fault(complaint):
    def fault():
        complaint.refresh_from_db()
        return complaint.fault

    return fault


def test_it_concedes_once_a_small_fix_shows_what_is_at_stake(concedes, decide, fault, complaint):
    concedes()
    assert fault() == "unknown"
    decide("100.00")
    assert fault() == "ours"
    found = complaint.findings.get()
    assert (found.fault, found.conceded, found.evidence) == ("ours", True, "")
    assert found.actor_name == "Ana Example"
    said = Event.objects.about(complaint.contact_id).filter(verb="fault_conceded").get()
    assert said.data == {"fault": "ours"}


@pytest.mark.parametrize("stance", ["evidence", "neutral"])
def test_it_concedes_in_no_other_house(concedes, decide, fault, stance):
    concedes(stance=stance)
    decide("10")
    assert fault() == "unknown"


@pytest.mark.parametrize(
    ("cost", "currency", "gesture"),
    [("100.01", "PLN", False), ("10", "EUR", False), (None, "", False), ("10", "PLN", True)],
)
def test_it_concedes_nothing_large_unknown_or_beyond_the_fix(
    concedes, decide, fault, cost, currency, gesture
):
    concedes()
    decide(cost, currency, gesture=gesture)
    assert fault() == "unknown"


@pytest.mark.parametrize(
    "facts", [{"severity": 3}, {"facts_contradict": True}, {"cannot_describe": True}]
)
def test_it_concedes_no_case_that_asks_for_a_closer_look(
    concedes, decide, fault, complaint, cast, now, facts
):
    concedes()
    complaint.understand(by=cast.ana, at=now, **facts)
    decide("10")
    assert fault() == "unknown"


@pytest.mark.parametrize("found", ["outside", "customer", "ours"])
def test_it_leaves_what_a_person_has_found(concedes, decide, fault, complaint, cast, now, found):
    concedes()
    complaint.understand(by=cast.ana, at=now, fault=found)
    decide("10").drop(by=cast.ana, at=now + 2 * HOUR)
    assert fault() == found
    assert complaint.findings.count() == 1


def test_it_stays_open_where_a_person_has_opened_it_again(
    concedes, decide, fault, complaint, cast, now
):
    concedes()
    complaint.understand(by=cast.ana, at=now, fault="ours")
    complaint.understand(by=cast.ana, at=now + HOUR, fault="unknown")
    decide("10")
    assert fault() == "unknown"


def test_it_is_open_again_without_the_fix_or_beyond_the_limit(concedes, decide, fault, cast, now):
    concedes()
    first = decide("60")
    second = decide("60", what="A second one")
    assert fault() == "unknown"
    second.drop(by=cast.ana, at=now + 2 * HOUR)
    assert fault() == "ours"
    first.drop(by=cast.ana, at=now + 3 * HOUR)
    assert fault() == "unknown"


def test_a_reply_taken_back_takes_back_what_it_conceded(concedes, fault, complaint, cast, now):
    concedes()
    answer = Answer(text="20 back.", remedies=(PutRight("Credit 20", Decimal(20), "PLN"),))
    message = send_answer(complaint.contact, answer, by=cast.ana, at=now + HOUR)
    assert fault() == "ours"
    take_back(message, by=cast.ana, at=now + HOUR + timedelta(seconds=1))
    assert fault() == "unknown"


def test_another_stance_leaves_what_was_conceded(concedes, decide, fault):
    concedes()
    decide("10")
    concedes(stance="evidence")
    decide("5", what="A second one")
    assert fault() == "ours"
