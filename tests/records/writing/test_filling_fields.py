"""Fields in braces come from the case; what it doesn't know stays in sight."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amends.records.house.knowledge import LANGUAGES
from amends.records.promises.models import Promise
from amends.records.writing.filling import (
    FIELDS,
    example_values,
    fill,
    left_open,
    unknown_fields,
    values_of,
)


def test_it_fills_from_the_case(cast, complaint, now):
    due_at = now + timedelta(days=2)
    Promise.objects.give(complaint, what="200 back", due_at=due_at, by=cast.ana, at=now)
    values = values_of(complaint.contact, "en", by=cast.ana)
    assert set(values) == set(FIELDS)
    text = fill("{salutation} {name}: {promise} by {promise_date}. { agent }, {phone}", values)
    assert text == (
        "Hello, Olga Nowak: 200 back by Friday 27 November, 10:00. Ana, +48 12 555 01 02"
    )
    assert left_open(text) == []


def test_it_leaves_in_sight_what_the_case_does_not_know(cast, complaint):
    values = values_of(complaint.contact, "en", by=cast.ana)
    text = fill("{promise} by {promise_date}, {promise}", values)
    assert text == "[promise…] by [promise_date…], [promise…]"
    assert left_open(text) == ["promise", "promise_date"]


def test_it_knows_a_field_that_somebody_typed(cast):
    assert left_open("Dear {name}, see {this} and [that].") == ["name"]
    assert unknown_fields("{name} {this} {this} {{that}}") == ["this", "that"]


def test_it_does_not_fill_what_a_customer_wrote(cast, complaint):
    """A goal that looks like a field is the customer's words, not ours to fill."""
    complaint.goal = "{phone}"
    complaint.save()
    complaint.contact.refresh_from_db()
    assert fill("{goal}", values_of(complaint.contact, "en", by=cast.ana)) == "{phone}"


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_has_an_example_in_each_language(cast, now, language):
    values = example_values(language, by=cast.ana, at=now)
    assert set(values) == set(FIELDS)
    assert all(values.values())


@given(st.text(max_size=200))
def test_it_takes_any_text(text):
    filled = fill(text, dict.fromkeys(FIELDS, "x"))
    assert set(unknown_fields(text)) <= set(left_open(filled)) | {"x"}
    assert not set(left_open(filled)) & set(FIELDS) or "[" in text
