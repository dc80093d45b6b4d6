"""Only people of the house sign in; nobody signs up, and nobody is led elsewhere by it."""

import pytest
from django.contrib.auth.hashers import MD5PasswordHasher
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

LOGIN = reverse("account_login")
PASSWORD = "correct horse battery staple"


@pytest.fixture(autouse=True)
def brakes_off(settings):
    # The right hasher takes its time, which is its work and not these tests'.
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    cache.clear()


@pytest.fixture
def ana(cast):
    cast.ana.set_password(PASSWORD)
    cast.ana.save()
    return cast.ana


def sign_in(client=None, **typed):
    client = client or Client()
    typed = {"login": "ana@house.example", "password": PASSWORD, **typed}
    return client.post(LOGIN, typed)


def test_it_lets_in_with_the_password_and_leads_to_my_day(ana):
    for address in ("ana@house.example", "ANA@House.example"):
        answer = sign_in(login=address)
        assert (answer.status_code, answer["Location"]) == (302, reverse("desk:my_day"))


def test_it_leads_back_to_where_one_wanted_to_go(ana):
    answer = sign_in(next="/desk/cases/?q=a")
    assert answer["Location"] == "/desk/cases/?q=a"


@pytest.mark.parametrize(
    "elsewhere",
    [
        "https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)",
        "http:evil.example", "\thttps://evil.example", "https:///evil.example", "ftp://localhost/",
    ],
)  # fmt: skip
def test_it_leads_nobody_to_another_site(ana, elsewhere):
    assert sign_in(next=elsewhere)["Location"] == reverse("desk:my_day")
    shown = Client().get(LOGIN, {"next": elsewhere})
    assert shown.status_code == 200


@pytest.mark.parametrize(
    "typed",
    [
        {"password": "wrong"}, {"login": "nobody@house.example"}, {"login": "ana"}, {"password": ""},
        {"login": "ana@house.example\0"}, {"password": "\0"}, {"login": "a" * 5_000 + "@b.example"},
    ],
)  # fmt: skip
def test_it_says_that_it_did_not_work_and_keeps_the_address(ana, typed):
    shown = sign_in(**typed)
    assert shown.status_code == 200
    assert 'role="alert"' in shown.content.decode() or "field__error" in shown.content.decode()
    assert PASSWORD not in shown.content.decode()


def test_it_says_the_same_of_a_wrong_password_and_of_nobody(ana):
    said = [
        list(sign_in(login=login, password="wrong").context["form"].non_field_errors())
        for login in ("ana@house.example", "nobody@house.example")
    ]
    assert said[0] == said[1] != []


def test_it_takes_as_long_for_nobody_as_for_a_wrong_password(ana, cast, monkeypatch):
    """Hashing is what takes the time: who isn't here, or has no password, is hashed for as well."""
    hashed, encode = [], MD5PasswordHasher.encode
    cast.petra.set_password(PASSWORD)
    cast.petra.is_active = False
    cast.petra.save()

    def counted(hasher, password, salt):
        hashed.append(password)
        return encode(hasher, password, salt)

    monkeypatch.setattr(MD5PasswordHasher, "encode", counted)
    work = {}
    for who in ("ana", "marek", "petra", "nobody"):
        hashed.clear()
        with CaptureQueriesContext(connection) as asked:
            sign_in(login=f"{who}@house.example", password="wrong password")
        people = [query["sql"] for query in asked if "people_person" in query["sql"]]
        work[who] = (len(hashed), len(people))
    # Marek was invited and has no password yet; Petra has left; nobody was never here.
    assert work["ana"][0] == 1
    assert set(work.values()) == {work["ana"]}


def test_it_lets_nobody_in_who_has_left(ana):
    ana.is_active = False
    ana.save()
    client = Client()
    said = list(sign_in(client).context["form"].non_field_errors())
    assert said == list(sign_in(password="wrong").context["form"].non_field_errors())
    assert client.get(reverse("desk:my_day")).status_code == 302


def test_it_lets_nobody_in_without_a_password_of_their_own(cast):
    for password in ("", "!", cast.marek.password):
        client = Client()
        sign_in(client, login="marek@house.example", password=password)
        assert client.get(reverse("desk:my_day")).status_code == 302


def test_it_brakes_guessing(ana):
    answers = [sign_in(password=f"guess {number}") for number in range(12)]
    assert answers[-1].status_code == 429 or "Too many" in answers[-1].content.decode()
    client = Client(headers={"x-forwarded-for": "10.0.0.9"})
    sign_in(client)
    assert client.get(reverse("desk:my_day")).status_code == 302


def test_it_takes_nobody_in_by_themselves(cast):
    typed = {"email": "new@house.example", "password1": PASSWORD}
    where = reverse("account_signup")
    for answer in (Client().get(where), Client().post(where, typed)):
        assert (answer.status_code, answer["Location"]) == (302, LOGIN)
    assert not type(cast.ana).objects.get_queryset().filter(email="new@house.example").exists()


def test_it_signs_out_by_a_button_only(ana):
    client = Client()
    sign_in(client)
    assert client.get(reverse("account_logout")).status_code == 200
    assert client.get(reverse("desk:my_day")).status_code == 200
    client.post(reverse("account_logout"))
    assert client.get(reverse("desk:my_day")).status_code == 302


def test_it_gives_a_new_session_to_whoever_signs_in(ana):
    client = Client()
    client.post("/", {"text": "x", "phone": "123456"})
    before = client.cookies["sessionid"].value
    sign_in(client)
    assert client.cookies["sessionid"].value != before
