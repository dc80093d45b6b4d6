"""Each address of the house stands in a line here, with who it is for and what it answers."""

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from amends.records.complaints.links import token_for

# What an address answers to one who has not signed in: the status by GET and by POST.
ADDRESSES = {
    "account_login": (200, 200), "account_logout": (302, 302), "account_signup": (302, 302),
    "account_reset_password": (302, 302), "set_language": (302, 302), "None": (302, 302),
    "mfa_index": (302, 405), "mfa_authenticate": (302, 302), "account_reauthenticate": (302, 302),
    "mfa_reauthenticate": (302, 302), "mfa_reauthenticate_webauthn": (302, 302),
    "mfa_activate_totp": (302, 302), "mfa_deactivate_totp": (302, 302),
    "mfa_view_recovery_codes": (302, 302), "mfa_generate_recovery_codes": (302, 302),
    "mfa_list_webauthn": (302, 302), "mfa_add_webauthn": (302, 302),
    "mail_hook": (405, 404),
    "mfa_login_webauthn": (302, 302), "mfa_remove_webauthn": (302, 302),
}  # fmt: skip
# These have tables of their own, which fail for an address without a line.
ROOMS = {"desk", "portal", "entry"}
HOSTILE_HOSTS = [
    "evil.example",
    "localhost.evil.example",
    "localhost:80@evil.example",
    "[::1].evil.example",
]


def patterns(resolver, room=""):
    for entry in resolver.url_patterns:
        if isinstance(entry, URLResolver):
            yield from patterns(entry, entry.namespace or room)
        elif isinstance(entry, URLPattern):
            yield room, entry


def test_it_knows_every_address():
    mine = {str(entry.name) for room, entry in patterns(get_resolver()) if room not in ROOMS}
    assert mine == set(ADDRESSES)
    assert {room for room, _entry in patterns(get_resolver())} == {"", *ROOMS}


def test_it_answers_strangers_as_its_line_says(cast):
    for room, entry in patterns(get_resolver()):
        if room in ROOMS:
            continue
        where = "/language/setlang/" if entry.name == "set_language" else f"/{entry.pattern}"
        where = where.replace("<int:pk>", "1")
        client = Client()
        assert (client.get(where).status_code, client.post(where).status_code) == ADDRESSES[
            str(entry.name)
        ], where


@pytest.mark.parametrize("host", HOSTILE_HOSTS)
def test_it_answers_to_its_own_name_only(db, host):
    for where in ("/", "/desk/", "/me/login/"):
        assert Client(headers={"host": host}).get(where).status_code == 400


@pytest.mark.parametrize(
    "where",
    ["/nowhere", "/desk", "/status/", "/../etc/passwd", "/%00", "/admin/", "/static/../house.sqlite3", "/desk/cases//reply", "/%f0%9f%92%a9", "/" + "a" * 4_000, "/accounts/login/", "/.git/config", "/secret"],
)  # fmt: skip
def test_it_has_nothing_anywhere_else(db, where):
    answer = Client().get(where)
    assert answer.status_code in {404, 301}
    if answer.status_code == 301:
        assert answer["Location"].startswith("/")
        assert not answer["Location"].startswith("//")


def test_it_says_so_with_a_page_of_the_house(cast):
    page = Client().get("/nowhere")
    assert "There is nothing here." in page.content.decode()
    assert "default-src 'none'" in page["Content-Security-Policy"]


@pytest.mark.parametrize(
    "accepted", ["pl", "ru", "sk", "en", "x" * 5_000, "\0", "en;q=nan", "," * 900]
)
def test_it_takes_any_language_of_a_browser(db, accepted):
    assert Client(headers={"accept-language": accepted}).get("/").status_code == 200


@pytest.mark.parametrize("cookie", ["xx", "pl-PL", "../pl", "\0", "pl" * 300])
def test_it_takes_any_language_of_a_cookie(complaint, cookie):
    client = Client()
    client.cookies["django_language"] = cookie
    assert client.get("/").status_code == 200
    assert client.get(f"/status/{token_for(complaint.contact)}/").status_code == 200
