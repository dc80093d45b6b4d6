"""What is to be done next, and by when: one table over the situation of a contact."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

Kind = Literal["undecided", "complaint", "question", "nothing"]
Fix = Literal["none", "decided", "delivered", "told"]
CheckBack = Literal["none", "planned", "asked", "asked_last"]


@dataclass(frozen=True)
class Situation:
    """All that decides what comes next.

    Args:
        kind: what the contact is.
        closed: whether it is closed.
        customer_waits: whether the last word is the customer's.
        answered: whether a person has answered since it came in or was reopened.
        said_no: whether the customer said "not solved" and nobody has answered that yet.
        fix: how far the remedy is; told when a reply went out after its delivery.
        check_back: how far the check-back is.
        check_back_at: when it is due, or when we stop waiting for its answer.
        answer_due_at: the answer clock, if it runs.
        promise_due_at: the earliest open promise.
        follow_up_at: when to look again if nothing else is due.
    """

    kind: Kind
    closed: bool
    customer_waits: bool
    answered: bool
    said_no: bool
    fix: Fix
    check_back: CheckBack
    follow_up_at: datetime
    check_back_at: datetime | None = None
    answer_due_at: datetime | None = None
    promise_due_at: datetime | None = None

    @property
    def limit(self) -> datetime | None:
        """The earliest promise or clock: no date of a next action may pass it."""
        dates = [date for date in (self.answer_due_at, self.promise_due_at) if date]
        return min(dates) if dates else None


@dataclass(frozen=True)
class NextAction:
    key: str
    at: datetime | None

    @property
    def rests(self) -> bool:
        """Whether nothing is ours to do: the case waits for its check-back outside My day."""
        return self.key in _ASKING


def next_action(situation: Situation) -> NextAction:
    """Return what is to be done next; the date is None only for what is closed."""
    key = _key(situation)
    if key == "nothing":
        return NextAction(key, None)
    wanted = situation.check_back_at if key in _ASKING else None
    dates = [date for date in (wanted, situation.limit) if date]
    return NextAction(key, min(dates) if dates else situation.follow_up_at)


_ASKING = {"check_back", "await_yes", "give_up"}
_BY_KIND = {"undecided": "decide", "question": "answer_question", "nothing": "nothing"}
_BY_CHECK_BACK = {"planned": "check_back", "asked": "await_yes", "asked_last": "give_up"}


def _key(situation: Situation) -> str:
    if situation.closed:
        return "nothing"
    if situation.kind != "complaint":
        return _BY_KIND[situation.kind]
    if situation.customer_waits:
        return _answer_key(situation)
    return _our_turn_key(situation)


def _answer_key(situation: Situation) -> str:
    if situation.said_no:
        return "read_no"
    return "answer_again" if situation.answered else "answer"


def _our_turn_key(situation: Situation) -> str:
    if situation.promise_due_at:
        return "keep_promise"
    if situation.fix == "decided":
        return "put_right"
    if situation.check_back != "none":
        return _BY_CHECK_BACK[situation.check_back]
    return "tell" if situation.fix == "delivered" else "wait_customer"
