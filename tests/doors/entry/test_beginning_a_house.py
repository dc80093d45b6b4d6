"""A fresh house is taken by whoever has the code of its terminal, and by nobody else."""

import pytest
from django.test import Client
from django.urls import reverse

from amends.records.house.models import House
from amends.records.people.models import Person

SETUP = reverse("entry:setup")
WHO = {"name": "Bogna Lis", "email": "Bogna@House.example", "password": "long enough 1"}


def with_code(code):
    client = Client()
    answer = client.get(SETUP, {"code": code})
    assert (answer.status_code, answer["Location"]) == (302, SETUP)
    return client


def test_it_asks_a_stranger_for_the_code(code):
    client = Client()
    assert 'name="code"' in client.get(SETUP).content.decode()
    client.post(SETUP, WHO)
    assert not Person.objects.get_queryset().exists()


@pytest.mark.parametrize("wrong", ["", "AAAA-AAAA-AAAA-AAAA", "\0", "x" * 5_000])
def test_it_refuses_another_code_and_shows_it_again(code, wrong):
    client = Client()
    answer = client.post(SETUP, {"code": wrong})
    assert answer.status_code == 422
    assert code not in answer.content.decode()
    client.post(SETUP, WHO)
    assert not Person.objects.get_queryset().exists()


def test_it_brakes_guessing_of_the_code(code):
    client = Client()
    for _number in range(30):
        client.post(SETUP, {"code": "AAAA-AAAA-AAAA-AAAA"})
    assert "Too many tries" in client.post(SETUP, {"code": code}).content.decode()


def test_it_takes_in_the_first_administrator_and_asks_the_first_question(code):
    client = with_code(code)
    assert client.post(SETUP, WHO)["Location"] == SETUP
    person = Person.objects.get(email="bogna@house.example")
    assert person.administers
    assert person.leads
    assert client.get(SETUP)["Location"] == reverse("entry:question", args=[1])
    assert client.get(reverse("entry:question", args=[1])).status_code == 200


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"password": ""}, "Choose a password"), ({"password": "short"}, "Ten characters"),
        ({"password": "password123"}, "Many people use"), ({"email": "bogna"}, "field__error"),
        ({"name": ""}, "field__error"), ({"password": "long enough \0"}, "field__error"),
        ({"password": "", "credential": "{}"}, "The passkey didn’t arrive"),
        ({"password": "", "credential": "nonsense"}, "The passkey didn’t arrive"),
        ({"password": "", "credential": '{"id": "a", "rawId": "a", "response": {}, "type": "public-key"}'}, "The passkey didn’t arrive"),
    ],
)  # fmt: skip
def test_it_keeps_what_was_typed_when_something_is_wrong(code, typed, said):
    shown = with_code(code).post(SETUP, {**WHO, **typed})
    page = shown.content.decode()
    assert shown.status_code == 422
    assert said in page
    assert typed.get("name", "Bogna Lis") in page
    assert WHO["password"] not in page
    assert not Person.objects.get_queryset().exists()


def test_it_is_taken_once(code):
    first, second = with_code(code), with_code(code)
    first.post(SETUP, WHO)
    second.post(SETUP, {**WHO, "email": "second@house.example"})
    assert Person.objects.get_queryset().count() == 1
    assert Client().get(SETUP, {"code": code}).status_code == 302


def test_it_offers_a_passkey_for_that_host(code):
    options = with_code(code).get(SETUP).context["passkey"]["publicKey"]
    assert options["rp"]["id"] == "testserver"
    assert options["authenticatorSelection"]["residentKey"] == "required"


def test_it_is_not_there_once_the_house_is_set_up(cast, clock):
    House.objects.current().finish_set_up(at=clock())
    for client in (Client(), as_person(cast.jan), as_person(cast.ana)):
        assert client.get(SETUP).status_code == 404
        assert client.get(reverse("entry:question", args=[1])).status_code == 404


def test_it_is_not_there_in_the_demo(cast, settings):
    settings.DEMO = True
    assert Client().get(SETUP).status_code == 404
    assert as_person(cast.jan).get(reverse("entry:question", args=[1])).status_code == 404


def as_person(person):
    client = Client()
    client.force_login(person)
    return client
