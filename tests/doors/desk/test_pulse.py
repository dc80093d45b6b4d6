"""An open page hears what has changed, cheaply, and only of what its reader may see."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from amends.doors.desk import presence
from amends.records.answering.answer import Answer, send_answer
from amends.records.complaints.intake import Told, take_in_told

FRAME, DAY, CASES = (reverse(f"desk:{name}") for name in ("pulse", "my_day_pulse", "cases_pulse"))
# Of the page itself; the session, the person and the house come before.
BEFORE, MOST = 3, 4
NOT_FIRST = "This case is not first any more."


@pytest.fixture
def pulse(seat, to, complaint):
    """What somebody's open case hears: `pulse("ana")`."""

    def pulse(who, **asked):
        return seat(who).get(to("case_pulse", complaint.contact), asked).content.decode()

    return pulse


@pytest.fixture
def seen(ana, to, complaint):
    """The message that Ana's page has seen last."""
    return str(ana.get(to("case", complaint.contact)).context["seen"])


def test_it_shows_who_else_has_the_case_open_and_who_writes(pulse):
    assert "Marek" not in pulse("ana")
    pulse("marek")
    assert "Marek reads this" in pulse("ana")
    pulse("marek", writing="1")
    assert "Marek is writing an answer" in pulse("ana")
    assert "Marek is writing" not in pulse("marek")


def test_it_forgets_who_has_gone(pulse, clock):
    pulse("marek", writing="1")
    clock.forward(seconds=46)
    assert "Marek is writing" not in pulse("ana")
    assert 'aria-label="Marek Example"' in pulse("ana")
    clock.forward(minutes=5)
    assert "Marek" not in pulse("ana")


def test_it_shows_nobody_at_another_case(pulse, seat, to, now):
    other = take_in_told(Told(text="Broken.", channel="form", address="b@customer.example"), at=now)
    seat("marek").get(to("case_pulse", other))
    assert "reads this" not in pulse("ana")


def test_it_writes_nothing_to_the_database(ana, to, complaint):
    ana.get(to("case_pulse", complaint.contact))
    with CaptureQueriesContext(connection) as asked:
        ana.get(to("case_pulse", complaint.contact), {"writing": "1"})
    assert asked.captured_queries
    assert all(query["sql"].startswith("SELECT") for query in asked.captured_queries)


def test_it_brings_what_the_customer_wrote_since(pulse, complaint, clock, seen):
    assert "while you were writing" not in pulse("ana", seen=seen)
    complaint.contact.customer_writes(text="And <i>another</i> thing.", at=clock())
    heard = pulse("ana", seen=seen)
    assert "The customer wrote while you were writing" in heard
    assert "And &lt;i&gt;another&lt;/i&gt; thing." in heard


def test_it_brings_what_a_colleague_answered_but_not_one_s_own(pulse, cast, complaint, clock, seen):
    send_answer(complaint.contact, Answer(text="It is on me."), by=cast.marek, at=clock())
    assert "Answered meanwhile: Marek Example" in pulse("ana", seen=seen)
    assert "Answered meanwhile" not in pulse("marek", seen=seen)


@pytest.mark.parametrize("seen", ["", "x", "\0", "a" * 5_000, "00000000"])
def test_it_brings_nothing_to_a_page_that_says_no_message(pulse, seen):
    assert "while you were writing" not in pulse("ana", seen=seen)


def test_it_answers_304_until_something_changes(ana, to, complaint, clock, cast):
    where = to("case_pulse", complaint.contact)
    tag = ana.get(where)["ETag"]
    clock.forward(seconds=12)
    again = ana.get(where, headers={"if-none-match": tag})
    assert (again.status_code, again.content) == (304, b"")
    complaint.contact.hand_to(by=cast.ewa, at=clock(), person=cast.ana)
    changed = ana.get(where, headers={"if-none-match": tag})
    assert changed.status_code == 200
    assert changed["ETag"] != tag
    assert "Handed to you" in changed.content.decode()


@pytest.mark.parametrize("where", [FRAME, DAY, CASES, "case"])
def test_it_asks_few_questions_of_the_database_however_much_there_is(
    ana, cast, to, complaint, clock, now, where
):
    asked = {"since": now.isoformat(), "best": complaint.contact.reference}
    if where == "case":
        where, asked = to("case_pulse", complaint.contact), {"seen": str(complaint.contact.pk)}

    def count():
        ana.get(where, asked)
        with CaptureQueriesContext(connection) as queries:
            assert ana.get(where, asked).status_code == 200
        return len(queries) - BEFORE

    few = count()
    for number in range(12):
        told = Told(text="Broken.", channel="form", address=f"{number}@customer.example")
        take_in_told(told, at=clock()).hand_to(by=cast.ewa, at=clock(), person=cast.ana)
        complaint.contact.customer_writes(text="Hello?", at=clock())
    assert count() == few <= MOST


