"""`bin/amends verify` says in plain words what was changed, or that nothing was."""

import json

import pytest
from django.core.management import CommandError, call_command
from django.db import models

from amends.ground.events.models import Chain, Event


def tamper(contact, **values):
    models.QuerySet.update(Event.objects.filter(thread=contact.pk, number=1), **values)


def test_it_says_that_all_chains_hold(complaint, capsys):
    call_command("verify")
    assert "All chains hold" in capsys.readouterr().out


def test_it_names_the_case_the_event_and_what_is_wrong(complaint, capsys):
    tamper(complaint.contact, verb="unheard")
    with pytest.raises(CommandError, match="1 thing wrong"):
        call_command("verify")
    said = capsys.readouterr().out
    assert f"contact {complaint.contact.reference}: event 1 doesn't follow" in said


def test_it_says_so_where_the_row_is_gone(contact, capsys):
    tamper(contact, data={})
    key = contact.pk
    contact.delete()
    with pytest.raises(CommandError):
        call_command("verify")
    assert f"thread {key}: event 1 tells something else" in capsys.readouterr().out


def test_it_prints_lines_of_json_and_ends_with_one(complaint, capsys):
    tamper(complaint.contact, data={"word": "lie"})
    with pytest.raises(SystemExit) as ended:
        call_command("verify", json=True)
    assert ended.value.code == 1
    finding, whole = map(json.loads, capsys.readouterr().out.splitlines())
    assert finding == {
        "thread": str(complaint.contact.pk), "number": 1, "flaw": "changed",
        "name": f"contact {complaint.contact.reference}",
    }  # fmt: skip
    assert whole["findings"] == 1
    assert (whole["events"], whole["erased"]) == (Event.objects.count(), 0)


def test_it_seals_anew_after_the_key_was_changed_and_says_so_in_the_house(
    cast, complaint, capsys, settings
):
    settings.SECRET_KEY = "another"
    with pytest.raises(CommandError):
        call_command("verify")
    assert "No chain is sealed with the key of this house" in capsys.readouterr().out
    sealed = Chain.objects.count()
    call_command("verify", seal_anew=True)
    assert "All chains hold" in capsys.readouterr().out
    assert Event.objects.get(thread=cast.house.id, verb="sealed_anew").data == {"threads": sealed}
