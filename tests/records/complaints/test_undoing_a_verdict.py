from datetime import timedelta

import pytest

from amends.records.aftercare.models import CheckBack
from amends.records.complaints.models import Contact
from amends.records.complaints.refusals import NothingToUndo
from amends.records.promises.models import Promise
from amends.records.recovery.models import Remedy


@pytest.mark.parametrize("kind", ["complaint", "question", "nothing"])
def test_it_is_undone_and_both_stay_on_record(contact, cast, now, verbs, kind):
    contact.decide(kind, by=cast.ana, at=now)
    contact.undo_verdict(by=cast.marek, at=now + timedelta(minutes=1))
    fresh = Contact.objects.get()
    assert (fresh.kind, fresh.state, fresh.next_key) == ("undecided", "open", "decide")
    verdict = contact.verdicts.get()
    assert (verdict.undone_by_name, verdict.undone_at) == (
        "Marek Example",
        now + timedelta(minutes=1),
    )
    assert verbs(contact)[-1] == "verdict_undone"


def test_it_goes_back_one_verdict_at_a_time(contact, cast, now):
    contact.decide("question", by=cast.ana, at=now)
    contact.decide("complaint", by=cast.ana, at=now + timedelta(minutes=1))
    contact.undo_verdict(by=cast.ana, at=now + timedelta(minutes=2))
    assert contact.kind == "question"
    contact.undo_verdict(by=cast.ana, at=now + timedelta(minutes=3))
    assert contact.kind == "undecided"
    with pytest.raises(NothingToUndo):
        contact.undo_verdict(by=cast.ana, at=now + timedelta(minutes=4))


def test_it_takes_the_same_case_up_again(contact, cast, now):
    contact.decide("complaint", by=cast.ana, at=now)
    first = contact.complaint.pk
    contact.undo_verdict(by=cast.ana, at=now + timedelta(minutes=1))
    contact.decide("complaint", by=cast.ana, at=now + timedelta(minutes=2))
    assert contact.complaint.pk == first


def _reply(complaint, cast, at):
    complaint.contact.reply(text="Sorry.", by=cast.ana, at=at)


def _promise_and_keep(complaint, cast, at):
    due_at = at + timedelta(hours=2)
    promise = Promise.objects.give(complaint, what="Call", due_at=due_at, by=cast.ana, at=at)
    promise.keep(by=cast.ana, at=at + timedelta(hours=1))


def _put_right(complaint, cast, at):
    Remedy.objects.decide(complaint, what="Credit", by=cast.ana, at=at)


def _give(complaint, cast, at):
    gesture = Remedy.objects.decide(complaint, what="Tea", gesture=True, by=cast.ana, at=at)
    gesture.deliver(by=cast.ana, at=at)


def _plan_check_back(complaint, cast, at):
    CheckBack.objects.plan(complaint, due_at=at + timedelta(days=1), by=cast.ana, at=at)


def _deny(complaint, cast, at):
    complaint.deny(words="No.", at=at)


@pytest.mark.parametrize(
    "act", [_reply, _promise_and_keep, _put_right, _give, _plan_check_back, _deny]
)
def test_it_stands_once_somebody_has_acted_on_it(complaint, cast, now, act):
    act(complaint, cast, now + timedelta(minutes=5))
    with pytest.raises(NothingToUndo):
        complaint.contact.undo_verdict(by=cast.ana, at=now + timedelta(hours=3))
    assert Contact.objects.get().kind == "complaint"


def test_it_stands_once_the_customer_has_woken_what_was_set_aside(contact, cast, now):
    contact.decide("nothing", by=cast.ana, at=now)
    contact.customer_writes(text="Hello?", at=now + timedelta(hours=1))
    with pytest.raises(NothingToUndo):
        contact.undo_verdict(by=cast.ana, at=now + timedelta(hours=2))
