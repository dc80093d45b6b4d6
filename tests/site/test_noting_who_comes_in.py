"""Whoever comes in, or tries to, is noted at once; what was typed is kept nowhere."""

import json

import pytest
from allauth.mfa.totp.internal.auth import (
    format_hotp_value,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from amends.records.looking.models import Look

PASSWORD = "correct horse battery staple"


@pytest.fixture(autouse=True)
def ana(cast, settings):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    cache.clear()
    cast.ana.set_password(PASSWORD)
    cast.ana.save()
    return cast.ana


def sign_in(login="ana@house.example", password=PASSWORD):
    client = Client(REMOTE_ADDR="192.0.2.9")
    client.post(reverse("account_login"), {"login": login, "password": password})
    return client


def noted():
    return [
        (look.what, look.person and look.person.name, look.from_address)
        for look in Look.objects.order_by("at", "id")
    ]


def test_it_notes_who_signs_in_and_out(ana):
    sign_in().post(reverse("account_logout"))
    assert noted() == [
        ("sign_in", "Ana Example", "192.0.2.9"), ("sign_out", "Ana Example", "192.0.2.9"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("login", "who"), [("Ana@house.example", "Ana Example"), ("hunter2@house.example", None)]
)
def test_it_notes_who_was_meant_by_a_wrong_password_and_nothing_typed(login, who):
    sign_in(login, "hunter2 wrong")
    assert noted() == [("sign_in_failed", who, "192.0.2.9")]
    assert "hunter2" not in json.dumps(list(Look.objects.values()), default=str)


def test_it_notes_a_wrong_code_and_a_second_factor_that_is_set(
    django_capture_on_commit_callbacks,
):
    client, where = sign_in(), reverse("mfa_activate_totp")
    once_more(client, where)
    secret = client.get(where).context["form"].secret
    counter = next(iter(yield_hotp_counters_from_time()))
    with django_capture_on_commit_callbacks(execute=True):
        client.post(where, {"code": format_hotp_value(hotp_value(secret, counter))})
    assert ("factor", "Ana Example", "192.0.2.9") in noted()
    sign_in().post(reverse("mfa_authenticate"), {"code": "000000"})
    assert noted()[-1] == ("sign_in_failed", "Ana Example", "192.0.2.9")


def test_it_notes_a_password_that_is_set():
    client, where = sign_in(), reverse("entry:own_password")
    once_more(client, where)
    client.post(where, {"password": "another horse entirely"})
    assert noted()[-1][:2] == ("password", "Ana Example")


def once_more(client, where):
    """Say the password once more, as a change of the sign-in asks."""
    client.post(client.get(where)["Location"], {"password": PASSWORD, "next": where})
