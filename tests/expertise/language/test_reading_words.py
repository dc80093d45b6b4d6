from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amends.expertise.language.words import fold, words


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("ZAŻÓŁĆ", "zazolc"),
        ("Žltý kôň", "zlty kon"),
        ("Ёлка", "елка"),
        ("йод", "йод"),
        ("и\u0306од", "йод"),
        ("e\u0301cole", "ecole"),
        ("Straße", "strasse"),
        ("Æsop", "aesop"),
        ("don’t", "don't"),
        ("od\u00ad\u00adpowiedź", "odpowiedz"),
        ("10\u00a0zł", "10 zl"),
        ("AM\u20117K3F9", "am-7k3f9"),
        ("ﬁrma", "firma"),
    ],
)
def test_it_folds_what_people_write_in_many_ways_into_one(written: str, folded: str) -> None:
    assert fold(written) == folded


@given(st.text())
def test_it_changes_nothing_by_folding_twice(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text())
def test_it_gives_the_exact_place_of_every_word(text: str) -> None:
    found = words(text)
    assert all(text[word.start : word.end] == word.text for word in found)
    assert all(one.end <= other.start for one, other in pairwise(found))
    assert {c for c in text if c.isalnum()} <= set("".join(word.text for word in found))


def test_it_keeps_apostrophes_and_soft_hyphens_inside_a_word() -> None:
    text = "‘Don’t re\u00adfund O'Connor’, co-op 12,50"
    assert [word.folded for word in words(text)] == [
        *("don't", "refund", "o'connor", "co", "op", "12", "50"),
    ]


def test_it_stays_linear_on_a_pasted_key() -> None:
    assert len(words("a" * 500_000)) == 1
