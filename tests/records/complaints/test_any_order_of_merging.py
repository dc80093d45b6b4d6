"""Whatever the order of merging, taking apart, hearing, answering and ending: nothing is lost."""

from datetime import timedelta

import pytest
from django.db import transaction
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from amends.records.answering.answer import Answer, send_answer
from amends.records.complaints import refusals
from amends.records.complaints.intake import Told, take_in_told
from amends.records.complaints.models import Contact, Message
from amends.records.complaints.splitting import split_off, undo_split
from amends.records.complaints.vocabulary import State

ACTS = ("merge", "unmerge", "hear", "answer", "yes", "no", "decide", "split", "undo_split")
THREADS = 3
# What a step may be: an act, on which thread, and with which other.
STEPS = st.tuples(st.sampled_from(ACTS), st.integers(0, THREADS - 1), st.integers(0, THREADS - 1))


@pytest.mark.usefixtures("with_cast")
class AnyOrder(TestCase):
    def begin(self):
        self.at = self.now
        self.threads = [
            take_in_told(
                Told(
                    text=f"Thing {number} broke.", channel="mail", name="Olga Nowak",
                    address="olga@customer.example", language="en",
                ),
                at=self.at + timedelta(minutes=number),
                by=self.cast.ana,
            ).pk
            for number in range(THREADS)
        ]  # fmt: skip

    def do(self, act, one, other):
        self.at += timedelta(hours=1)
        contact, second = self.fresh(one), self.fresh(other)
        ana, at = self.cast.ana, self.at
        words = contact.messages.filter(direction="in").order_by("-at").first()
        verbs = {
            "merge": lambda: contact.merge_into(second, by=ana, at=at),
            "unmerge": lambda: contact.unmerge(by=ana, at=at),
            "hear": lambda: contact.hear(text=f"Said at {at}", at=at, channel="mail"),
            "answer": lambda: send_answer(contact, Answer(text="Done."), by=ana, at=at),
            "yes": lambda: contact.complaint.confirm(words="", at=at),
            "no": lambda: contact.complaint.deny(words="Not yet", at=at),
            "decide": lambda: contact.decide("complaint", by=ana, at=at),
            "split": lambda: split_off(contact, [words], by=ana, at=at),
            "undo_split": lambda: undo_split(contact, by=ana, at=at),
        }
        if act in {"yes", "no"} and contact.complaint_or_none() is None:
            return
        try:
            with transaction.atomic():
                verbs[act]()
        except refusals.Refusal:
            return

    def fresh(self, number):
        everything = Contact.objects.select_related("customer", "team", "person")
        return everything.get(pk=self.threads[number])

    def check(self, words):
        assert set(Message.objects.filter(direction="in").values_list("text", flat=True)) >= words
        for contact in Contact.objects.select_related("merged_into"):
            if contact.merged_into is None:
                assert contact.state != State.MERGED
                continue
            head = contact.merged_into
            assert head.merged_into_id is None
            assert contact.pk not in set(Contact.objects.open().values_list("pk", flat=True))
            assert contact.is_closed == head.is_closed
            waits = contact.own_talk().waits_since
            answered_at = head.own_talk().last_answer_at
            merged_at = contact.merges.get(undone_at=None).at
            if waits and not head.is_closed and not (answered_at and answered_at >= merged_at):
                assert head.answer_due_at is not None
                assert head.next_at <= head.answer_due_at <= self.due_of(waits)

    def due_of(self, moment):
        house = self.cast.house
        return house.calendar().add(moment, timedelta(hours=house.answer_hours))

    @given(st.lists(STEPS, min_size=3, max_size=14))
    @settings(max_examples=25)
    def test_it_loses_nothing_and_misses_no_clock(self, steps):
        self.begin()
        words = set(Message.objects.filter(direction="in").values_list("text", flat=True))
        for act, one, other in steps:
            self.do(act, one, other)
            words |= set(Message.objects.filter(direction="in").values_list("text", flat=True))
            self.check(words)


@pytest.fixture
def with_cast(request, cast, now):
    request.cls.cast, request.cls.now = cast, now
