"""One text for many: each gets it once, in their language, or it is said why not."""

from datetime import timedelta

import pytest

from amends.ground.jobs.running import run_due
from amends.records.answering.answer import Answer, Promised, send_answer
from amends.records.complaints.intake import Told, take_in_told
from amends.records.complaints.models import Contact, Message
from amends.records.promises.models import Promise
from amends.records.writing.exceptions import exceptions_among
from amends.records.writing.models import Round
from amends.records.writing.refusals import NothingSaid

TEXTS = {
    "en": "{salutation}\n\nThe line is back since noon. Reference {reference}.",
    "pl": "{salutation}\n\nOd południa internet działa.",
}


def told(number, at, language="en", **more):
    return take_in_told(
        Told(
            text="No internet since eight.", channel="form", name=f"Customer {number}",
            address=f"c{number}@customer.example", language=language, **more,
        ),
        at=at,
    )  # fmt: skip


@pytest.fixture
def many(cast, now):
    return [told(number, now) for number in range(30)]


def work(at):
    while run_due(at):
        pass


def sent(contacts):
    return Message.objects.filter(contact__in=contacts, author__isnull=False)


def test_it_answers_each_once_in_words_of_their_own(cast, now, many):
    at = now + timedelta(minutes=5)
    begun = Round.objects.begin(many, TEXTS, by=cast.ana, at=at)
    assert begun.standing() == {"sent": 0, "taken_back": 0, "refused": 0, "waiting": 30}
    work(at)
    assert begun.standing() == {"sent": 30, "taken_back": 0, "refused": 0, "waiting": 0}
    texts = set(sent(many).values_list("text", flat=True))
    assert len(texts) == 30
    assert all(contact.reference in " ".join(texts) for contact in many)
    assert {message.at for message in sent(many)} == {at}
    assert {message.author for message in sent(many)} == {cast.ana}


def test_it_sends_nothing_twice_when_a_worker_was_killed(cast, now, many):
    at = now + timedelta(minutes=5)
    begun = Round.objects.begin(many, TEXTS, by=cast.ana, at=at)
    for item in begun.items.select_related("round__by")[:7]:
        item.send()
        item.send()
    work(at)
    assert sent(many).count() == 30


def test_it_promises_and_asks_on_each_complaint(cast, now, many):
    at, tomorrow = now + timedelta(minutes=5), now + timedelta(days=1)
    Round.objects.begin(
        many[:3], TEXTS, by=cast.ana, at=at, promised=Promised("A credit note", tomorrow),
        check_back_at=tomorrow + timedelta(hours=1),
    )  # fmt: skip
    work(at)
    assert Promise.objects.filter(due_at=tomorrow, who=cast.ana).count() == 3
    assert Contact.objects.filter(check_back="planned").count() == 3


def test_it_says_of_each_why_it_was_not_sent(cast, now, many):
    closed, foreign, hidden = many[0], told("sk", now, language="sk"), many[1]
    foreign.language = "sk"
    foreign.save()
    closed.complaint.close_as_lead(by=cast.ewa, at=now, reason="withdrawn", why="Said so.")
    begun = Round.objects.begin([*many[:3], foreign], TEXTS, by=cast.ana, at=now)
    hidden.hand_to(by=cast.ewa, at=now, team=cast.office)
    work(now)
    refused = dict(begun.items.exclude(refused="").values_list("contact__reference", "refused"))
    assert refused == {
        closed.reference: "AlreadyClosed",
        hidden.reference: "OutOfSight",
        foreign.reference: "NoTextInLanguage",
    }
    assert sent(many).count() == 1


def test_it_leaves_no_gap_in_a_mail(cast, now, many):
    begun = Round.objects.begin(many[:1], {"en": "Until {promise_date}."}, by=cast.ana, at=now)
    work(now)
    assert begun.items.get().refused == "UnfilledField"
    assert not sent(many).exists()


def test_it_takes_back_what_has_not_left_and_stops_the_rest(cast, now, many):
    begun = Round.objects.begin(many, TEXTS, by=cast.ana, at=now)
    for item in begun.items.select_related("round__by")[:10]:
        item.send()
    assert begun.take_back(by=cast.ana, at=now + timedelta(seconds=5)) == 10
    work(now + timedelta(seconds=6))
    assert begun.standing() == {"sent": 0, "taken_back": 10, "refused": 0, "waiting": 20}
    assert not sent(many).filter(taken_back_at=None).exists()


@pytest.mark.parametrize("texts", [{}, {"en": "  "}])
def test_it_needs_a_text_and_somebody(cast, now, many, texts):
    with pytest.raises(NothingSaid):
        Round.objects.begin(many, texts, by=cast.ana, at=now)
    with pytest.raises(NothingSaid):
        Round.objects.begin([], TEXTS, by=cast.ana, at=now)


def reasons(contacts, languages=("en", "pl")):
    fresh = Contact.objects.filter(pk__in=[contact.pk for contact in contacts])
    rows = list(fresh.select_related("customer", "complaint").order_by("received_at", "id"))
    found = exceptions_among(rows, languages)
    return {contact.reference: reason for contact, reason in found.items()}


def test_it_sets_apart_whom_one_text_does_not_fit(cast, now, many):
    severe, closed, answered, promised, no, plain = many[:6]
    severe.complaint.understand(by=cast.ana, at=now, severity=4)
    closed.complaint.close_as_lead(by=cast.ewa, at=now, reason="withdrawn", why="Said so.")
    send_answer(answered, Answer(text="I am on it."), by=cast.ana, at=now)
    send_answer(no, Answer(text="It is back."), by=cast.ana, at=now)
    no.complaint.deny(words="It isn’t.", at=now + timedelta(hours=1))
    Promise.objects.give(
        promised.complaint, what="Call", due_at=now + timedelta(days=1), by=cast.ana, at=now
    )
    by_phone = take_in_told(
        Told(text="No internet.", channel="phone", name="Stefan", language="en"),
        at=now,
        by=cast.ana,
    )
    assert reasons([*many[:6], by_phone]) == {
        severe.reference: "severe", closed.reference: "closed", answered.reference: "answered",
        promised.reference: "promised", no.reference: "not_solved",
        by_phone.reference: "no_address",
    }  # fmt: skip
    assert plain.reference not in reasons(many)
    assert set(reasons(many, languages=["sk"]).values()) == {"language", "closed"}


def test_it_asks_as_often_for_many_as_for_few(cast, now, many, django_assert_num_queries):
    rows = list(Contact.objects.select_related("customer", "complaint").order_by("id"))
    for some in (rows[:2], rows):
        with django_assert_num_queries(1):
            exceptions_among(some, ["en"])
