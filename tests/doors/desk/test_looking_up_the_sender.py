"""SPF, DKIM and DMARC of the house's address, from a zone on loopback, in words."""

import pytest
from django.urls import reverse

from amends.doors.desk import sender_words
from amends.ground import zone
from amends.records.house.models import House
from zone_server import Zone

PAGE = reverse("desk:house_sender")
GOOD = {
    "house.example": ["v=spf1 mx ~all"],
    "_dmarc.house.example": ["v=DMARC1; p=reject"],
    "2026a._domainkey.house.example": ["v=DKIM1; p=MIIB"],
}


@pytest.fixture
def jan(seat):
    return seat("jan")


@pytest.fixture
def serve(monkeypatch):
    def served(records):
        there = Zone(records)
        monkeypatch.setattr(zone, "resolver", there.resolver)
        return there

    return served


def words(page):
    return {line.what: line for line in page.context["lines"]}


def test_it_says_what_to_put_into_an_empty_zone(jan, serve, settings):
    settings.SMTP_HOST = "smtp.house.example"
    with serve({}):
        page = jan.get(PAGE)
    lines = words(page)
    assert [line.is_good for line in lines.values()] == [False, False, False]
    assert (lines["SPF"].name, lines["SPF"].value) == (
        "house.example",
        "v=spf1 mx a:smtp.house.example ~all",
    )
    assert lines["DMARC"].name == "_dmarc.house.example"
    assert lines["DMARC"].value == "v=DMARC1; p=none; rua=mailto:help@house.example"
    assert lines["DMARC"].value in page.content.decode()


def test_it_finds_the_key_whose_name_is_said(jan, serve):
    with serve(GOOD):
        assert not words(jan.get(PAGE))["DKIM"].is_good
        lines = words(jan.get(PAGE, {"selector": "2026a"}))
    assert all(line.is_good for line in lines.values())
    assert lines["DKIM"].at == "2026a._domainkey.house.example"


def test_it_says_when_nobody_answers(jan, serve, monkeypatch):
    monkeypatch.setattr(zone, "_SECONDS", 0.4)
    with serve({**GOOD, "_dmarc.house.example": None}):
        page = jan.get(PAGE)
    assert "This says nothing of your records." in page.content.decode()
    assert "lines" not in page.context


def test_it_shows_what_a_zone_says_as_text(jan, serve):
    with serve({"house.example": ["v=spf1 <script>alert(1)</script> ~all"]}):
        shown = jan.get(PAGE).content.decode()
    assert "<script>alert" not in shown
    assert "&lt;script&gt;alert" in shown


@pytest.mark.parametrize("selector", ["a b", "../x", "x\n", "-x", "x" * 64, "ź", "*"])
def test_it_asks_for_no_name_that_is_none(jan, serve, selector):
    with serve({}) as there:
        assert jan.get(PAGE, {"selector": selector}).status_code == 200
    assert all(name.isascii() and " " not in name for name in there.asked)
    assert not any(name.startswith(selector) for name in there.asked if selector.strip("x"))


def test_it_has_a_sentence_for_each_finding():
    assert set(sender_words._SAID) == {"SPF", "DKIM", "DMARC"}
    found = {"SPF": {"good", "missing", "twice", "open", "weak"}, "DKIM": {"good", "missing", "ended"},
             "DMARC": {"good", "missing", "twice", "broken", "watched"}}  # fmt: skip
    assert {what: set(said) for what, said in sender_words._SAID.items()} == found


def test_it_is_for_who_sees_the_settings(seat, serve, cast):
    with serve(GOOD):
        assert seat("ewa").get(PAGE).status_code == 200
        for who in ("ana", "beata", "petra"):
            assert seat(who).get(PAGE).status_code == 404


def test_it_says_that_there_is_no_address(jan, cast):
    House.objects.filter(pk=cast.house.pk).update(address="none")
    assert "The house has no address yet." in jan.get(PAGE).content.decode()
