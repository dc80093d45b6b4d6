"""A new password: a link to the address on file, for two hours, until it has done its work."""

from datetime import timedelta

import pytest
from django.core import signing

from amends.records.joining import resetting, tokens
from amends.records.joining.refusals import LinkOver
from amends.records.people.models import Person
from amends.records.post.models import Outgoing


def ask(address, now):
    resetting.send_link.func(address, "en", now.isoformat())


def test_it_writes_to_the_address_on_file(cast, now):
    Person.objects.get_queryset().filter(pk=cast.ana.pk).update(language="sk")
    ask("ANA@house.example", now)
    mail = Outgoing.objects.on(cast.ana.pk).get()
    assert (mail.to_address, mail.language) == ("ana@house.example", "sk")
    token = mail.body.partition("/me/password/")[2].split("/")[0]
    assert tokens.person_behind(token, at=now) == cast.ana


def test_it_writes_to_nobody_else(cast, now):
    Person.objects.get_queryset().filter(pk=cast.marek.pk).update(is_active=False)
    for address in ("nobody@house.example", "marek@house.example", "", "olga@customer.example"):
        ask(address, now)
    assert not Outgoing.objects.exists()


def test_it_sets_the_password_once(cast, now):
    token = tokens.token_for(cast.ana, at=now)
    resetting.set_by_link(token, "long enough 1", at=now)
    assert Person.objects.get(pk=cast.ana.pk).check_password("long enough 1")
    with pytest.raises(LinkOver):
        resetting.set_by_link(token, "long enough 2", at=now)
    assert Person.objects.get(pk=cast.ana.pk).check_password("long enough 1")


def test_it_holds_for_two_hours(cast, now):
    token = tokens.token_for(cast.ana, at=now)
    assert tokens.person_behind(token, at=now + timedelta(hours=2)) == cast.ana
    for at in (now + timedelta(hours=2, seconds=1), now - timedelta(seconds=1)):
        with pytest.raises(LinkOver):
            tokens.person_behind(token, at=at)


@pytest.mark.parametrize(
    "since", [{"last_login": True}, {"email": "new@house.example"}, {"is_active": False}]
)
def test_it_ends_when_something_has_happened_since(cast, now, since):
    token = tokens.token_for(cast.ana, at=now)
    changed = {"last_login": now} if "last_login" in since else since
    Person.objects.get_queryset().filter(pk=cast.ana.pk).update(**changed)
    with pytest.raises(LinkOver):
        tokens.person_behind(token, at=now)


@pytest.mark.parametrize("said", [{}, {"p": "x", "t": 1, "s": ""}, {"p": "0" * 32, "t": "x", "s": 1}, [], 7])  # fmt: skip
def test_it_knows_no_link_that_it_has_not_made(db, now, said):
    for token in (signing.dumps(said, salt="amends.password"), "", "a:b:c", signing.dumps(said)):
        with pytest.raises(LinkOver):
            tokens.person_behind(token, at=now)


def test_it_ends_all_sessions_without_a_new_password(cast, now):
    before, password = cast.ana.get_session_auth_hash(), cast.ana.password
    resetting.sign_out_elsewhere(cast.ana, at=now)
    assert cast.ana.get_session_auth_hash() != before
    assert cast.ana.password == password
