"""A NUL in a form, an address or a cookie: PostgreSQL keeps none, and no page may break by it."""

import re
from pathlib import Path

import pytest
from django import forms
from django.db import transaction
from django.test import Client
from tests.site.test_walking_as_everybody import ALL, filled

from amends.records.complaints.links import token_for

SOURCE = Path(__file__).resolve().parents[2] / "src" / "amends"
INSIDE = ("/desk/", "/house/", "/me/again", "/me/codes", "/me/passkeys")
NAME = re.compile(r'name="([a-z][\w-]*)"')


def subclasses(kind):
    for sub in kind.__subclasses__():
        yield sub
        yield from subclasses(sub)


def names():
    """Return the names of all fields that any form of the house has."""
    found = {name for form in subclasses(forms.Form) for name in form.base_fields}
    for template in SOURCE.rglob("*.html"):
        found |= set(NAME.findall(template.read_text()))
    return found - {"csrfmiddlewaretoken"}


def test_it_breaks_no_page_and_no_form(complaint, cast):
    typed = dict.fromkeys(names(), "a\0b")
    assert len(typed) > 100
    wrong = []
    for person in (cast.ewa, None):
        client = Client(raise_request_exception=False)
        if person:
            client.force_login(person)
        token = token_for(complaint.contact)
        for path in ALL:
            if path.startswith(INSIDE) != bool(person):
                continue
            bare = path.replace("<str:token>", token)
            (where,) = filled(bare, complaint.contact, ["0198c0de-0000-7000-8000-000000000000"])
            with transaction.atomic():
                if client.post(where, typed).status_code >= 500:
                    wrong.append(where)
                transaction.set_rollback(True)
    assert wrong == []


@pytest.mark.parametrize("where", ["/desk/cases/AM-%00/", "/status/a%00b/", "/desk/?q=%00", "/%00"])
def test_it_breaks_no_address(cast, where):
    client = Client(raise_request_exception=False)
    client.force_login(cast.ana)
    assert client.get(where).status_code < 500


@pytest.mark.parametrize("name", ["sessionid", "csrftoken", "messages", "django_language"])
def test_it_breaks_no_cookie(cast, name):
    answer = Client(raise_request_exception=False).get(
        "/desk/", HTTP_COOKIE=f'{name}="aaaaaaaa\\000bbbbbbbb"'
    )
    assert answer.status_code == 302
