"""Kills at random instants during intake, work and sending; then all is counted.

Nothing may be lost, and nothing doubled but what was in the one window that nobody can close: a
server took a mail and its answer was not heard. That goes again, byte for byte, and says so.
"""

import json
import random
import threading
import time
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from pathlib import Path

from bench.mails import mixed_mails, write_mails

from storm.house import StormHouse
from storm.server import GONE, Server

_BETWEEN_SECONDS = (0.3, 3.5)
_FEED_SECONDS, _FILES_A_KILL = 0.05, 12
TOLD = """
import json
import django; django.setup()
from collections import Counter
from amends.ground.jobs.models import Job
from amends.records.complaints.models import Contact, Message
from amends.records.complaints.vocabulary import Direction, Purpose
from amends.records.post.models import Outgoing, RawMail
heard = Message.objects.filter(direction=Direction.IN)
ours = Message.objects.filter(direction=Direction.OUT)
print(json.dumps({
    "heard": dict(Counter(heard.values_list("message_id", flat=True))),
    "unread": RawMail.objects.waiting().count(),
    "posted": [
        [mail.message_id.strip("<>"), mail.to_address, mail.state, mail.repeated]
        for mail in Outgoing.objects.all()
    ],
    "acknowledged": dict(Counter(str(c) for c in ours.filter(
        purpose=Purpose.ACKNOWLEDGEMENT).values_list("contact", flat=True))),
    "replies": dict(Counter(text.partition("storm:")[2][:32] for text in ours.filter(
        purpose=Purpose.REPLY).values_list("text", flat=True))),
    "without_mail": ours.filter(outgoing=None).count(),
    "answered_complaints": Contact.objects.filter(kind="complaint", answered=True).count(),
    "complaints": Contact.objects.filter(kind="complaint").count(),
    "dead_jobs": Job.objects.dead().count(),
}))
"""


@dataclass
class Report:
    """What was done, and all that is wrong; nothing is, if `faults` is empty."""

    kills: Counter[str] = field(default_factory=Counter)
    mails: int = 0
    sent: int = 0
    replies: int = 0
    answers_lost: int = 0
    repeated: int = 0
    faults: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        killed = ", ".join(f"{name} {times}" for name, times in sorted(self.kills.items()))
        return (
            f"{self.kills.total()} kills ({killed}): {self.mails} mails in, {self.sent} out"
            f" of which {self.replies} replies; {self.answers_lost} answers of the server lost,"
            f" {self.repeated} mails sent again and marked; faults: {self.faults or 'none'}"
        )


def run(scratch: Path, kills: int, *, seed: int = 1, database_url: str = "") -> Report:
    """Kill so many times, settle, and count.

    Args:
        scratch: an empty folder.
        kills: how many.
        seed: of the draw of instants, victims and whims.
        database_url: of an empty PostgreSQL database; SQLite without.
    """
    draw = random.Random(seed)
    server, report = Server(seed), Report()
    write_mails(scratch / "mails", _FILES_A_KILL * kills, seed=seed)
    with server.listening() as listening:
        house = StormHouse(scratch / "house", listening.port, scratch / "mails", database_url)
        try:
            house.open()
            feeding = _Feed(house, seed + 1)
            feeding.start()
            for _kill in range(kills):
                time.sleep(draw.uniform(*_BETWEEN_SECONDS))
                report.kills[house.kill_one(draw)] += 1
            feeding.stop()
            house.settle()
            told = json.loads(house.does(TOLD))
        finally:
            house.close()
    fed = {f"{seed}.{number}@mail.example" for number in range(_FILES_A_KILL * kills)} | feeding.fed
    count(report, told, server, fed)
    return report


class _Feed(threading.Thread):
    """Hands mail in over LMTP, mail by mail, until it is told to stop."""

    def __init__(self, house: StormHouse, seed: int) -> None:
        super().__init__(daemon=True)
        self.fed: set[str] = set()
        self._house, self._seed = house, seed
        self._draw = random.Random(seed)
        self._enough = threading.Event()

    def run(self) -> None:
        for number, mail in enumerate(mixed_mails(100_000, self._seed)):
            if self._enough.wait(_FEED_SECONDS):
                return
            gone = self._draw.random() < 0.05
            content = mail.replace(b"@mail.example>", f"{GONE}>".encode(), 1) if gone else mail
            self._house.hand_in(content, "a@mail.example", self._draw)
            self.fed.add(f"{self._seed}.{number}@mail.example")

    def stop(self) -> None:
        self._enough.set()
        self.join()


def count(report: Report, told: dict, server: Server, fed: set[str]) -> None:  # type: ignore[type-arg]
    heard = Counter(told["heard"])
    report.mails, report.answers_lost = heard.total(), server.answers_lost
    report.replies = sum(told["replies"].values())
    fault(report, "lost on the way in", fed - set(heard))
    fault(report, "came in twice", {name for name, times in heard.items() if times > 1})
    fault(report, "came from nowhere", set(heard) - fed)
    fault(report, "not read", range(told["unread"]))
    fault(report, "acknowledged twice", [k for k, n in told["acknowledged"].items() if n > 1])
    fault(report, "a reply twice", [k for k, n in told["replies"].items() if n > 1])
    fault(report, "a message of ours without a mail", range(told["without_mail"]))
    fault(report, "jobs given up", range(told["dead_jobs"]))
    bent: dict[str, list[str]] = defaultdict(list)
    for message_id, to, state, repeated in told["posted"]:
        came = server.taken.get(message_id, [])
        report.sent += bool(came)
        report.repeated += len(came) > 1
        wanted = "refused" if to.endswith(GONE) else "accepted"
        for what, wrong in (
            (f"{wanted} is {state}", state != wanted),
            ("never sent", wanted == "accepted" and not came),
            ("sent again unmarked", len(came) > 1 and not repeated),
            ("sent again, changed", len(set(came)) > 1),
        ):
            bent[what] += [message_id] * wrong
    for what, found in bent.items():
        fault(report, what, found)
    fault(report, "sent from nowhere", set(server.taken) - {row[0] for row in told["posted"]})


def fault(report: Report, what: str, found: object) -> None:
    listed = list(found)  # type: ignore[call-overload]
    if listed:
        report.faults.append(f"{what}: {len(listed)}, such as {listed[0]}")
