import pytest

from amends.expertise.language.phrases import Phrases
from amends.expertise.language.words import LANGUAGES
from amends.expertise.listening import _written, denies

FIXTURE = {
    "en": Phrases.load(["still not", "yes but"]),
    "pl": Phrases.load(["dalej nie", "poza tym że"]),
}


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        ("It is STILL not here", ("STILL not",)),
        ("Tak, ale dalej nie działa. Still not.", ("dalej nie", "Still not")),
        ("Yes, but the box is torn", ("Yes, but",)),
        ("Poza tym, ze brak kabla", ("Poza tym, ze",)),
        ("dalej nie i dalej nie", ("dalej nie",)),
        ("Thank you, all is well", ()),
        ("", ()),
    ],
)
def test_it_hears_that_the_matter_is_not_solved(answer: str, said: tuple[str, ...]) -> None:
    assert denies(answer, FIXTURE) == said


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_has_phrases_in_each_language(language: str) -> None:
    written = _written(language)
    for key in ("denies", "thanks_only"):
        assert Phrases.load(written[key])
    for pattern in written["denies"]:
        assert denies(f"xx {pattern.replace('*', 'x')} xx"), pattern
    assert [thanks for thanks in written["thanks_only"] if denies(thanks)] == []
