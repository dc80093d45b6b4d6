import time
from unittest import mock

import pytest
from django.core import signing

from amends.records.complaints.links import (
    LinkExpired,
    LinkUnreadable,
    contact_behind,
    token_for,
    url_for,
)

DAY = 24 * 3600


def test_it_leads_to_its_contact_and_no_other(contact, receive):
    other = receive(sender="eve@elsewhere.example").contact
    assert contact_behind(token_for(contact)) == contact
    assert contact_behind(token_for(other)) == other
    assert token_for(contact) in url_for(contact)


def test_it_cannot_be_turned_to_another_contact(contact, receive):
    other = receive(sender="eve@elsewhere.example").contact
    forged = token_for(contact).replace(contact.id.hex, other.id.hex)
    with pytest.raises(LinkUnreadable):
        contact_behind(forged)


@pytest.mark.parametrize(
    "token", ["", ":", "::", "x:y:z", "\u0142:\u0142:\u0142", "0" * 5000, "\x00"]
)
def test_it_is_unreadable_when_it_is_none_of_ours(contact, token):
    with pytest.raises(LinkUnreadable):
        contact_behind(token)


def test_it_is_unreadable_when_cut_off_or_changed(contact):
    token = token_for(contact)
    for bad in (token[:-1], token[1:], token.upper(), token + "0", token.replace(":", "-")):
        with pytest.raises(LinkUnreadable):
            contact_behind(bad)


def test_it_is_unreadable_when_signed_for_something_else(contact):
    other = signing.TimestampSigner(salt="another.use").sign(contact.id.hex)
    with pytest.raises(LinkUnreadable):
        contact_behind(other)


def test_it_is_unreadable_when_its_contact_is_gone(contact):
    token = token_for(contact)
    contact.delete()
    with pytest.raises(LinkUnreadable):
        contact_behind(token)


@pytest.mark.parametrize(("days", "expired"), [(59, False), (61, True)])
def test_it_expires_after_the_days_that_the_house_has_set(contact, days, expired):
    with mock.patch.object(time, "time", return_value=time.time() - days * DAY):
        token = token_for(contact)
    if not expired:
        assert contact_behind(token) == contact
        return
    with pytest.raises(LinkExpired) as old:
        contact_behind(token)
    assert old.value.contact == contact


def test_it_does_nothing_when_opened(contact, verbs):
    before = verbs(contact)
    contact_behind(token_for(contact))
    assert verbs(contact) == before
