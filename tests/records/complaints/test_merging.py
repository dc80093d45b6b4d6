"""A merge is a link: the merged contact follows its head, and is taken apart again."""

from datetime import timedelta

import pytest

from amends.records.aftercare.models import CheckBack
from amends.records.answering.answer import Answer, PutRight, send_answer
from amends.records.complaints import refusals
from amends.records.complaints.links import contact_behind, token_for
from amends.records.complaints.models import Contact, Note
from amends.records.complaints.timeline import timeline_of
from amends.records.promises.models import Promise
from amends.records.recovery.models import Remedy


@pytest.fixture
def fresh():
    def fresh(contact):
        return Contact.objects.select_related("customer", "complaint").get(pk=contact.pk)

    return fresh


@pytest.fixture
def second(receive, cast, now):
    """Another complaint of Olga's, three hours after the first."""
    contact = receive("Where is my 200?", subject="My 200", at=now + timedelta(hours=3)).contact
    contact.decide("complaint", by=cast.ana, at=now + timedelta(hours=3))
    return contact


@pytest.fixture
def at(now):
    return now + timedelta(hours=4)


@pytest.fixture
def merged(complaint, second, cast, at):
    second.merge_into(complaint.contact, by=cast.ana, at=at)
    return second


def test_it_follows_its_head_and_is_in_no_list(merged, complaint, fresh, verbs):
    follower, head = fresh(merged), fresh(complaint.contact)
    assert (follower.state, follower.next_at, follower.answer_due_at) == ("merged", None, None)
    assert list(Contact.objects.open()) == [head]
    assert "merged" in verbs(follower)
    assert "merged_here" in verbs(head)


def test_it_leaves_the_head_the_earliest_clock_of_both(complaint, second, cast, at, fresh):
    early, late = fresh(complaint.contact), fresh(second)
    due = min(early.answer_due_at, late.answer_due_at)
    early.merge_into(late, by=cast.ana, at=at)
    assert fresh(late).answer_due_at == due


def test_it_counts_an_answer_of_the_head_before_the_merge_for_the_head_alone(
    complaint, second, cast, at, fresh
):
    send_answer(complaint.contact, Answer(text="Taken off."), by=cast.ana, at=at)
    assert fresh(complaint.contact).answer_due_at is None
    second.merge_into(fresh(complaint.contact), by=cast.ana, at=at + timedelta(minutes=1))
    head = fresh(complaint.contact)
    assert head.last_direction == "in"
    send_answer(head, Answer(text="Both are done."), by=cast.ana, at=at + timedelta(minutes=2))
    assert fresh(head).answer_due_at is None


def test_it_shows_what_was_written_in_its_place_with_its_reference(complaint, merged, cast, at):
    Note.objects.write(merged, by=cast.ana, text="Called her.", at=at)
    entries = timeline_of(complaint.contact, joined=complaint.contact.followers())
    written = [(entry.kind, entry.reference) for entry in entries if entry.joined]
    assert ("message", merged.reference) in written
    assert ("note", merged.reference) in written
    assert [entry.at for entry in entries] == sorted(entry.at for entry in entries)


def test_it_leads_late_words_to_the_head(complaint, merged, receive, at, fresh):
    taken = receive("And now?", subject=merged.reference, at=at + timedelta(hours=1))
    assert (taken.what, taken.contact) == ("reply", complaint.contact)
    by_hand = fresh(merged).customer_writes(text="Hello?", at=at + timedelta(hours=2))
    assert by_hand.contact == complaint.contact


def test_its_link_shows_how_the_head_stands(complaint, merged):
    assert contact_behind(token_for(merged)) == complaint.contact


def test_it_never_ends_alone(complaint, merged, cast, at, fresh):
    alone = fresh(merged).complaint
    with pytest.raises(refusals.FollowsAnother):
        alone.close_as_lead(by=cast.ewa, at=at, reason="other", why="Twice")
    for verb in (
        lambda: fresh(merged).reply(text="Hello", by=cast.ana, at=at),
        lambda: fresh(merged).decide("question", by=cast.ana, at=at),
        lambda: fresh(merged).undo_verdict(by=cast.ana, at=at),
        lambda: fresh(merged).set_next(text="Call", due_at=at, by=cast.ana, at=at),
        lambda: Promise.objects.give(
            alone, what="x", due_at=at + timedelta(days=1), by=cast.ana, at=at
        ),
    ):
        with pytest.raises(refusals.FollowsAnother):
            verb()


