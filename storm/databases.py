"""PostgreSQL goes away and comes back, and SQLite is held by another for longer than one waits."""

import importlib
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from storm.house import ROOT
from storm.trial import Trial, helper, trial

_AWAY_SECONDS, _HELD_SECONDS = 20, 35
# What is stated in docs/running.md: a worker looks again within half a minute, the visitor of a
# mailbox when its lease of two minutes has ended.
_BACK_SECONDS, _MAILBOX_SECONDS = 45, 180
# The tests are in nobody's types.
imap_server: Any = importlib.import_module("tests.doors.mail.imap_server")
_POSTGRES = str(ROOT / "tests" / "postgres")
_HOLD = """
import sqlite3, sys, time
line = sqlite3.connect(sys.argv[1], isolation_level=None, timeout=30)
line.execute("BEGIN IMMEDIATE")
line.execute("UPDATE jobs_job SET attempts = attempts")
print("held", flush=True)
time.sleep(float(sys.argv[2]))
line.execute("ROLLBACK")
"""
_PICK_UP = """
import django; django.setup()
from datetime import date
from amends.ground import clock
from amends.records.people.models import Person
from amends.records.post.models import Mailbox, Pickup
from amends.records.post.models.pickup import Server
Pickup.objects.arrange(
    Mailbox.objects.get(), Server("127.0.0.1", {port}, "none", "help", "INBOX", "Done", "Not taken",
    date(2020, 1, 1)), password="secret one", by=Person.objects.first(), at=clock.now(),
)
"""


def away(scratch: Path) -> Trial:
    """Stop PostgreSQL while a mail is being sent, and start it again."""
    post = imap_server.Post()
    with _postgres(scratch / "cluster") as cluster, imap_server.Server(post) as mailbox, trial(
        scratch, "away", database_url=cluster.url
    ) as tried:  # fmt: skip
        tried.house.does(_PICK_UP.format(port=mailbox.port))
        tried.come_in()
        tried.tell(is_kept=True)
        tried.hand_in(10)
        post.arrive(tried.next_mail())
        tried.wait("the mailbox is emptied", 60, lambda: len(post.content("Done")) == 1)
        tried.settle()
        tried.server.just_before = lambda: cluster.does("away")
        tried.hand_in(1)
        tried.wait("the database is away", 60, lambda: tried.health()["state"] == "down")
        since = tried.house.log.stat().st_size if tried.house.log else 0
        post.arrive(tried.next_mail())
        _stands_without(tried)
        time.sleep(_AWAY_SECONDS)
        tried.is_quiet(since, 60)
        cluster.does("back")
        _comes_back(tried)
        done = "the mailbox is emptied again"
        tried.wait(done, _MAILBOX_SECONDS, lambda: len(post.content("Done")) == 2)
        tried.settle(_MAILBOX_SECONDS)
        for name in tried.house.roles:
            tried.expect(f"{name} lives", tried.house.lives(name))
        tried.count()
        return tried


def held(scratch: Path) -> Trial:
    """Let another process write for longer than anybody waits, just when a mail has left."""
    with trial(scratch, "held") as tried:
        tried.come_in()
        tried.tell(is_kept=True)
        tried.hand_in(10)
        tried.settle()
        holders = []
        database = str(tried.house.home / "house.sqlite3")
        tried.server.just_before = lambda: holders.append(
            helper(_HOLD, database, str(_HELD_SECONDS))
        )
        tried.hand_in(1)
        tried.wait("the database is held", 60, lambda: holders)
        since = tried.house.log.stat().st_size if tried.house.log else 0
        tried.tell(is_kept=False)
        tried.note()
        tried.offer_in_vain()
        holders[0].wait()
        tried.is_quiet(since, 60)
        _comes_back(tried)
        tried.settle()
        tried.count()
        return tried


def _stands_without(tried: Trial) -> None:
    tried.offer_in_vain()
    status, page = tried.ask("/")
    tried.expect(f"the first page says 503, and not {status}", status == 503)
    tried.expect("it is a page of the house", "work right now" in page)
    tried.tell(is_kept=False)


def _comes_back(tried: Trial) -> None:
    until = "the first page is there again"
    tried.wait(until, _BACK_SECONDS, lambda: tried.ask("/")[0] == 200)
    tried.offer_again(_BACK_SECONDS)
    tried.tell(is_kept=True)
    taken = sum(map(len, tried.server.taken.values()))
    tried.hand_in(1, seconds=_BACK_SECONDS)
    tried.wait(
        "the worker sends again", _BACK_SECONDS,
        lambda: sum(map(len, tried.server.taken.values())) > taken,
    )  # fmt: skip


@contextmanager
def _postgres(folder: Path) -> Iterator[Any]:
    folder.mkdir()
    # Its owner is another user, who has to get through to it.
    for place in (folder.parent, *folder.parent.parents)[:1]:
        place.chmod(0o755)

    def does(what: str) -> str:
        done = subprocess.run(
            [_POSTGRES, what, str(folder)], check=True, capture_output=True, text=True
        )
        return done.stdout.strip()

    url = does("start")
    try:
        yield SimpleNamespace(url=url, does=does)
    finally:
        does("stop")
        shutil.rmtree(folder, ignore_errors=True)
