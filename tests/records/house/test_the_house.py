from datetime import time, timedelta

import pytest
from django.db import IntegrityError, transaction

from amends.records.house.models import Holiday, House, OpenSpan


def test_it_has_defaults_before_anybody_has_set_it_up(db):
    assert House.objects.current().name == "Amends"
    assert House.objects.current().calendar().spans


def test_it_is_one_house(cast):
    with pytest.raises(IntegrityError), transaction.atomic():
        House.objects.create(name="Second")


def test_it_works_when_it_is_open(cast, now):
    OpenSpan.objects.create(weekday=3, opens=time(10), closes=time(12))
    Holiday.objects.create(date="2026-11-26", name="Off")
    opens = House.objects.current().calendar().next_working_moment(now)
    assert opens == now + timedelta(days=8)


@pytest.mark.parametrize(
    "lie",
    [
        {"answer_hours": 0},
        {"check_backs": 0},
        {"check_back_gap_days": 0},
        {"language": "xx"},
        {"greeting_sk": "warm"},
        {"stance": "guilty"},
        {"only": False},
    ],
)
def test_it_cannot_be_set_against_the_rules(cast, lie):
    with pytest.raises(IntegrityError), transaction.atomic():
        House.objects.update(**lie)


@pytest.mark.parametrize(
    "lie",
    [
        {"weekday": 7, "opens": time(9), "closes": time(17)},
        {"weekday": 0, "opens": time(17), "closes": time(9)},
    ],
)
def test_it_is_open_at_times_that_there_are(db, lie):
    with pytest.raises(IntegrityError), transaction.atomic():
        OpenSpan.objects.create(**lie)
