from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from amends.expertise.priorities import steepness

NOW = datetime(2026, 11, 25, 9, 0, tzinfo=UTC)
HOURS = st.floats(-10, 2000).map(lambda hours: timedelta(hours=hours))


def weigh(severity, term):
    return steepness(severity=severity, arrived_at=NOW, due_at=NOW + term)


@given(st.integers(1, 4), HOURS)
def test_it_is_positive_and_finite_whatever_is_due_when(severity, term):
    assert 0 < weigh(severity, term) < 10


@given(st.integers(1, 3), HOURS)
def test_it_weighs_more_the_graver_it_is(severity, term):
    assert weigh(severity + 1, term) > weigh(severity, term)


@given(st.integers(1, 4), HOURS, st.floats(0.5, 500))
def test_it_never_weighs_less_the_sooner_it_is_due(severity, term, hours):
    assert weigh(severity, term) >= weigh(severity, term + timedelta(hours=hours))


def test_it_is_the_weight_over_the_square_of_the_term():
    assert weigh(2, timedelta(hours=2)) == 4 / (4 * 12)
