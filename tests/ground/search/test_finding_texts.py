"""What a query finds; the same on SQLite and PostgreSQL."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from amends.expertise.language.words import query_terms
from amends.ground import search
from amends.ground.keys import uuid7
from amends.ground.search.models import Entry

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 25, 9, 0, tzinfo=UTC)

Written = Callable[..., UUID]


@pytest.fixture
def written() -> Written:
    def write(text: str, language: str | None = "en", at: datetime = NOW) -> UUID:
        key = uuid7()
        search.put(key, at, text, language)
        return key

    return write


def find(query: str, **how: object) -> list[UUID]:
    return search.search(query, **{"limit": 10, **how})


@pytest.mark.parametrize(
    ("language", "text", "query"),
    [
        ("pl", "Składam skargę w sprawie reklamacji z marca", "reklamacja"),
        ("pl", "Kurier zgubił moje przesyłki", "przesyłka"),
        ("pl", "Proszę o zwrot pieniędzy", "pieniądze"),
        ("pl", "prosze o zwrot pieniedzy", "pieniędzy"),
        ("pl", "Paczka przyszła uszkodzona", "PACZKĘ uszkodzony"),
        ("ru", "Прошу возврата за сломанный телефон", "возврат"),
        ("ru", "Деньги за заказы не вернули", "заказ денег"),
        ("ru", "Выставили счёт дважды", "счет"),
        ("sk", "Prišlo mi päť faktúr naraz", "faktúra"),
        ("sk", "reklamujem pokazenu fakturu", "faktúra"),
        ("sk", "Peniaze za zásielky ste nevrátili", "zásielka peniaze"),
        ("en", "I was charged twice", "charges"),
        ("en", "Refunds take too long", "refunded"),
        ("en", "I don’t agree", "don't"),
    ],
)
def test_it_finds_other_forms_of_a_word(
    written: Written, language: str, text: str, query: str
) -> None:
    key = written(text, language)
    written("something else, что-то другое, niečo iné, coś innego", None)
    assert find(query) == [key]
    assert find(query, language=language) == [key]


@pytest.mark.parametrize(
    "query",
    [
        *("AM-7K3F9", "am-7k3f9", "AM\u20117K3F9", "7K3F9", "AM-7K", "AM 7K3F9"),
        *("jan.kowalski@firma.example", "kowalski", "ZM/2026/00417", "00417", "1299,00"),
        *("O'Connor", "connor", "oconnor"),
    ],
)
def test_it_finds_references_whole_and_in_parts(written: Written, query: str) -> None:
    text = "AM-7K3F9: jan.kowalski@firma.example, ZM/2026/00417, 1299.00 zł, O’Connor"
    key = written(text, "pl")
    written("AM-8K3F9: jan.nowak@firma.example, ZM/2026/00418", "pl")
    assert find(query) == [key]


def test_it_wants_every_word_of_the_query(written: Written) -> None:
    both = written("broken phone and slow refund")
    written("broken phone")
    assert find("phone refund") == [both]


def test_it_finds_nothing_without_words(written: Written) -> None:
    written("broken phone")
    for query in ("", "  ", "😀", '"', "***", "\x00"):
        assert find(query) == []
        assert list(search.matching(Entry.objects.all(), query)) == []


@pytest.mark.parametrize(
    "query",
    [
        *('"phone', "phone*", "phone)", "(phone", "phone:*", "phone & !", "'phone'", "phone\\"),
        *("-phone", "phone;--", "NEAR(phone)", "tokens:phone", "^phone", "phone%", "phone 😀"),
    ],
)
def test_it_takes_operators_for_mere_marks(written: Written, query: str) -> None:
    key = written("near tokens: a phone")
    assert find(query) == [key]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(st.text())
def test_it_answers_any_query(query: str) -> None:
    assert find(query) == []


@pytest.mark.parametrize("text", ["⑴-1", "ﷺ-1", "1⒈/½", "ŉ-2", "٣.٣", "a_1-b"])
def test_it_finds_references_in_odd_letters(written: Written, text: str) -> None:
    assert [written(text, None)] == find(text)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(st.from_regex(r"(\w|[-._/@+,'’]){1,80}"))
def test_it_finds_a_text_by_itself(text: str) -> None:
    key = uuid7()
    search.put(key, NOW, text, None)
    assert find(text, language="xx") == ([key] if query_terms(text) else [])
    search.remove(key)


def test_it_lists_the_newest_first_and_goes_on_after_a_key(written: Written) -> None:
    keys = [written("parcel", at=NOW + timedelta(minutes=n // 2)) for n in range(5)]
    newest_first = keys[::-1]
    assert find("parcel", limit=2) == newest_first[:2]
    assert find("parcel", limit=2, before=newest_first[1]) == newest_first[2:4]
    assert find("parcel", limit=2, before=newest_first[4]) == []


def test_it_says_when_the_place_to_go_on_from_is_gone(written: Written) -> None:
    with pytest.raises(search.NotInIndex):
        find("parcel", before=uuid7())


def test_it_restricts_a_queryset_in_one_query(
    written: Written, django_assert_num_queries: Callable[[int], object]
) -> None:
    old = written("parcel", at=NOW - timedelta(days=1))
    written("parcel")
    scoped = Entry.objects.filter(at__lt=NOW)
    with django_assert_num_queries(1):
        found = search.matching(scoped, "parcels").order_by("-at", "-key")[:5]
        assert [entry.key for entry in found] == [old]
