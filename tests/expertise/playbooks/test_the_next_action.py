"""The whole table: every combination of what is so has one next action, never past its limit."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amends.expertise.playbooks import Situation, next_action, playbook

NOW = datetime(2026, 11, 25, 9, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
DATES = st.none() | st.integers(-500, 500).map(lambda hours: NOW + hours * HOUR)
SITUATIONS = st.builds(
    Situation,
    kind=st.sampled_from(["undecided", "complaint", "question", "nothing"]),
    closed=st.booleans(),
    customer_waits=st.booleans(),
    answered=st.booleans(),
    said_no=st.booleans(),
    fix=st.sampled_from(["none", "decided", "delivered", "told"]),
    check_back=st.sampled_from(["none", "planned", "asked", "asked_last"]),
    follow_up_at=st.just(NOW + 72 * HOUR),
    check_back_at=DATES,
    answer_due_at=DATES,
    promise_due_at=DATES,
)
OUR_TURN = Situation(
    kind="complaint", closed=False, customer_waits=False, answered=True, said_no=False,
    fix="none", check_back="none", follow_up_at=NOW + 72 * HOUR,
)  # fmt: skip


@given(SITUATIONS)
def test_it_has_a_date_unless_it_is_closed_or_nothing(situation):
    action = next_action(situation)
    assert (action.at is None) == (situation.closed or situation.kind == "nothing")
    assert (action.key == "nothing") == (action.at is None)


@given(SITUATIONS)
def test_it_is_never_later_than_a_promise_or_a_clock(situation):
    action = next_action(situation)
    if action.at and situation.limit:
        assert action.at <= situation.limit
        assert situation.limit in {situation.answer_due_at, situation.promise_due_at}


@given(SITUATIONS)
def test_it_rests_only_when_nothing_is_ours_to_do(situation):
    if next_action(situation).rests:
        assert situation.kind == "complaint"
        assert not situation.customer_waits
        assert situation.promise_due_at is None
        assert situation.fix != "decided"
        assert situation.check_back != "none"


@given(SITUATIONS)
def test_it_puts_who_waits_for_an_answer_first(situation):
    key = next_action(situation).key
    if situation.kind == "complaint" and situation.customer_waits and not situation.closed:
        assert key in {"answer", "answer_again", "read_no"}
        assert (key == "read_no") == situation.said_no


@given(SITUATIONS)
def test_it_says_nothing_of_rail_and_check_back_for_what_is_no_complaint(situation):
    if situation.kind != "complaint":
        assert next_action(situation).key in {"decide", "answer_question", "nothing"}


@given(SITUATIONS, st.sampled_from(["en", "pl", "ru", "sk"]))
def test_it_has_words_in_every_language(situation, language):
    assert playbook(language).next_texts[next_action(situation).key].strip()


@pytest.mark.parametrize(
    ("facts", "key", "hours"),
    [
        ({}, "wait_customer", 72),
        ({"closed": True}, "nothing", None),
        ({"kind": "nothing"}, "nothing", None),
        ({"kind": "undecided", "answer_due_at": 8}, "decide", 8),
        ({"kind": "question", "answer_due_at": 8}, "answer_question", 8),
        ({"customer_waits": True, "answered": False, "answer_due_at": 8}, "answer", 8),
        ({"customer_waits": True, "answer_due_at": 8}, "answer_again", 8),
        ({"customer_waits": True, "said_no": True, "answer_due_at": 8}, "read_no", 8),
        ({"customer_waits": True, "answer_due_at": 8, "promise_due_at": 2}, "answer_again", 2),
        ({"promise_due_at": 30}, "keep_promise", 30),
        ({"promise_due_at": 30, "check_back": "planned", "check_back_at": 9}, "keep_promise", 30),
        ({"fix": "decided"}, "put_right", 72),
        ({"fix": "decided", "check_back": "planned", "check_back_at": 9}, "put_right", 72),
        ({"fix": "delivered"}, "tell", 72),
        ({"fix": "told"}, "wait_customer", 72),
        ({"check_back": "planned", "check_back_at": 9}, "check_back", 9),
        ({"check_back": "asked", "check_back_at": 9}, "await_yes", 9),
        ({"check_back": "asked_last", "check_back_at": 9}, "give_up", 9),
        ({"fix": "delivered", "check_back": "planned", "check_back_at": 9}, "check_back", 9),
    ],
)
def test_it_reads_like_this(facts, key, hours):
    dated = {
        name: NOW + value * HOUR if name.endswith("_at") else value for name, value in facts.items()
    }
    action = next_action(replace(OUR_TURN, **dated))
    assert (action.key, action.at) == (key, None if hours is None else NOW + hours * HOUR)