def test_it_ends_and_opens_again_with_its_head(complaint, merged, fresh, cast, at, verbs):
    send_answer(fresh(complaint.contact), Answer(text="Taken off."), by=cast.ana, at=at)
    fresh(complaint.contact).complaint.confirm(words="Thanks", at=at + timedelta(hours=1))
    follower = fresh(merged)
    assert (follower.state, follower.outcome) == ("closed", "confirmed")
    assert follower.closings.get().actor_name == "Olga Nowak"
    fresh(complaint.contact).complaint.deny(words="No", at=at + timedelta(hours=2))
    assert (fresh(merged).state, fresh(merged).outcome) == ("merged", "")
    assert verbs(merged)[-2:] == ["closed_with_head", "reopened_with_head"]


def test_it_takes_the_customers_word_on_either_for_both(complaint, merged, fresh, cast, at):
    send_answer(fresh(complaint.contact), Answer(text="Taken off."), by=cast.ana, at=at)
    assert fresh(merged).complaint.confirm(words="", at=at + timedelta(hours=1))
    assert fresh(complaint.contact).outcome == fresh(merged).outcome == "confirmed"
    fresh(merged).complaint.deny(words="It is back", at=at + timedelta(hours=2))
    assert fresh(complaint.contact).said_no


def test_it_is_taken_apart_with_its_own_messages_and_clocks(complaint, second, cast, at, fresh):
    before, head_before = fresh(second), fresh(complaint.contact)
    second.merge_into(complaint.contact, by=cast.ana, at=at)
    fresh(second).unmerge(by=cast.ana, at=at)
    after, head = fresh(second), fresh(complaint.contact)
    same = ("state", "next_key", "next_at", "answer_due_at", "last_message_at", "said_no")
    for now_is, was in ((after, before), (head, head_before)):
        assert [getattr(now_is, name) for name in same] == [getattr(was, name) for name in same]
    assert after.messages.filter(direction="in").count() == 1


def test_it_is_open_again_when_taken_apart_after_the_end(complaint, merged, cast, at, fresh):
    send_answer(fresh(complaint.contact), Answer(text="Taken off."), by=cast.ana, at=at)
    fresh(complaint.contact).complaint.confirm(words="", at=at + timedelta(hours=1))
    fresh(merged).unmerge(by=cast.ana, at=at + timedelta(hours=2))
    assert (fresh(merged).state, fresh(merged).last_direction) == ("open", "in")
    assert fresh(complaint.contact).outcome == "confirmed"


def test_it_can_be_merged_again(complaint, merged, cast, at, fresh):
    fresh(merged).unmerge(by=cast.ana, at=at)
    fresh(merged).merge_into(fresh(complaint.contact), by=cast.ana, at=at)
    assert merged.merges.count() == 2


def test_it_keeps_promises_and_fixes_of_both(complaint, second, cast, at, fresh):
    due_at = at + timedelta(days=1)
    promise = Promise.objects.give(
        second.complaint, what="200 back", due_at=due_at, by=cast.ana, at=at
    )
    remedy = Remedy.objects.decide(second.complaint, what="200 back", by=cast.ana, at=at)
    fresh(second).merge_into(fresh(complaint.contact), by=cast.ana, at=at)
    head = fresh(complaint.contact)
    assert (head.promise_due_at, head.fix) == (due_at, "decided")
    promise = Promise.objects.get(pk=promise.pk)
    later = promise.move(to=due_at + timedelta(days=1), why="Bank", by=cast.ana, at=at)
    assert (later.complaint, fresh(head).promise_due_at) == (complaint, later.due_at)
    later.keep(by=cast.ana, at=at)
    Remedy.objects.get(pk=remedy.pk).deliver(by=cast.ana, at=at)
    assert (fresh(head).promise_due_at, fresh(head).fix) == (None, "delivered")
    fresh(second).unmerge(by=cast.ana, at=at)
    assert (fresh(head).fix, fresh(second).fix) == ("none", "delivered")


