"""My sign-in: password, app, recovery codes and sessions; passkeys are in the journeys."""

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import (
    format_hotp_value,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.test import Client
from django.urls import reverse

from amends.records.house.models import House

PASSWORD = "long enough 1"
MINE, MY_DAY, LOGIN = reverse("mfa_index"), reverse("desk:my_day"), reverse("account_login")


@pytest.fixture
def ana(cast):
    cast.ana.set_password(PASSWORD)
    cast.ana.save()
    return cast.ana


def sign_in(person, password=PASSWORD):
    client = Client()
    client.answer = client.post(LOGIN, {"login": person.email, "password": password})
    return client


def confirm(client, where):
    """Say the password once more, as a change of the sign-in asks."""
    asked = client.get(where)
    assert asked["Location"].startswith(reverse("account_reauthenticate"))
    client.post(asked["Location"], {"password": PASSWORD, "next": where})
    return client


def number_of(secret):
    counter = next(iter(yield_hotp_counters_from_time()))
    return format_hotp_value(hotp_value(secret, counter))


@pytest.fixture
def with_app(ana):
    """Ana's browser after she has set the app up, and its secret."""
    where = reverse("mfa_activate_totp")
    client = confirm(sign_in(ana), where)
    secret = client.get(where).context["form"].secret
    answer = client.post(where, {"code": number_of(secret)})
    assert answer["Location"] == reverse("mfa_view_recovery_codes")
    return client, secret


def test_it_shows_what_one_has(ana):
    page = sign_in(ana).get(MINE)
    assert page.status_code == 200
    assert "no-store" in page["Cache-Control"]
    assert Client().get(MINE)["Location"].startswith(LOGIN)


def test_it_changes_the_password_and_ends_other_sessions(ana):
    here, elsewhere = sign_in(ana), sign_in(ana)
    where = reverse("entry:own_password")
    confirm(here, where)
    assert here.post(where, {"password": "short"}).status_code == 422
    assert here.post(where, {"password": "longer enough 2"})["Location"] == MINE
    assert here.get(MY_DAY).status_code == 200
    assert elsewhere.get(MY_DAY).status_code == 302
    assert sign_in(ana, "longer enough 2").get(MY_DAY).status_code == 200


def test_it_changes_nothing_without_the_password_once_more(ana):
    client = sign_in(ana)
    client.post(reverse("entry:own_password"), {"password": "longer enough 2"})
    client.post(reverse("mfa_activate_totp"), {"code": "123456"})
    ana.refresh_from_db()
    assert ana.check_password(PASSWORD)
    wrong = client.post(reverse("account_reauthenticate"), {"password": "wrong"})
    assert "This is not your password." in wrong.content.decode()


def test_it_signs_out_elsewhere(ana):
    here, elsewhere = sign_in(ana), sign_in(ana)
    here.post(reverse("entry:elsewhere"))
    assert here.get(MY_DAY).status_code == 200
    assert elsewhere.get(MY_DAY).status_code == 302


def test_it_asks_for_the_app_s_number_after_the_password(ana, with_app):
    _client, secret = with_app
    client = sign_in(ana)
    assert client.answer["Location"] == reverse("mfa_authenticate")
    assert client.get(MY_DAY).status_code == 302
    shown = client.post(reverse("mfa_authenticate"), {"code": "000000"})
    assert "This is not the code" in shown.content.decode()
    client.post(reverse("mfa_authenticate"), {"code": later_number(secret)})
    assert client.get(MY_DAY).status_code == 200


def later_number(secret):
    # A number is worth something once, and the one of now has been used to set it up.
    Authenticator.objects.get_queryset()
    from django.core.cache import cache

    cache.clear()
    return number_of(secret)


def test_it_lets_in_once_with_a_recovery_code(ana, with_app):
    client, _secret = with_app
    page = client.get(reverse("mfa_view_recovery_codes"))
    code = page.context["unused_codes"][0]
    assert code in page.content.decode()
    for expected in (200, 302):
        fresh = sign_in(ana)
        fresh.post(reverse("mfa_authenticate"), {"code": code})
        assert fresh.get(MY_DAY).status_code == expected


def test_it_turns_the_app_off(ana, with_app):
    client, _secret = with_app
    client.post(reverse("mfa_deactivate_totp"))
    assert not Authenticator.objects.filter(user=ana, type="totp").exists()
    assert sign_in(ana).get(MY_DAY).status_code == 200


@pytest.mark.parametrize("credential", ["", "{}", "x", "[]", '{"id": "x", "response": {"userHandle": "\\u0000"}}', '{"response": 1}'])  # fmt: skip
def test_it_lets_nobody_in_with_what_is_no_passkey(ana, credential):
    client = Client()
    client.get(reverse("mfa_login_webauthn"), headers={"accept": "application/json"})
    answer = client.post(reverse("mfa_login_webauthn"), {"credential": credential})
    assert answer["Location"] == LOGIN
    assert client.get(MY_DAY).status_code == 302


@pytest.mark.parametrize("credential", ["", "{}", "[]", '{"id": "x"}', '{"rawId": "x", "id": "x", "type": "public-key", "response": {"clientDataJSON": "e30", "attestationObject": "oA"}}'])  # fmt: skip
def test_it_adds_nothing_that_is_no_passkey(ana, credential):
    client = confirm(sign_in(ana), reverse("mfa_add_webauthn"))
    answer = client.post(reverse("mfa_add_webauthn"), {"credential": credential, "name": "x"})
    assert answer.status_code == 200
    assert not Authenticator.objects.exists()


def test_it_leads_to_a_second_factor_where_the_house_asks(ana):
    House.objects.current().ask_second_factor(asked=True)
    client = sign_in(ana)
    assert client.get(MY_DAY)["Location"].startswith(MINE)
    assert client.post(reverse("desk:cases"))["Location"].startswith(MINE)
    assert client.get(reverse("entry:later", args=["logo"]))["Location"].startswith(MINE)
    assert client.get(MINE).status_code == 200
    where = reverse("mfa_activate_totp")
    confirm(client, where)
    secret = client.get(where).context["form"].secret
    client.post(where, {"code": number_of(secret)})
    assert client.get(MY_DAY).status_code == 200


@pytest.mark.parametrize("name", ["mfa_view_recovery_codes", "mfa_generate_recovery_codes", "mfa_add_webauthn", "mfa_activate_totp", "entry:own_password", "account_reauthenticate"])  # fmt: skip
def test_it_is_for_who_has_signed_in(cast, name):
    assert Client().get(reverse(name))["Location"].startswith(LOGIN)
