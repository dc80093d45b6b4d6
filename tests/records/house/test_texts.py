"""What the house sends by itself: whole in four languages, and polite in each."""

import re
import tomllib
from importlib.resources import files
from string import Formatter

import pytest

from amends.records.house import knowledge
from amends.records.house.models import House

LANGUAGES = ("en", "pl", "ru", "sk")
KINDS = (
    "acknowledgement",
    "check_back",
    "check_back_again",
    "fresh_link",
    "notices",
    "portal_received",
    "survey",
    "taken_down",
)
# Letters to the house's own people: no customer is greeted in them, and two have a link.
FOR_PEOPLE = {
    "invitation": {"name", "by", "link"},
    "new_password": {"name", "link"},
    "test_mail": {"name"},
}
# What the desk proposes to ask whether we understood, and the line that leads there.
ASKING = {"understood": {"goal", "expected", "got", "wish", "points"}, "understood_link": {"link"}}
# How the house treats what it is told.
PRIVACY = {
    "privacy": {"house", "address", "phone"},
    "privacy_line": {"link"},
    "privacy_aloud": {"link"},
}
FIELDS = {
    "salutation", "first_lines", "who", "by_when", "link", "goal", "reference", "signoff",
    "lines",
}  # fmt: skip
CHOICE = re.compile(r"\w/\w{1,3}\b(?!\w)|\w\(\w{1,4}\)")


def raw(language):
    source = files("amends.records.house") / "texts" / f"{language}.toml"
    return tomllib.loads(source.read_text(encoding="utf-8"))


def fields_in(text):
    return {name for _text, name, _spec, _conversion in Formatter().parse(text) if name}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", KINDS)
def test_it_fills_with_what_the_program_knows_and_nothing_else(kind, language):
    text = raw(language)[kind]
    assert fields_in(text["subject"] + text["body"]) <= FIELDS | {"phone", "house"}
    filled = House(name="Krakofon", phone="+48 12 555").write(
        kind, language, **{name: f"«{name}»" for name in FIELDS}
    )
    assert not re.search(r"[{}]", filled.subject + filled.body)
    assert "\n" not in filled.subject
    for name in ("salutation", "link"):
        assert f"«{name}»" in filled.body


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", FOR_PEOPLE)
def test_it_fills_letters_to_people(kind, language):
    fields = {name: f"«{name}»" for name in FOR_PEOPLE[kind]}
    filled = House(name="Krakofon").write(kind, language, **fields)
    assert not re.search(r"[{}]", filled.subject + filled.body)
    assert "Krakofon" in filled.subject
    assert filled.body.count("«link»") == ("link" in fields)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", KINDS)
def test_it_asks_for_one_thing_by_one_link(kind, language):
    assert raw(language)[kind]["body"].count("{link}") == 1


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", ["acknowledgement", "portal_received", "taken_down"])
def test_it_repeats_the_first_lines_and_says_who_and_by_when(kind, language):
    assert {"first_lines", "who", "by_when"} <= fields_in(raw(language)[kind]["body"])


def texts_in(data):
    if isinstance(data, str):
        return [data]
    return [text for each in data.values() for text in texts_in(each)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_makes_no_reader_choose_a_form(language):
    assert not [text for text in texts_in(raw(language)) if CHOICE.search(text)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_has_the_same_texts_as_the_others(language):
    assert set(raw(language)) == {
        *KINDS,
        *FOR_PEOPLE,
        "salutation",
        "signoff",
        "footer",
        *ASKING,
        *PRIVACY,
    }


@pytest.mark.parametrize("language", [*LANGUAGES, "de", ""])
@pytest.mark.parametrize("form", ["feminine", "masculine", "neutral", "unknown", "something"])
@pytest.mark.parametrize("named", [True, False])
def test_it_greets_in_every_form_of_address(language, form, named):
    names = (
        {"vocative": "Olgo", "surname": "Nováková"} if named else {"vocative": "", "surname": ""}
    )
    said = knowledge.salutation(language, form, **names)
    neutral = raw(language if language in LANGUAGES else "en")["salutation"]["neutral"]
    assert said
    assert "{" not in said
    if form in {"neutral", "unknown", "something"} or not named:
        assert said == neutral
    else:
        assert "Olgo" in said or "Nováková" in said


@pytest.mark.parametrize("language", [*LANGUAGES, "de"])
def test_it_signs_with_person_and_house(language):
    said = House(name="Krakofon").sign(language, person="Ana")
    assert "Ana" in said
    assert "Krakofon" in said


@pytest.mark.parametrize("language", [*LANGUAGES, "de", ""])
def test_it_says_a_moment_in_the_time_of_the_house(now, language):
    said = House(zone="Europe/Warsaw", language="pl").say_when(now, language)
    assert "10:00" in said
    assert "25" in said


def test_it_writes_in_its_own_language_to_who_speaks_another():
    fields = dict.fromkeys(FIELDS, "x")
    house = House(language="sk")
    assert house.write("check_back", "de", **fields) == house.write("check_back", "sk", **fields)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", KINDS)
def test_it_names_no_phone_where_there_is_none(kind, language):
    fields = {name: f"«{name}»" for name in FIELDS}
    body = House(name="Krakofon", phone="").write(kind, language, **fields).body
    sentences = re.split(r"(?<=[.!?])\s+|\n+", body)
    whole = House(name="Krakofon", phone="«phone»").write(kind, language, **fields).body
    before = re.split(r"(?<=[.!?])\s+|\n+", whole)
    assert sentences == [sentence for sentence in before if "«phone»" not in sentence]
    assert "«link»" in body
    assert "\n\n\n" not in body


def test_it_does_not_read_braces_in_what_people_wrote():
    fields = dict.fromkeys(FIELDS, "{link} {0} {unknown}")
    assert "{unknown}" in House(phone="1").write("check_back", "en", **fields).body


@pytest.mark.parametrize("language", [*LANGUAGES, "de"])
def test_it_leads_from_each_reply_to_the_status_page(language):
    assert House().footer(language, link="«link»").count("«link»") == 1


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", ASKING)
def test_it_asks_whether_we_understood_with_what_is_known(kind, language):
    assert fields_in(raw(language)[kind]["text"]) == ASKING[kind]
    fields = {name: f"«{name}»" for name in ASKING[kind]}
    filled = House(name="Krakofon").write(kind, language, **fields)
    assert not filled.subject
    assert all(value in filled.body for value in fields.values())


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", PRIVACY)
def test_it_says_how_it_treats_what_it_is_told(kind, language):
    assert fields_in(raw(language)[kind]["text"]) == PRIVACY[kind]
