"""A mailbox that a provider's permission opens: from the desk to the mail that comes in."""

import threading
import time
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from imap_server import Post, Server

from amends.doors.desk.mailbox_grant import redirect
from amends.doors.mail.fetching import Visit
from amends.ground import clock
from amends.records.post import providers
from amends.records.post.models import Grant, Mailbox, Pickup, RawMail
from oauth_provider import Provider, Serving, asked_for

pytestmark = pytest.mark.django_db(transaction=True)

LETTER = b"From: o@c.example\r\nSubject: Lamp\r\n\r\nIt broke.\r\n"


@pytest.fixture
def provider():
    return Provider(redirect=redirect())


@pytest.fixture
def post(provider):
    return Post(tokens=provider.tokens)


@pytest.fixture(autouse=True)
def there(provider, post, monkeypatch):
    with Serving(provider) as serving, Server(post) as server:
        known = serving.known(port=server.port)
        monkeypatch.setitem(providers.PROVIDERS, "google", known)
        yield server


@pytest.fixture
def jan(cast):
    client = Client()
    client.force_login(cast.jan, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


@pytest.fixture
def mailbox(cast):
    return Mailbox.objects.get()


def ask(jan, mailbox, provider, secret="sécret one"):
    """Name our program and go to the provider; the address that one is sent back to."""
    typed = {"provider": "google", "user": mailbox.address, "client_id": "ours"}
    page = reverse("desk:house_grant", args=[mailbox.pk])
    assert jan.post(page, {**typed, "client_secret": secret})["Location"] == page
    went = jan.get(reverse("desk:house_grant_go", args=[mailbox.pk]))["Location"]
    assert secret not in went
    return provider.authorise(asked_for(went))


def visit(pickup, post):
    Pickup.objects.filter(pk=pickup.pk).update(due_at=clock.now() - timedelta(seconds=1))
    pickup.refresh_from_db()
    stop = threading.Event()
    assert pickup.claim(clock.now())
    stay = threading.Thread(target=Visit(pickup, stop).run)
    post.commands.clear()
    stay.start()
    deadline = time.monotonic() + 10
    while stay.is_alive() and "IDLE" not in post.commands and time.monotonic() < deadline:
        time.sleep(0.02)
    stop.set()
    stay.join(10)
    pickup.refresh_from_db()
    return pickup


def test_it_opens_the_mailbox_that_was_permitted(jan, mailbox, provider, post):
    answer = jan.get(ask(jan, mailbox, provider))
    assert answer["Location"] == reverse("desk:house_pickup", args=[mailbox.pk])
    post.arrive(LETTER, datetime.now(UTC).date() + timedelta(days=1))
    pickup = visit(Pickup.objects.get(), post)
    assert pickup.trouble == ""
    assert RawMail.objects.get().content() == LETTER
    assert post.sign_ins == [("XOAUTH2", mailbox.address, True)]
    assert provider.asked == ["authorization_code"]


def test_it_keeps_all_secrets_sealed(jan, mailbox, provider):
    jan.get(ask(jan, mailbox, provider))
    kept = str(Grant.objects.values().get()) + str(Pickup.objects.values().get())
    page = jan.get(reverse("desk:house_grant", args=[mailbox.pk])).content.decode()
    for secret in ("sécret one", *provider.tokens, *provider.refreshes):
        assert secret not in kept + page


@pytest.mark.parametrize("rotates", [False, True])
def test_it_renews_what_has_ended(jan, mailbox, provider, post, rotates):
    provider.rotates, provider.seconds = rotates, 60
    jan.get(ask(jan, mailbox, provider))
    for _ in range(3):
        assert visit(Pickup.objects.get(), post).trouble == ""
    assert provider.asked == ["authorization_code", *["refresh_token"] * 3]


def test_it_renews_what_the_server_takes_no_more(jan, mailbox, provider, post):
    jan.get(ask(jan, mailbox, provider))
    provider.tokens.clear()
    assert visit(Pickup.objects.get(), post).trouble == "sign_in"
    assert visit(Pickup.objects.get(), post).trouble == ""


def test_it_says_when_the_permission_has_ended(jan, mailbox, provider, post):
    provider.seconds = 60
    jan.get(ask(jan, mailbox, provider))
    provider.refreshes.clear()
    pickup = visit(Pickup.objects.get(), post)
    assert (pickup.trouble, pickup.trouble_answer) == ("grant", "invalid_grant")
    provider.breaks = b"HTTP/1.0 503 Later\r\n\r\n"
    assert visit(pickup, post).trouble == "unreachable"
    provider.breaks = b""
    jan.get(ask(jan, mailbox, provider))
    assert visit(pickup, post).trouble == ""


def test_it_takes_a_permission_once_and_from_whom_it_was_asked(jan, cast, mailbox, provider):
    back = ask(jan, mailbox, provider)
    other = Client()
    other.force_login(cast.ewa, backend="allauth.account.auth_backends.AuthenticationBackend")
    assert other.get(back).status_code == 404
    assert jan.get(back.replace("state=", "state=x")).status_code == 404
    # A wrong state ends it: who was lured here asks again.
    assert jan.get(back).status_code == 404
    assert not Pickup.objects.exists()
    back = ask(jan, mailbox, provider)
    assert jan.get(back).status_code == 302
    assert jan.get(back).status_code == 404


@pytest.mark.parametrize("how", ["no", "secret", "short", "silence"])
def test_it_says_why_there_is_no_permission(jan, mailbox, provider, how):
    if how == "no":
        provider.says_no = "access_denied"
    back = ask(jan, mailbox, provider, secret="wrong" if how == "secret" else "sécret one")
    provider.gives_refresh = how != "short"
    provider.breaks = b"HTTP/1.0 503 Later\r\n\r\n" if how == "silence" else b""
    page = jan.get(back, follow=True).content.decode()
    said = {"no": "access_denied", "secret": "invalid_client", "short": "ends within the hour",
            "silence": "could not be asked"}[how]  # fmt: skip
    assert said in page
    assert not Pickup.objects.exists()
    assert not Grant.objects.get().is_given


def test_it_shows_a_token_to_no_other_server(jan, mailbox, provider):
    jan.get(ask(jan, mailbox, provider))
    page = reverse("desk:house_pickup", args=[mailbox.pk])
    pickup = Pickup.objects.get()
    typed = {
        "host": pickup.host, "port": pickup.port, "security": "none", "user": pickup.user,
        "password": "", "folder": "INBOX", "done_folder": "Done", "failed_folder": "Not taken",
        "since_date": "2026-11-25",
    }  # fmt: skip
    assert jan.post(page, typed).status_code == 302
    for other in ({"host": "localhost"}, {"port": "2"}, {"user": "other@x.example"}):
        assert jan.post(page, {**typed, **other}).status_code == 422
    pickup.refresh_from_db()
    assert (pickup.done_folder, pickup.has_password) == ("Done", False)
