"""Words find cases in any form of theirs, in four languages; and never one that isn't to be seen."""

import pytest
from django.urls import reverse

from amends.ground.jobs.running import run_due
from amends.records.complaints.intake import Told, take_in_told

STORIES = {
    "pl": "Kurier zgubił moje przesyłki i nikt nie oddał mi pieniędzy.",
    "ru": "Деньги за сломанный телефон так и не вернули.",
    "sk": "Peniaze za zásielky ste nevrátili, faktúra je zlá.",
    "en": "I was charged twice and refunds take too long.",
}
QUERIES = [
    ("pl", "przesyłka"), ("pl", "PRZESYLKE"), ("pl", "pieniądze"), ("ru", "телефона"),
    ("ru", "деньгами"), ("sk", "zásielka"), ("sk", "fakturu"), ("en", "charges"),
    ("en", "refunded"), ("en", "olga-en@customer.example"), ("pl", "olga pl"),
]  # fmt: skip
STRANGE = [
    "", " ", "*", '"', "(((", "NEAR(a b)", "a OR", "' OR 1=1 --", "\\", "%", "-", "👍", "\u202e",
    "a" * 201, "word " * 39, "\0", "<script>alert(1)</script>", "../../etc", "{{ 7|add:7 }}",
]  # fmt: skip


@pytest.fixture
def told(cast, now, clock):
    contacts = {
        language: take_in_told(
            Told(
                text=text, channel="form", name=f"Olga {language}", language=language,
                address=f"olga-{language}@customer.example",
            ),
            at=now,
        )
        for language, text in STORIES.items()
    }  # fmt: skip
    while run_due(clock()):
        pass
    return contacts


def found(client, words, **more):
    page = client.get(reverse("desk:cases"), {"q": words, **more})
    return {contact.reference for contact in page.context["page"].rows}


def test_it_finds_other_forms_of_a_word(ana, told):
    for language, words in QUERIES:
        assert found(ana, words) == {told[language].reference}, words


def test_it_finds_a_reference_an_outsider_can_t(seat, cast, told, now):
    contact = told["en"]
    assert found(seat("ana"), contact.reference) == {contact.reference}
    contact.hand_to(by=cast.ewa, at=now, team=cast.office)
    for who, seen in (("ana", set()), ("ewa", set()), ("petra", {contact.reference})):
        assert found(seat(who), contact.reference) == seen, who
        assert found(seat(who), "charges") == seen, who


def test_it_finds_nothing_about_oneself(seat, cast, told, now):
    told["en"].complaint.name_person(cast.beata, by=cast.ewa, at=now)
    assert found(seat("beata"), "charges") == set()


def test_it_finds_a_word_of_a_note_after_it_was_written(ana, to, told, clock):
    ana.post(to("note", told["sk"]), {"note-text": "The warehouse confirmed it."})
    run_due(clock())
    assert found(ana, "warehouses") == {told["sk"].reference}


@pytest.mark.parametrize("words", STRANGE)
def test_it_takes_any_words(ana, told, words):
    page = ana.get(reverse("desk:cases"), {"q": words})
    assert page.status_code == 200
    assert "<script>alert" not in page.content.decode()


def test_it_narrows_by_nothing_that_it_does_not_know(ana, told):
    everything = {contact.reference for contact in told.values()}
    for name in ("state", "kind", "hands", "team", "language", "outcome", "page"):
        for value in ("nonsense", "\0", "-1", "9" * 400, "0198c0de-0000-7000-8000-000000000000"):
            page = ana.get(reverse("desk:cases"), {name: value})
            assert page.status_code == 200, (name, value)
            assert {contact.reference for contact in page.context["page"].rows} == everything
