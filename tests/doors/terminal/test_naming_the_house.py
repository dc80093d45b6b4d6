"""`bin/amends house` says who the house is, or changes it; a wrong word gets a sentence."""

import pytest
from django.core.management import CommandError, call_command

from amends.records.house.models import House
from amends.records.post.models import Mailbox

NAMED = {
    "name": "Lampy Nowak", "address": "Pomoc@Lampy.example", "phone": "+48 12 555 01 99",
    "language": "pl", "zone": "Europe/Bratislava",
}  # fmt: skip


def test_it_names_an_empty_house_and_opens_its_mailbox(db, capsys):
    for _time in range(2):
        call_command("house", **NAMED)
    house = House.objects.get()
    kept = {name: getattr(house, name) for name in NAMED}
    assert kept == {**NAMED, "address": "pomoc@lampy.example"}
    assert Mailbox.objects.get(address="pomoc@lampy.example").team.is_default
    said = capsys.readouterr().out
    assert "Lampy Nowak" in said
    assert "pomoc@lampy.example" in said


def test_it_shows_the_house_and_changes_nothing(cast, capsys):
    call_command("house")
    assert "Krakofon" in capsys.readouterr().out
    assert House.objects.get().address == "help@house.example"


def test_it_changes_only_what_it_is_told(cast):
    call_command("house", phone="+48 1")
    house = House.objects.get()
    assert (house.name, house.phone, house.zone) == ("Krakofon", "+48 1", "Europe/Warsaw")


@pytest.mark.parametrize(
    "wrong",
    [
        {"zone": "Mars/Olympus"}, {"zone": "../../etc/passwd"}, {"zone": "Europe"}, {"zone": ""},
        {"address": "nonsense"}, {"address": "a@b.example\nBcc: c@d.example"}, {"address": ""},
        {"name": ""}, {"name": "n" * 121}, {"phone": "1" * 41}, {"language": "xx"},
    ],
)  # fmt: skip
def test_it_says_what_is_wrong_and_changes_nothing(cast, wrong):
    before = House.objects.values().get()
    arguments = [f"--{name}={value}" for name, value in wrong.items()]
    with pytest.raises(CommandError) as refused:
        call_command("house", *arguments)
    assert str(refused.value)
    assert House.objects.values().get() == before
