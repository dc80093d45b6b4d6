"""What doctor says of the zone of the sender's address, and of each mailbox that is picked up."""

import socket
import time
from datetime import date

import pytest
from tests.doors.mail.imap_server import Post, Server

from amends.doors.mail import imap
from amends.ground import oauth, zone
from amends.records.post import providers
from amends.records.post.models import Grant, Mailbox, Pickup
from amends.records.post.models.pickup import Server as Named
from amends.site.checkup import mail
from amends.site.checkup.mail import look_at_mail
from oauth_provider import Provider, Serving
from zone_server import Zone

pytestmark = pytest.mark.django_db


def found(now):
    return {finding.name: finding for finding in look_at_mail(now)}


@pytest.fixture(autouse=True)
def nobody(monkeypatch):
    """No name server, as on a machine that is offline."""

    def silent():
        raise zone.Silent("no resolver")

    monkeypatch.setattr(zone, "resolver", silent)


@pytest.fixture
def serve(monkeypatch):
    def served(records):
        there = Zone(records)
        monkeypatch.setattr(zone, "resolver", there.resolver)
        return there

    return served


@pytest.fixture
def post():
    return Post()


@pytest.fixture
def server(post):
    with Server(post) as server:
        yield server


@pytest.fixture
def arrange(cast, server, now):
    def arranged(password="secret one", grant=None, **other):
        named = {
            "host": "127.0.0.1", "port": server.port, "security": "none", "user": "help",
            "folder": "INBOX", "done_folder": "Done", "failed_folder": "Not taken",
            "since_date": date(2026, 11, 25), **other,
        }  # fmt: skip
        return Pickup.objects.arrange(
            Mailbox.objects.get(), Named(**named), password=password, grant=grant, by=cast.jan,
            at=now,
        )  # fmt: skip

    return arranged


@pytest.fixture
def granted(cast, server, post, monkeypatch, now, arrange):
    """A mailbox that a provider's permission opens; the token at hand has run out."""
    provider = Provider(tokens=post.tokens, refreshes={"refresh1"})
    with Serving(provider) as serving:
        known = serving.known(port=server.port)
        monkeypatch.setitem(providers.PROVIDERS, "google", known)
        grant = Grant.objects.prepare(
            Mailbox.objects.get(), provider="google", tenant="t", user="help@house.example",
            client_id="ours", client_secret=provider.client_secret, by=cast.jan, at=now,
        )  # fmt: skip
        grant.give(oauth.Tokens("old", "refresh1", 0), by=cast.jan, at=now)
        arrange(password="", grant=grant, user="help@house.example")
        yield provider


def test_it_says_each_record_in_a_sentence_and_what_to_put_there(cast, now, serve):
    with serve({"house.example": ["v=spf1 mx ~all"]}):
        told = found(now)
    assert set(told) == {"SPF", "DKIM", "DMARC"}
    assert (told["SPF"].level, told["DMARC"].level) == ("good", "warning")
    assert "house.example" in told["DKIM"].says
    assert told["DMARC"].do == (
        "As TXT record of _dmarc.house.example: v=DMARC1; p=none; rua=mailto:help@house.example"
    )


def test_it_says_that_it_could_not_ask(cast, now):
    told = found(now)
    assert set(told) == {"sender"}
    assert told["sender"].level == "warning"
    assert "could not be asked" in told["sender"].says


@pytest.mark.parametrize("address", ["help@localhost", "help", "help@127.0.0.1"])
def test_it_asks_for_no_address_that_is_nowhere(cast, now, address):
    cast.house.address = address
    cast.house.save()
    assert found(now) == {}


def test_a_demo_asks_nobody(cast, now, settings, arrange):
    settings.DEMO = True
    arrange(host="imap.nowhere.example", security="tls")
    assert found(now) == {}


def test_it_signs_in_and_changes_nothing(cast, now, post, arrange):
    arrange()
    told = found(now)["mailbox help@house.example"]
    assert told.level == "good"
    assert list(post.folders) == ["INBOX"]
    assert "EXAMINE" in post.commands
    assert not set(post.commands) & {"SELECT", "CREATE", "UID_FETCH"}


@pytest.mark.parametrize(
    ("other", "says"),
    [
        ({"password": "wrong"}, "refuses this name or this password"),
        ({"folder": "Nowhere"}, "no such folder"),
        ({"port": 1}, "can’t be reached"),
        ({"security": "tls"}, "can’t be reached"),
    ],
)
def test_it_says_what_is_in_the_way_and_what_to_do(cast, now, arrange, other, says):
    arrange(**other)
    told = found(now)["mailbox help@house.example"]
    assert told.level == "wrong"
    assert says in told.says
    assert told.do


def test_it_renews_a_permission_and_keeps_what_it_got(now, granted):
    assert found(now)["mailbox help@house.example"].level == "good"
    assert granted.asked == ["refresh_token"]
    assert Grant.objects.get().access(now) in granted.tokens


def test_it_says_that_a_permission_was_taken_back(now, granted):
    granted.says_no = "invalid_grant"
    told = found(now)["mailbox help@house.example"]
    assert told.level == "wrong"
    assert "gives no permission any more" in told.says
    assert told.do == "Sign in at the provider anew: House, Mail, the mailbox."


def test_it_waits_for_no_server_that_says_nothing(cast, now, arrange, monkeypatch):
    monkeypatch.setattr(mail, "_SECONDS", 0.2)
    with socket.create_server(("127.0.0.1", 0)) as mute:
        arrange(port=mute.getsockname()[1])
        began = time.monotonic()
        assert found(now)["mailbox help@house.example"].level == "wrong"
    assert time.monotonic() - began < imap._SECONDS / 4
