"""`bin/amends person` takes somebody in, or gives them a new password."""

import getpass

import pytest
from allauth.mfa.models import Authenticator
from django.core.management import CommandError, call_command

from amends.records.people.models import Person

STRONG = "correct horse battery staple"


@pytest.fixture
def types(monkeypatch):
    """What is typed when the terminal asks; what isn't asked for isn't typed."""

    def types(password):
        asked = []

        def ask(_prompt=""):
            asked.append(password)
            return password

        monkeypatch.setattr(getpass, "getpass", ask)
        return asked

    return types


def test_it_takes_a_person_in_with_their_roles(db, types, capsys):
    types(STRONG)
    call_command(
        "person", " Ewa@House.example ", "Ewa Król", "--lead", "--administrator", "--language=pl"
    )
    ewa = Person.objects.get_by_natural_key("ewa@house.example")
    assert (ewa.name, ewa.leads, ewa.administers, ewa.assures, ewa.language) == (
        "Ewa Król",
        True,
        True,
        False,
        "pl",
    )
    assert ewa.check_password(STRONG)
    assert ewa.teams.get().is_default
    said = capsys.readouterr().out
    assert "ewa@house.example" in said
    assert STRONG not in said


def test_it_gives_somebody_who_is_here_a_new_password(cast, types):
    types(STRONG)
    call_command("person", "ANA@house.example")
    ana = Person.objects.get(pk=cast.ana.pk)
    assert ana.check_password(STRONG)
    assert (ana.name, ana.leads) == ("Ana Example", False)


def test_it_forgets_a_lost_second_factor_only_when_told(cast, types):
    types(STRONG)
    for person in (cast.ana, cast.marek):
        Authenticator.objects.create(user=person, type="totp", data={"secret": "x"})
    call_command("person", "ana@house.example")
    assert Authenticator.objects.filter(user=cast.ana).exists()
    call_command("person", "ana@house.example", "--without-second-factor")
    assert list(Authenticator.objects.values_list("user", flat=True)) == [cast.marek.pk]


@pytest.mark.parametrize("password", ["", "short", "password123", "1234567890", "qwertyuiop"])
def test_it_refuses_a_weak_password(db, types, password):
    types(password)
    with pytest.raises(CommandError) as refused:
        call_command("person", "ewa@house.example", "Ewa Król")
    assert "password" in str(refused.value)
    assert not Person.objects.get_queryset().exists()


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["new@house.example"], "say the name too"),
        (["nonsense", "Ewa Król"], "address"),
        (["a@b.example\nc@d.example", "Ewa Król"], "address"),
        (["ewa@house.example", "n" * 121], "120"),
    ],
)
def test_it_says_what_is_wrong_before_it_asks_for_a_password(db, types, arguments, sentence):
    asked = types(STRONG)
    with pytest.raises(CommandError, match=sentence):
        call_command("person", *arguments)
    assert asked == []
    assert not Person.objects.get_queryset().exists()
