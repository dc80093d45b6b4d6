"""Moments in the house's time and the reader's language, as short as they can be."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone, translation

from amends.ground.ui.templatetags.amends_time import ago, day_heading, due, whole_moment

NOW = datetime(2026, 11, 25, 9, 0, tzinfo=UTC)  # ten o'clock on a Wednesday in Kraków


@pytest.fixture(autouse=True)
def in_krakow():
    with timezone.override(ZoneInfo("Europe/Warsaw")), translation.override("en"):
        yield


@pytest.mark.parametrize(
    ("moment", "said"),
    [
        (datetime(2026, 11, 25, 11, 0, tzinfo=UTC), "today 12:00"),
        (datetime(2026, 11, 26, 9, 0, tzinfo=UTC), "tomorrow 10:00"),
        (datetime(2026, 12, 4, 11, 0, tzinfo=UTC), "Fri 4 Dec 12:00"),
        (datetime(2028, 1, 7, 11, 0, tzinfo=UTC), "7 Jan 2028"),
    ],
)
def test_it_says_by_when(moment, said):
    assert due(moment, NOW) == said


@pytest.mark.parametrize(
    ("late_by", "said"),
    [
        (timedelta(minutes=45), "since 09:15"),
        (timedelta(hours=12), "since yesterday"),
        (timedelta(days=2), "2 days late"),
        (timedelta(days=11), "11 days late"),
    ],
)
def test_it_says_since_when_it_is_late(late_by, said):
    assert due(NOW - late_by, NOW) == said


def test_it_goes_by_the_day_of_the_house_and_not_of_greenwich():
    just_after_midnight = datetime(2026, 11, 25, 23, 30, tzinfo=UTC)
    assert ago(just_after_midnight, NOW) == "tomorrow 00:30"
    assert day_heading(just_after_midnight, NOW) == "Tomorrow"


def test_it_counts_days_over_a_change_of_the_clocks():
    sunday_noon = datetime(2026, 10, 25, 11, 0, tzinfo=UTC)
    saturday_noon = datetime(2026, 10, 24, 10, 0, tzinfo=UTC)
    assert ago(saturday_noon, sunday_noon) == "yesterday 12:00"


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "Friday 4 December, 12:00"),
        ("pl", "piątek, 4 grudnia, 12:00"),
        ("ru", "пятница, 4 декабря, 12:00"),
        ("sk", "piatok 4. decembra, 12:00"),
    ],
)
def test_it_says_the_whole_moment_to_a_customer_in_their_language(language, said):
    with translation.override(language):
        assert whole_moment(datetime(2026, 12, 4, 11, 0, tzinfo=UTC)) == said


def test_it_says_nothing_of_no_moment():
    assert due(None, NOW) == ago(None, NOW) == whole_moment(None) == ""
