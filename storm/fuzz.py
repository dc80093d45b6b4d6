"""Bent mails through reader and intake, bent words through the public form: no crash, no hang."""

import random
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TypeVar

from bench.mails import mixed_mails
from django.test import Client

from amends.doors.mail import bulk
from amends.doors.mail.files import Found
from amends.doors.mail.parsing import read_one
from storm.mutating import mutations

T = TypeVar("T")

_A_GROUP = 100
_LONGEST_SECONDS = 1.0
_FIELDS = ("text", "wish", "name", "address", "phone", "language", "q", "next", "state")
_WORDS = (
    "", " ", "\x00", "a" * 60_000, "=cmd()", "<script>alert(1)</script>", "Ж" * 500, "😀",
    "a@b.c\r\nBcc: x@y.z", "../../etc/passwd", "{{7*7}}", "%00", "'; drop table x;--", "\u202e",
    "+48 12 555 01 02", "jan@klient.example", "-1", "1e999", "٣", "NaN",
)  # fmt: skip


@dataclass
class Report:
    """What was tried, and all that is wrong; nothing is, if `faults` is empty."""

    mails: int = 0
    forms: int = 0
    slowest_seconds: float = 0.0
    faults: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        return (
            f"{self.mails} mails, {self.forms} forms; the slowest took"
            f" {self.slowest_seconds:.2f} s; faults: {self.faults or 'none'}"
        )


def seeds_in(folder: Path | None) -> list[bytes]:
    """Return mails to begin with: our own, and what lies under the folder."""
    files = sorted(folder.rglob("*.eml")) if folder else []
    return [*mixed_mails(40), *(file.read_bytes()[:100_000] for file in files)]


def run(many: int, seeds: Sequence[bytes], *, seed: int = 1) -> Report:
    """Read and take in so many mails, and send a tenth as many forms, into Django's database.

    Args:
        many: how many mails.
        seeds: mails to bend.
        seed: of the draw.
    """
    report, group = Report(), list[bytes]()
    for mail in mutations(seeds, many, seed):
        group.append(mail)
        if len(group) == _A_GROUP:
            _take_in(group, report)
            group = []
    _take_in(group, report)
    _send_forms(many // 10, random.Random(seed), report)
    return report


def _take_in(group: list[bytes], report: Report) -> None:
    found = []
    for number, mail in enumerate(group):
        reading = _timed(partial(read_one, mail, None), mail, report)
        if "unreadable" in reading.letter.flags:
            report.faults.append(f"the reader broke on {mail[:200]!r}")
        found.append(Found(str(number), "file", mail))
    report.mails += len(group)
    tally = bulk.take_in_files(found, None, told=lambda _tally: None)
    if tally.unparsed or tally.mails != len(group):
        report.faults.append(f"{tally.unparsed} of a group could not be taken in")


def _send_forms(many: int, draw: random.Random, report: Report) -> None:
    client = Client(raise_request_exception=False, HTTP_HOST="localhost")
    client.get("/")  # the first page of a process compiles its templates
    for number in range(many):
        bent = {name: draw.choice(_WORDS) for name in draw.sample(_FIELDS, draw.randint(1, 5))}
        data = {"text": "It broke.", "address": f"{number}@klient.example"} | bent
        client.defaults["REMOTE_ADDR"] = f"127.{number % 250}.{draw.randrange(250)}.1"
        place = f"/status/{draw.choice(_WORDS)[:80]}/"
        for told in (
            partial(client.post, "/", data),
            partial(client.get, place, data),
        ):
            answered = _timed(told, data, report)
            if answered.status_code >= 500:
                report.faults.append(f"{answered.status_code} for {data!r}"[:300])
        report.forms += 1


def _timed(work: Callable[[], T], given: object, report: Report) -> T:
    began = time.monotonic()
    done = work()
    took = time.monotonic() - began
    report.slowest_seconds = max(report.slowest_seconds, took)
    if took > _LONGEST_SECONDS:
        report.faults.append(f"{took:.1f} s for {given!r}"[:300])
    return done
