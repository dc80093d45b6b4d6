"""Putting texts into the index and taking them out."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection

from amends.ground import search
from amends.ground.keys import uuid7
from amends.ground.search.models import Entry

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 25, 9, 0, tzinfo=UTC)


def rows() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM search_words")
        return int(cursor.fetchone()[0])


def test_it_puts_a_new_text_in_place_of_the_old() -> None:
    key = uuid7()
    search.put(key, NOW, "broken phone", "en")
    search.put(key, NOW, "slow refund", "en")
    assert search.search("phone", limit=9) == []
    assert search.search("refund", limit=9) == [key]
    assert rows() == 1


def test_it_does_no_work_for_the_same_text_but_moves_its_time(
    django_assert_max_num_queries,
) -> None:
    key = uuid7()
    search.put(key, NOW, "broken phone", "en")
    search.put(key, NOW + timedelta(days=1), "broken  phone!", "en")
    assert Entry.objects.get(key=key).at == NOW + timedelta(days=1)
    assert search.search("phone", limit=9) == [key]
    with django_assert_max_num_queries(7) as captured:
        search.put(key, NOW, "broken phone", "en")
    assert not [q for q in captured if "search_words" in q["sql"]]


def test_it_takes_a_text_out() -> None:
    gone, kept = uuid7(), uuid7()
    search.put(gone, NOW, "broken phone", "en")
    search.put(kept, NOW, "broken watch", "en")
    search.remove(gone)
    search.remove(gone)
    assert search.search("broken", limit=9) == [kept]
    assert search.search("phone", limit=9) == []
    assert rows() == 1


def test_it_indexes_an_empty_text() -> None:
    key = uuid7()
    search.put(key, NOW, "", "en")
    search.put(key, NOW, "\x00 😀", None)
    assert Entry.objects.filter(key=key).exists()
    search.remove(key)
    assert rows() == 0


def test_it_leaves_a_sound_index_behind() -> None:
    keys = [uuid7() for _ in range(20)]
    for turn in range(3):
        for key in keys:
            search.put(key, NOW, f"word{turn} same {key}", "en")
    for key in keys[::2]:
        search.remove(key)
    assert len(search.search("word2", limit=99)) == 10
    assert search.search("word1", limit=99) == []
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("INSERT INTO search_index (search_index) VALUES ('integrity-check')")
