import pytest
from hypothesis import given
from hypothesis import strategies as st

from amends.expertise.language.words import analyse, lemma, query_terms


@pytest.mark.parametrize(
    ("word", "language", "expected"),
    [
        ("Reklamacji", "pl", "reklamacja"),
        ("PRZESYŁKI", "pl", "przesylka"),
        ("возврата", "ru", "возврат"),
        ("faktúr", "sk", "faktura"),
        ("charged", "en", "charge"),
        ("fak\u00adtúr", "sk", "faktura"),
        ("Žádosti", "cs", "zadosti"),
        ("słowo", "xx", "slowo"),
        ("", "pl", ""),
    ],
)
def test_it_finds_the_dictionary_form(word: str, language: str, expected: str) -> None:
    assert lemma(word, language) == expected


def test_it_stores_both_the_dictionary_form_and_the_word_itself() -> None:
    assert analyse("Dwie reklamacje, reklamacji", "pl") == [
        *("dwie", "dwa", "reklamacje", "reklamacja", "reklamacji"),
    ]


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("Ref. AM-7K3F9!", {"am-7k3f9", "am", "7k3f9"}),
        ("AM\u20117K3F9", {"am-7k3f9"}),
        ("(ZM/2026/00417)", {"zm/2026/00417", "00417", "2026"}),
        ("jan.Kowalski@firma.example,", {"jan.kowalski@firma.example", "kowalski", "firma"}),
        ("1299,00 zł", {"1299.00", "1299"}),
        ("O’Connor", {"oconnor", "connor"}),
    ],
)
def test_it_keeps_references_whole_as_well_as_in_parts(text: str, tokens: set[str]) -> None:
    assert tokens <= set(analyse(text, None))


def test_it_does_not_keep_words_that_merely_touch() -> None:
    assert analyse("refund/exchange", None) == ["refund", "exchange"]


def test_it_cuts_what_is_longer_than_any_word() -> None:
    assert analyse("a" * 100_000, "pl") == ["a" * 64]


def test_it_asks_for_a_form_in_any_language_when_none_is_given() -> None:
    (term,) = query_terms("faktúr")
    assert {"faktur", "faktura"} <= set(term.lemmas)
    assert term.prefix == "faktur"


def test_it_looks_for_a_beginning_without_the_last_vowels() -> None:
    assert query_terms("fakturu", "sk")[0].prefix == "faktur"
    assert query_terms("ceny", "pl")[0].prefix == "ceny"
    assert query_terms("do", "pl")[0].prefix is None


def test_it_looks_for_a_half_typed_reference() -> None:
    (term,) = query_terms("AM-7K")
    assert (term.lemmas, term.prefix) == (("am-7k",), "am-7k")


@pytest.mark.parametrize("text", ["", "  ", '"(*', "😀", "\x00", "--", "\u037a"])
def test_it_has_nothing_to_look_for_in_a_query_without_words(text: str) -> None:
    assert query_terms(text) == []


def test_it_reads_no_more_than_sixteen_terms() -> None:
    assert len(query_terms(" ".join(f"w{n}" for n in range(99)), "en")) == 16


ODD_LETTERS = "⑴⒈ﷺ½ﹰͺ²ǅŉ℡Ⅷㄱ٣߀"


@given(st.text(st.one_of(st.characters(), st.sampled_from(ODD_LETTERS + "-._/@+,'’_"))))
def test_it_makes_tokens_of_letters_digits_and_joining_marks_only(text: str) -> None:
    tokens = analyse(text, None)
    terms = query_terms(text, "xx")
    asked = [form for term in terms for form in (*term.lemmas, term.prefix or "x")]
    for token in [*tokens, *asked]:
        assert 0 < len(token) <= 64
        assert all(letter.isalnum() or letter in "-._/@+" for letter in token)
    assert {term.lemmas[0] for term in terms} <= set(tokens)
