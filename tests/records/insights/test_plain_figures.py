"""Plain figures: counts that can be derived by hand, of what one may see."""

from datetime import date, timedelta

import pytest

from amends.records.answering.answer import Answer, send_answer
from amends.records.complaints.intake import Told, take_in_told
from amends.records.complaints.models import Contact
from amends.records.insights.plain import answered_within, confirmed_within, figures_of


def told(number, at, channel="form"):
    return take_in_told(
        Told(
            text="It is broken.", channel=channel, name=f"Customer {number}", language="en",
            address=f"customer{number}@customer.example",
        ),
        at=at,
    )  # fmt: skip


def answer(contact, by, at):
    return send_answer(contact, Answer(text="I am sorry. It is put right."), by=by, at=at)


@pytest.fixture
def figures(now):
    def figures(person, **more):
        return figures_of(Contact.objects.visible_to(person), at=now, **more)

    return figures


def test_it_counts_what_is_open_and_what_is_late(cast, now, figures):
    told(1, now - timedelta(days=20))
    held = told(2, now - timedelta(minutes=5))
    held.take(by=cast.ana, at=now)
    standing = figures(cast.ana).open_now
    assert (standing.complaints, standing.late, standing.unheld) == (2, 1, 1)
    assert (standing.questions, standing.undecided, standing.resting, standing.said_no) == (0,) * 4


def test_it_sorts_open_complaints_by_the_days_of_the_house(cast, now, figures):
    # Now is Wednesday 25 November 10:00 in the house; 23:30 on Tuesday there is yesterday.
    for days in (0, 2, 6, 13, 14, 400):
        told(days, now - timedelta(days=days))
    told("yesterday", now.replace(day=24, hour=22, minute=30))
    ages = figures(cast.ana).ages
    assert [age.count for age in ages] == [1, 2, 1, 1, 2]
    assert (ages[0].received_from, ages[0].received_until) == (date(2026, 11, 25),) * 2
    assert (ages[1].received_from, ages[1].received_until) == (
        date(2026, 11, 23),
        date(2026, 11, 24),
    )
    assert (ages[4].received_from, ages[4].received_until) == (None, date(2026, 11, 11))


def test_it_counts_by_weeks_from_monday(cast, now, figures):
    monday = now.replace(day=23, hour=8)
    contact = told(1, monday - timedelta(days=1))
    answer(contact, cast.ana, monday)
    answer(contact, cast.ana, monday + timedelta(hours=1))
    contact.complaint.confirm(words="", at=monday + timedelta(days=1))
    this_week, last_week, *earlier = figures(cast.ana).weeks
    assert this_week.monday == date(2026, 11, 23)
    assert (this_week.arrived, this_week.answered, this_week.confirmed) == (0, 1, 1)
    assert (last_week.arrived, last_week.complaints, last_week.answered) == (1, 1, 0)
    assert len(earlier) == 10


def test_it_counts_no_acknowledgement_as_an_answer(cast, now, figures):
    contact = told(1, now - timedelta(hours=2))
    assert contact.messages.filter(direction="out").exists()
    assert figures(cast.ana).weeks[0].answered == 0


def test_it_counts_only_what_the_person_may_see(cast, now, figures):
    contact = told(1, now - timedelta(days=1))
    contact.hand_to(by=cast.ewa, at=now, team=cast.office)
    assert figures(cast.ana).open_now.complaints == 0
    assert figures(cast.beata).open_now.complaints == 1
    assert figures(cast.jan).open_now.complaints == 0


def test_it_finds_the_cases_behind_a_week(cast, now):
    contact, other = told(1, now - timedelta(days=9)), told(2, now - timedelta(days=9))
    answer(contact, cast.ana, now - timedelta(days=1))
    contact.complaint.confirm(words="", at=now)
    seen = Contact.objects.visible_to(cast.ana)
    span = (now - timedelta(days=2), now + timedelta(days=1))
    assert list(answered_within(seen, *span)) == [contact]
    assert list(confirmed_within(seen, *span)) == [contact]
    assert not answered_within(seen, now, span[1]).exists()
    assert other.is_complaint


def test_it_asks_as_often_in_a_small_house_as_in_a_large_one(
    cast, now, figures, django_assert_num_queries
):
    told(1, now)
    with django_assert_num_queries(7):
        figures(cast.ana)
    for number in range(2, 12):
        told(number, now - timedelta(days=number))
    with django_assert_num_queries(7):
        figures(cast.ana)
