"""Much mail at once: one that can't be taken in stops no other, and a kill loses and doubles none."""

import json
import os
import signal
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

import pytest
from bench.mails import mixed_mails, write_mails
from django.core.management import CommandError, call_command
from django.db import OperationalError
from tests.doors.mail.deadly import DEADLY, ENDLESS, read_or_die

from amends.doors.mail import bulk
from amends.doors.mail.bulk import take_in_files
from amends.doors.mail.files import Found
from amends.doors.mail.parsing import Readers, Reading, read_some
from amends.expertise.correspondence import Letter
from amends.records.complaints.models import Contact, Message
from amends.records.post.models import RawMail

ROOT = Path(__file__).resolve().parents[3]


def found(*contents):
    return [Found(str(number), "file", content) for number, content in enumerate(contents)]


def test_the_sums_hold_for_mixed_mails(cast, tmp_path, capsys):
    write_mails(tmp_path / "mails", 60)
    automatic = b"From: robot@a.example\nAuto-Submitted: auto-replied\n\nI am away.\n"
    (tmp_path / "mails" / "zz.eml").write_bytes(automatic)
    call_command("intake", str(tmp_path / "mails"), str(tmp_path / "mails" / "000000.eml"))
    told = json.loads(capsys.readouterr().out.splitlines()[-1])
    assert told["mails"] == 62
    assert told["mails"] == sum(
        told[kind] for kind in ("contacts", "replies", "duplicates", "automatic")
    )
    assert (told["duplicates"], told["automatic"], told["unparsed"]) == (1, 1, 0)
    assert told["messages"] == Message.objects.count() == 61
    assert told["contacts"] == Contact.objects.exclude(proposal="nothing").count()
    assert told["replies"] > 10


def test_a_mail_that_breaks_the_taking_in_comes_in_as_its_source(cast, monkeypatch):
    take_in_all = bulk.take_in_all

    def fragile(arrivals, *, at):
        if any(arrival.letter.subject == "poison" for arrival in arrivals):
            raise ValueError("poison")
        return take_in_all(arrivals, at=at)

    monkeypatch.setattr(bulk, "take_in_all", fragile)
    mails = [*mixed_mails(8), b"From: a@a.example\nSubject: poison\n\nBitter.\n"]
    tally = take_in_files(found(*mails), None, told=lambda _tally: None)
    assert (tally.mails, tally.unparsed, Message.objects.count()) == (9, 1, 9)
    broken = RawMail.objects.get(state="unreadable")
    assert "poison" in broken.error
    assert "Bitter." in Message.objects.get(raw=broken).text


@pytest.mark.parametrize("bad", [DEADLY, ENDLESS])
def test_a_mail_that_ends_or_keeps_its_reader_comes_in_as_its_source(cast, monkeypatch, bad):
    monkeypatch.setattr("amends.doors.mail.parsing._LONGEST_SECONDS", 2)
    mails = list(mixed_mails(6))
    with Readers(None, read_or_die) as readers:
        told = take_in_files(found(*mails, bad), readers, told=lambda _tally: None)
    assert (told.mails, told.unparsed) == (7, 1)
    assert Message.objects.count() == 7
    assert RawMail.objects.get(state="unreadable").content() == bad


@pytest.mark.parametrize("trouble", [OperationalError("away"), OSError(28, "No space left")])
def test_the_database_or_the_disk_at_fault_is_no_fault_of_a_mail(
    cast, monkeypatch, tmp_path, capsys, trouble
):
    def away(*_args, **_kwargs):
        raise trouble

    write_mails(tmp_path / "mails", 3)
    with monkeypatch.context() as broken:
        broken.setattr(bulk, "take_in_all", away)
        with pytest.raises(CommandError, match="nothing comes in twice"):
            call_command("intake", str(tmp_path / "mails"))
    assert not RawMail.objects.exists()
    call_command("intake", str(tmp_path / "mails"))
    assert json.loads(capsys.readouterr().out.splitlines()[-1])["mails"] == 3
    assert not RawMail.objects.exclude(state="read").exists()


def test_killed_on_the_way_it_loses_and_doubles_nothing(tmp_path):
    mails = tmp_path / "mails"
    write_mails(mails, 400)
    home = {"AMENDS_HOME": str(tmp_path / "house"), "PYTHONPATH": str(ROOT / "src")}
    env = {**os.environ, **home, "AMENDS_LOG": "ERROR", "DATABASE_URL": ""}

    def program(*words):
        return [sys.executable, "-m", "amends.site", *words]

    subprocess.run(program("setup"), check=True, env=env, capture_output=True)
    for seconds in (0.9, 1.3):
        running = subprocess.Popen(
            program("intake", str(mails)), env=env, stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL, start_new_session=True,
        )  # fmt: skip
        time.sleep(seconds)
        os.killpg(running.pid, signal.SIGKILL)
        running.wait()
    done = subprocess.run(
        program("intake", str(mails)), env=env, check=True, capture_output=True, text=True
    )
    told = json.loads(done.stdout.splitlines()[-1])
    assert told["mails"] == 400
    listed = subprocess.run(
        program("contacts", "--json"), env=env, check=True, capture_output=True, text=True
    )
    contacts = map(json.loads, listed.stdout.splitlines())
    came = Counter(m["message_id"] for contact in contacts for m in contact["messages"])
    assert came == Counter(f"1.{number}@mail.example" for number in range(400))


def test_a_reading_names_its_language():
    (reading,) = read_some(["Subject: Лампа\n\nЛампа пришла разбитой.\n".encode()], None)
    assert isinstance(reading, Reading)
    assert isinstance(reading.letter, Letter)
    assert reading.language == "ru"