def test_it_calls_its_own_check_back_off(answered, second, cast, now, fresh, post_office):
    at = now + timedelta(hours=5)
    fix = (PutRight("200 back", delivered=True),)
    answer = Answer(text="Done.", remedies=fix, check_back_at=at + timedelta(days=1))
    send_answer(fresh(second), answer, by=cast.ana, at=at)
    assert fresh(second).state == "resting"
    fresh(second).merge_into(fresh(answered.contact), by=cast.ana, at=at)
    assert not CheckBack.objects.waiting().exists()


def test_it_hears_of_a_mail_that_did_not_arrive(complaint, second, cast, at, post_office, fresh):
    send_answer(second, Answer(text="Taken off."), by=cast.ana, at=at)
    send_answer(complaint.contact, Answer(text="Taken off."), by=cast.ana, at=at)
    fresh(second).merge_into(fresh(complaint.contact), by=cast.ana, at=at)
    assert fresh(complaint.contact).last_direction == "out"
    post_office.refuse(at + timedelta(hours=1))
    assert fresh(complaint.contact).last_direction == "in"


def test_it_leads_on_from_what_is_merged_already(complaint, merged, receive, cast, at, fresh):
    third = receive("My 200!", subject="200 again", at=at).contact
    third.merge_into(fresh(merged), by=cast.ana, at=at)
    assert fresh(third).merged_into == complaint.contact


def test_it_refuses_what_would_leak_or_go_round(complaint, merged, receive, cast, at, fresh, now):
    head = fresh(complaint.contact)
    stranger = receive("Mine", sender="eve@elsewhere.example", subject="Mine", at=at).contact
    with pytest.raises(refusals.OfAnotherCustomer):
        stranger.merge_into(head, by=cast.ana, at=at)
    head.customer.represent_by(name="Eve", address="eve@elsewhere.example")
    with pytest.raises(refusals.OfAnotherCustomer):
        stranger.merge_into(head, by=cast.ana, at=at)
    for one, other in ((head, head), (head, fresh(merged)), (fresh(merged), head)):
        with pytest.raises(refusals.AlreadyMerged):
            one.merge_into(other, by=cast.ana, at=at)
    third = receive("My 200!", subject="200 again", at=at).contact
    with pytest.raises(refusals.OthersFollowIt):
        head.merge_into(third, by=cast.ana, at=at)
    with pytest.raises(refusals.NotMerged):
        third.unmerge(by=cast.ana, at=at)


def test_it_refuses_to_let_a_complaint_follow_what_is_none(complaint, receive, cast, at):
    third = receive("My 200!", subject="200 again", at=at).contact
    with pytest.raises(refusals.ComplaintLeads):
        complaint.contact.merge_into(third, by=cast.ana, at=at)


def test_it_refuses_what_is_closed(complaint, second, cast, at, fresh):
    complaint.close_as_lead(by=cast.ewa, at=at, reason="other", why="Twice")
    with pytest.raises(refusals.AlreadyClosed):
        second.merge_into(fresh(complaint.contact), by=cast.ana, at=at)
    with pytest.raises(refusals.AlreadyClosed):
        fresh(complaint.contact).merge_into(fresh(second), by=cast.ana, at=at)


def test_it_joins_nothing_that_not_the_same_may_see(complaint, second, cast, at, fresh):
    second.complaint.name_person(cast.marek, by=cast.ewa, at=at)
    with pytest.raises(refusals.NotSeenByTheSame):
        fresh(second).merge_into(fresh(complaint.contact), by=cast.ana, at=at)
    second.complaint.named.clear()
    second.hand_to(team=cast.office, by=cast.ewa, at=at)
    with pytest.raises(refusals.NotSeenByTheSame):
        fresh(second).merge_into(fresh(complaint.contact), by=cast.ewa, at=at)


def test_a_question_follows_and_is_answered_with_its_head(complaint, receive, cast, at, fresh):
    asked = receive("When?", subject="When", at=at).contact
    asked.decide("question", by=cast.ana, at=at)
    fresh(asked).merge_into(fresh(complaint.contact), by=cast.ana, at=at)
    assert fresh(asked).state == "merged"
    send_answer(fresh(complaint.contact), Answer(text="Today."), by=cast.ana, at=at)
    assert fresh(asked).state == "merged"
    fresh(asked).unmerge(by=cast.ana, at=at)
    assert fresh(asked).last_direction == "in"
