"""A new key for the house: second factors, links and Message-IDs outlive it."""

import uuid
from io import StringIO

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from allauth.mfa.totp.internal.auth import yield_hotp_counters_from_time as counters
from django.core.management import CommandError, call_command

from amends.ground import secret_key
from amends.ground.oauth import Tokens
from amends.ground.sealing import CannotUnseal
from amends.records.complaints import links
from amends.records.post import message_ids
from amends.records.post.models import Grant, Mailbox, Pickup
from amends.records.post.models.pickup import Server

SECRET = "JBSWY3DPEHPK3PXP"


def rotate(*arguments):
    said = StringIO()
    call_command("rotate-secrets", *arguments, stdout=said)
    return said.getvalue()


def start_again(settings):
    """Read the keys from the folder, as the settings of a new process do."""
    settings.SECRET_KEY = secret_key.read_or_make(settings.HOUSE_HOME)
    settings.SECRET_KEY_FALLBACKS = secret_key.older(settings.HOUSE_HOME)


@pytest.fixture
def factors(cast, settings):
    """A house whose key stands in its folder, and Ana with an app and codes."""
    start_again(settings)
    TOTP.activate(cast.ana, SECRET)
    codes = RecoveryCodes.activate(cast.ana).get_unused_codes()
    Authenticator.objects.create(user=cast.marek, type="webauthn", data={"name": "key"})
    return codes


def app_of(person):
    return Authenticator.objects.get(user=person, type="totp").wrap()


def codes_of(person):
    return Authenticator.objects.get(user=person, type="recovery_codes").wrap()


def number_of(secret):
    return format_hotp_value(hotp_value(secret, next(iter(counters()))))


def test_it_keeps_the_second_factor_sealed(cast, factors):
    kept = str(list(Authenticator.objects.filter(user=cast.ana).values_list("data", flat=True)))
    assert SECRET not in kept
    assert kept.count("sealed1:") == 2
    assert app_of(cast.ana).validate_code(number_of(SECRET))


def test_it_lets_the_second_factor_outlive_the_key(cast, factors, settings):
    old = settings.SECRET_KEY
    assert "2 secrets" in rotate()
    start_again(settings)
    assert secret_key.older(settings.HOUSE_HOME) == [old]
    settings.SECRET_KEY_FALLBACKS = []
    assert codes_of(cast.ana).get_unused_codes() == factors
    assert app_of(cast.ana).validate_code(number_of(SECRET))


def test_it_lets_mailboxes_outlive_the_key(cast, factors, settings, now):
    mailbox = Mailbox.objects.get()
    server = Server("imap.example.org", 993, "tls", "help", "INBOX", "Done", "Not", now.date())
    Pickup.objects.arrange(mailbox, server, password="secret one", by=cast.jan, at=now)
    grant = Grant.objects.prepare(
        mailbox, provider="google", tenant="", user="help", client_id="ours",
        client_secret="secret two", by=cast.jan, at=now,
    )  # fmt: skip
    grant.renew(Tokens("token", "refresh", 3600), now)
    assert "4 secrets" in rotate("--forget-older")
    start_again(settings)
    assert Pickup.objects.get().password() == "secret one"
    grant.refresh_from_db()
    assert grant.client().secret == "secret two"
    assert (grant.access(now), grant.refresh()) == ("token", "refresh")


def test_it_leaves_links_and_message_ids_good(contact, factors, settings):
    link, key = links.token_for(contact), uuid.uuid4()
    message_id = message_ids.signed(key, "house.example")
    rotate()
    start_again(settings)
    assert links.contact_behind(link) == contact
    assert message_ids.key_of(message_id) == key
    rotate("--forget-older")
    start_again(settings)
    assert message_ids.key_of(message_id) is None
    assert message_ids.key_of(message_ids.signed(key, "house.example")) == key


def test_it_draws_no_key_where_the_environment_has_it(cast, factors, settings):
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "from outside", [settings.SECRET_KEY]
    assert "AMENDS_SECRET_KEY" in rotate()
    assert secret_key.older(settings.HOUSE_HOME) == []
    settings.SECRET_KEY_FALLBACKS = []
    assert app_of(cast.ana).validate_code(number_of(SECRET))


def test_it_forgets_no_key_while_a_secret_needs_one_that_is_lost(cast, factors, settings):
    settings.SECRET_KEY = "lost"
    TOTP.activate(cast.marek, SECRET)
    start_again(settings)
    with pytest.raises(CommandError):
        rotate("--forget-older")
    start_again(settings)
    assert len(settings.SECRET_KEY_FALLBACKS) == 1
    assert codes_of(cast.ana).get_unused_codes() == factors
    with pytest.raises(CannotUnseal):
        app_of(cast.marek).validate_code("123456")