def test_it_says_how_much_is_new(ana, cast, clock, complaint):
    opened = {"since": clock().isoformat()}
    assert "new: show" not in ana.get(DAY, opened).content.decode()
    clock.forward(minutes=1)
    complaint.contact.customer_writes(text="Hello?", at=clock())
    take_in_told(Told(text="Broken.", channel="form", address="b@customer.example"), at=clock())
    for where in (DAY, CASES):
        assert "2 new: show" in ana.get(where, opened).content.decode()
    assert "1 new: show" in ana.get(CASES, {**opened, "hands": "me"}).content.decode()


@pytest.fixture
def first(ana, complaint, cast, now):
    """Two complaints that Ana holds; My day puts the first before the second, and says so."""
    told = Told(text="Slow.", channel="form", address="b@customer.example", language="en")
    other = take_in_told(told, at=now + timedelta(minutes=5))
    for contact in (complaint.contact, other):
        contact.hand_to(by=cast.ewa, at=now + timedelta(minutes=10), person=cast.ana)
    page = ana.get(reverse("desk:my_day"))
    assert page.context["best"] == complaint.contact
    assert NOT_FIRST not in page.content.decode()
    return complaint.contact, other, page.context["pulse_url"]


def test_it_says_nothing_while_the_same_case_is_first(ana, clock, first):
    clock.forward(minutes=1)
    heard = ana.get(first[2]).content.decode()
    assert NOT_FIRST not in heard
    assert 'class="button' not in heard.split('id="news"')[1]


def test_it_says_that_another_case_has_come_before_the_first_without_a_word(
    ana, cast, clock, first
):
    _shown, other, url = first
    other.complaint.understand(by=cast.marek, at=clock.forward(minutes=1), severity=4)
    heard = ana.get(url).content.decode()
    assert NOT_FIRST in heard
    assert "1 new: show" in heard
    page = ana.get(reverse("desk:my_day"))
    assert page.context["best"] == other
    assert NOT_FIRST not in ana.get(page.context["pulse_url"]).content.decode()


def test_it_counts_once_what_wrote_and_is_first_now(ana, cast, clock, first):
    _shown, other, url = first
    at = clock.forward(minutes=1)
    other.complaint.understand(by=cast.marek, at=at, severity=4)
    other.customer_writes(text="Hello?", at=at)
    assert "1 new: show" in ana.get(url).content.decode()


def test_it_says_that_the_first_is_done_where_nothing_is_left(ana, cast, clock, first):
    shown, other, url = first
    at = clock.forward(minutes=1)
    for contact in (shown, other):
        contact.hand_to(by=cast.ewa, at=at, person=cast.marek)
    heard = ana.get(url).content.decode()
    assert NOT_FIRST in heard
    assert "Show what is first now" in heard
    assert "new: show" not in heard


def test_it_says_that_something_is_first_where_nothing_was(ana, cast, clock, complaint):
    url = f"{DAY}?best="
    assert "1 new: show" in ana.get(f"{url}&since=2026-11-25T09:20:00%2B00:00").content.decode()


@pytest.mark.parametrize("best", ["\0", "x" * 5_000, "<b>"])
def test_it_takes_any_case_that_is_not_first_for_outdated(ana, complaint, best):
    heard = ana.get(DAY, {"best": best}).content.decode()
    assert NOT_FIRST in heard
    assert "<b>" not in heard


def test_it_counts_what_a_colleague_hands_on_but_not_what_one_takes(
    ana, cast, clock, complaint, seat
):
    send_answer(complaint.contact, Answer(text="We look."), by=cast.marek, at=clock())
    clock.forward(minutes=1)
    opened = {"since": clock().isoformat()}
    clock.forward(minutes=1)
    complaint.contact.hand_to(by=cast.marek, at=clock(), person=cast.ana)
    assert "1 new: show" in ana.get(DAY, opened).content.decode()
    assert "new: show" not in seat("marek").get(CASES, opened).content.decode()


def test_it_counts_nothing_out_of_sight(ana, cast, clock, complaint):
    opened = {"since": clock().isoformat()}
    clock.forward(minutes=1)
    complaint.contact.hand_to(by=cast.ewa, at=clock(), team=cast.office)
    complaint.contact.customer_writes(text="Hello?", at=clock())
    assert "new: show" not in ana.get(CASES, opened).content.decode()


@pytest.mark.parametrize("since", ["", "yesterday", "2026-13-45", "2026-11-25T09:00", "\0"])
def test_it_counts_nothing_since_no_moment(ana, complaint, since):
    assert "new: show" not in ana.get(CASES, {"since": since}).content.decode()


def test_it_keeps_no_more_than_some_cases_of_a_person(cast, now):
    for number in range(60):
        presence.beat(cast.ana, now + timedelta(milliseconds=number), reference=f"AM-{number}")
    assert not presence.others_at("AM-1", cast.marek, now)
    assert presence.others_at("AM-59", cast.marek, now)
