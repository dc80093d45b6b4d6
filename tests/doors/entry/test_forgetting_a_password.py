"""A forgotten password: nobody learns from the page, or its time, who is here."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from amends.ground.jobs.running import run_due
from amends.records.joining.tokens import token_for
from amends.records.post.models import Outgoing

ASK = reverse("entry:password")


def ask(address, client=None):
    with CaptureQueriesContext(connection) as seen:
        answer = (client or Client()).post(ASK, {"email": address})
    page = re.sub(
        r'(name="csrfmiddlewaretoken" value=|X-CSRFToken": )"[^"]*"', "", answer.content.decode()
    )
    asked = [re.sub(r"'[^']*'", "?", query["sql"]) for query in seen]
    return answer.status_code, page.replace(address, "<address>"), asked


def test_it_answers_the_same_and_does_the_same_for_known_and_unknown(cast, clock):
    ask("warm@house.example")
    known, unknown = ask("ana@house.example"), ask("bob@house.example")
    assert known == unknown
    assert not Outgoing.objects.exists()
    run_due(clock.forward(seconds=1))
    assert Outgoing.objects.get().to_address == "ana@house.example"


def test_it_leads_by_the_letter_to_a_new_password(cast, clock):
    ask("ana@house.example")
    run_due(clock.forward(seconds=1))
    where = re.search(r"http\S+?(/me/password/\S+)", Outgoing.objects.get().body)[1]
    client = Client()
    assert client.get(where).status_code == 200
    assert client.post(where, {"password": "short"}).status_code == 422
    answer = client.post(where, {"password": "long enough 1"})
    assert (answer.status_code, answer["Location"]) == (302, reverse("account_login"))
    cast.ana.refresh_from_db()
    assert cast.ana.check_password("long enough 1")
    for again in (client.get(where), client.post(where, {"password": "long enough 2"})):
        assert again.status_code == 410


def test_it_ends_the_sessions_of_before(cast, clock):
    thief = Client()
    thief.force_login(cast.ana)
    where = reverse("entry:new_password", args=[token_for_later(cast.ana, clock)])
    Client().post(where, {"password": "long enough 1"})
    assert thief.get(reverse("desk:my_day")).status_code == 302


def token_for_later(person, clock):
    person.refresh_from_db()
    return token_for(person, at=clock())


def test_it_writes_three_letters_an_hour_at_most(cast, clock):
    pages = {ask("ana@house.example")[:2] for _time in range(6)}
    assert len(pages) == 1
    run_due(clock.forward(seconds=1))
    assert Outgoing.objects.count() == 3


def test_it_brakes_who_asks_for_many(cast):
    client = Client()
    statuses = [ask(f"a{number}@house.example", client)[0] for number in range(21)]
    assert (statuses[0], statuses[-1]) == (200, 422)


@pytest.mark.parametrize("address", ["", "nobody", "a@b\nBcc: x@y.example", "a\0@b.example", "a" * 400 + "@b.example"])  # fmt: skip
def test_it_takes_no_address_that_is_none(cast, clock, address):
    assert Client().post(ASK, {"email": address}).status_code == 422
    assert run_due(clock.forward(seconds=1)) == 0


@pytest.mark.parametrize("token", ["x", "a:b:c", "%00", "." * 300])
def test_it_knows_no_other_link(cast, token):
    for answer in (Client().get(f"/me/password/{token}/"), Client().post(f"/me/password/{token}/")):
        assert answer.status_code == 410
