"""One or two people need no roles, teams and handing over; a third, even invited, does."""

from datetime import timedelta

import pytest

from amends.records.house.models import House
from amends.records.joining.inviting import invite, take_back
from amends.records.joining.size import is_small_house
from amends.records.people.models import Person


@pytest.fixture
def pair(db):
    return [
        Person.objects.invite(email=f"{key}@b.example", name=key, password=None) for key in "ab"
    ]


def third(by, now, email="c@b.example"):
    return invite(name="C", email=email, language="en", languages=[], by=by, at=now)


def test_it_is_small_with_nobody_one_and_two(db, now, django_assert_num_queries):
    assert is_small_house(now)
    for key in "ab":
        Person.objects.invite(email=f"{key}@b.example", name=key, password=None)
        with django_assert_num_queries(1):
            assert is_small_house(now)


def test_it_is_small_no_more_with_three(pair, now):
    gone = Person.objects.invite(email="d@b.example", name="d", password=None, is_active=False)
    assert is_small_house(now)
    type(gone).objects.get_queryset().filter(pk=gone.pk).update(is_active=True)
    assert not is_small_house(now)


def test_it_counts_who_is_invited_while_the_invitation_stands(pair, now):
    invitation = third(pair[0], now)
    assert not is_small_house(now)
    assert is_small_house(now + timedelta(days=8))
    take_back(invitation, by=pair[0], at=now)
    assert is_small_house(now)


def test_it_notes_once_that_it_has_grown(pair, now):
    assert House.objects.current().grown_at is None
    third(pair[0], now)
    third(pair[0], now + timedelta(days=1), email="d@b.example")
    assert House.objects.current().grown_at == now


def test_it_notes_nothing_where_it_was_large_before(cast, now):
    third(cast.jan, now)
    assert House.objects.current().grown_at is None
