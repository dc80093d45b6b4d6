"""Whoever changes the language stays on the page, also where a verb showed it again."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from amends.records.complaints.links import token_for


def next_of(page):
    return re.search(r'name="next" value="([^"]*)"', page.content.decode()).group(1)


@pytest.fixture
def ana(cast):
    client = Client()
    client.force_login(cast.ana)
    return client


def test_it_comes_back_to_the_same_page(ana, complaint):
    where = reverse("desk:cases") + "?q=a&state=all"
    assert next_of(ana.get(where)).replace("&amp;", "&") == where


def test_it_comes_back_to_the_case_from_what_a_verb_shows(ana, complaint):
    case = reverse("desk:case", args=[complaint.contact.reference])
    shown = ana.post(case + "note", {"note-text": ""})
    assert next_of(shown) == case
    changed = ana.post(
        reverse("set_language"), {"language": "pl", "next": next_of(shown)}, follow=True
    )
    assert changed.status_code == 200
    assert '<html lang="pl"' in changed.content.decode()


def test_it_comes_back_to_how_it_stands_from_what_a_button_shows(complaint):
    status = reverse("portal:status", args=[token_for(complaint.contact)])
    assert next_of(Client().post(status + "message", {"text": ""})) == status


def test_it_comes_back_to_the_form(db):
    assert next_of(Client().post("/", {"text": ""})) == "/"


@pytest.mark.parametrize(
    "elsewhere",
    [
        "https://evil.example/",
        "//evil.example/",
        "/\\evil.example",
        "javascript:alert(1)",
        "\0",
        "http:///evil.example",
        "/\r\nX-Evil: 1",
    ],
)
def test_it_leads_nobody_to_another_site(db, elsewhere):
    answer = Client().post(reverse("set_language"), {"language": "pl", "next": elsewhere})
    assert answer.status_code in {204, 302}
    assert "evil.example" not in answer.get("Location", "").removeprefix("/\\")
    assert answer.get("Location", "/").startswith("/")
    assert "X-Evil" not in answer.headers
