import pytest

from amends.expertise.coach import _elements, elements_in
from amends.expertise.language.words import LANGUAGES

FIXTURE = {
    "apology": {
        "phrases": ["sorry", "i apologi*"],
        "not": ["sorry if", "apologi* for any", "if we"],
    },
    "empathy": {"phrases": ["you had to wait"]},
}


@pytest.mark.parametrize(
    ("reply", "held"),
    [
        ("I am sorry that you had to wait.", {"apology", "empathy"}),
        ("I apologise: the parcel was ours to send.", {"apology"}),
        ("Sorry if this caused trouble.", set()),
        ("I apologise for any inconvenience.", set()),
        ("Sorry if it was unclear. I'm sorry, the fault is ours.", {"apology"}),
        ("If we were late, I apologise.", set()),
        ("I am sorry, truly, if we were late.", set()),
        ("I am sorry. If we may, we call you.", {"apology"}),
        ("I apologise that it broke, and sorry, if we were late.", {"apology"}),
        ("You had to wait for nine days.", {"empathy"}),
        ("Your parcel left today.", set()),
    ],
)
def test_it_tells_an_apology_from_a_conditional_one(reply: str, held: set[str]) -> None:
    assert elements_in(reply, "en", FIXTURE) == held


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_has_phrases_in_each_language(language: str) -> None:
    assert set(_elements(language)) == {"apology", "empathy"}


def test_it_finds_nothing_in_a_language_without_phrases() -> None:
    assert elements_in("Es tut uns leid.", "de") == frozenset()


@pytest.mark.parametrize(
    ("language", "reply"),
    [
        ("en", "I am sorry that your parcel arrived broken."),
        ("pl", "Bardzo przepraszam, że paczka przyszła uszkodzona."),
        ("ru", "Приношу извинения за то, что посылка пришла повреждённой."),
        ("sk", "Ospravedlňujem sa, že zásielka prišla poškodená."),
    ],
)
def test_it_finds_a_plain_apology_in_each_language(language: str, reply: str) -> None:
    assert "apology" in elements_in(reply, language)


@pytest.mark.parametrize(
    ("language", "reply"),
    [
        ("en", "We apologise for any inconvenience."),
        ("pl", "Przepraszamy za ewentualne niedogodności."),
        ("ru", "Приносим извинения, если доставили неудобства."),
        ("sk", "Ospravedlňujeme sa za prípadné nepríjemnosti."),
    ],
)
def test_it_finds_no_apology_in_a_formula(language: str, reply: str) -> None:
    assert "apology" not in elements_in(reply, language)
