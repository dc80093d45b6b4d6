import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amends.expertise.language.phrases import NoWordInPhrase, Phrases


def found(patterns: list[str], text: str) -> list[str]:
    return [text[span.start : span.end] for span in Phrases.load(patterns).find(text)]


def test_it_finds_a_phrase_whatever_its_case_and_diacritics() -> None:
    text = "Ale DALEJ  nie działa, i dalej nie dziala!"
    assert found(["dalej nie działa"], text) == ["DALEJ  nie działa", "dalej nie dziala"]


def test_it_lets_a_starred_word_end_in_any_way() -> None:
    patterns = ["nie dział* mi", "вернул*"]
    assert found(patterns, "Nie działają mi, nie dział mi, nie mi") == [
        *("Nie działają mi", "nie dział mi"),
    ]
    assert found(patterns, "деньги не вернули") == ["вернули"]


def test_it_takes_the_longest_phrase_at_a_place() -> None:
    patterns = ["sorry", "sorry if", "sorry if you", "if you feel"]
    (span,) = Phrases.load(patterns).find("Sorry if you feel so")
    assert (span.start, span.end, span.pattern) == (0, 12, "sorry if you")


def test_it_reads_exact_words_and_beginnings_side_by_side() -> None:
    assert found(["still wait*", "still waiting for news"], "still waiting for my bag") == [
        "still waiting"
    ]
    assert found(["sti* here", "still there"], "Still here, still there") == [
        *("Still here", "still there"),
    ]


def test_it_does_not_join_two_sentences_into_a_phrase() -> None:
    assert found(["still not"], "It works still. Not bad. Still\nnot here. Still\n\nnot") == [
        "Still\nnot"
    ]


def test_it_refuses_a_pattern_without_a_word() -> None:
    with pytest.raises(NoWordInPhrase):
        Phrases.load(["fine", " * "])


@given(st.text(), st.lists(st.from_regex(r"[a-c]{1,2}\*?( [a-c]{1,2}\*?)?", fullmatch=True)))
def test_it_never_finds_overlapping_phrases(text: str, patterns: list[str]) -> None:
    spans = Phrases.load(patterns).find(text + " a b ab ca b")
    assert all(one.end <= other.start for one, other in pairwise(spans))


def test_it_stays_linear_in_the_text() -> None:
    phrases = Phrases.load(["a a a b", "a* a* c", *(f"word{n} x" for n in range(2000))])
    began = time.perf_counter()
    assert phrases.find("a " * 50_000) == []
    assert time.perf_counter() - began < 5
