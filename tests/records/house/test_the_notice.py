"""How the house treats what it is told: said in each language, by the house once it has read it."""

import pytest

from amends.records.house import privacy
from amends.records.house.models import House, HouseText
from amends.records.house.wording import FieldMissing

LANGUAGES = ("en", "pl", "ru", "sk")


@pytest.mark.django_db
@pytest.mark.parametrize("language", LANGUAGES)
def test_it_tells_who_why_who_else_how_long_and_what_one_may_ask_for(language):
    house = House(name="Krakofon", address="help@krakofon.example", phone="+48 12 555")
    blocks = privacy.notice(house, language)
    assert [block.is_heading for block in blocks] == [True, False] * 6
    whole = " ".join(block.text for block in blocks)
    assert whole.count("help@krakofon.example") == 2
    assert "Krakofon" in blocks[1].text
    assert "+48 12 555" in blocks[1].text
    assert "{" not in whole


@pytest.mark.django_db
@pytest.mark.parametrize("language", LANGUAGES)
def test_it_names_no_phone_where_there_is_none(language):
    house = House(name="Krakofon", address="help@krakofon.example")
    told = privacy.notice(house, language)[1].text
    assert told.endswith(".")
    assert ":." not in told.replace(" ", "")


def test_it_is_unchecked_until_the_house_has_worded_it(cast, now):
    cast.house.languages = ["en", "pl"]
    cast.house.save()
    assert privacy.unchecked(cast.house) == ["en", "pl"]
    cast.house.word("privacy", "pl", subject="", body="{house} odpowiada.", by=cast.ewa, at=now)
    assert privacy.unchecked(cast.house) == ["en"]
    assert [block.text for block in privacy.notice(cast.house, "pl")] == ["Krakofon odpowiada."]


def test_it_says_who_is_responsible(cast, now):
    with pytest.raises(FieldMissing):
        cast.house.word("privacy", "en", subject="", body="Nobody.", by=cast.ewa, at=now)
    assert not HouseText.objects.exists()


def test_it_is_read_out_in_the_languages_of_the_house(cast, now, django_assert_num_queries):
    cast.house.languages = ["sk", "en"]
    cast.house.save()
    cast.house.word("privacy_aloud", "en", subject="", body="See {link}", by=cast.ewa, at=now)
    with django_assert_num_queries(1):
        told = dict(privacy.aloud(cast.house, "en"))
    assert list(told) == ["en", "sk"]
    assert told["en"].endswith("/privacy/en/")
    assert "/privacy/sk/" in told["sk"]
