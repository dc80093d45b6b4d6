"""Mixed mails through `bin/amends intake` into an empty house, beside the library's own reading."""

import email
import email.policy
import json
import os
import shutil
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from bench.mails import write_mails

_ROUNDS = 3
_DRAIN = """
import time
import django; django.setup()
from django.utils import timezone
from amends.ground.jobs.models import Job
from amends.ground.jobs.running import run_due
from amends.site.reactions import set_reactions
set_reactions()
began, many = time.monotonic(), 0
while True:
    ran = run_due(timezone.now(), limit=500)
    many += ran
    if not ran: break
print(many, time.monotonic() - began)
"""


@dataclass(frozen=True)
class _Run:
    mails_a_second: float
    start_seconds: float
    yardstick: float
    jobs_a_second: float


def measure_intake(scratch: Path, many: int) -> None:
    """Print medians of a few rounds, each into a house of its own.

    Args:
        scratch: a folder for the mails and the houses.
        many: how many mails.
    """
    mails = scratch / f"mails{many}"
    write_mails(mails, many)
    rounds = [_round(scratch / "intake", mails) for _round_number in range(_ROUNDS)]
    print(f"{many} mixed mails into an empty house, SQLite, median of {_ROUNDS}")
    for words, values in (
        ("taken in a second", [run.mails_a_second for run in rounds]),
        ("read a second by the library alone", [run.yardstick for run in rounds]),
        ("× the library", [run.mails_a_second / run.yardstick for run in rounds]),
        ("jobs a second afterwards, one worker", [run.jobs_a_second for run in rounds]),
        ("seconds to start", [run.start_seconds for run in rounds]),
    ):
        print(f"  {words:38}{median(values):8.2f}   ({min(values):.2f} to {max(values):.2f})")


def _round(home: Path, mails: Path) -> _Run:
    shutil.rmtree(home, ignore_errors=True)
    env = {**os.environ, "AMENDS_HOME": str(home)}
    env.pop("AMENDS_DEMO", None)
    program = [sys.executable, "-m", "amends.site"]

    def run(*command: str) -> str:
        done = subprocess.run(command, env=env, check=True, capture_output=True, text=True)
        return done.stdout

    run(*program, "setup")
    run(*program, "house", "--name", "Krakofon", "--address", "pomoc@krakofon.example")
    yardstick = _read_by_the_library(mails)
    began = time.monotonic()
    told = json.loads(run(*program, "intake", str(mails)).splitlines()[-1])
    whole = time.monotonic() - began
    jobs, seconds = map(float, run(sys.executable, "-c", _DRAIN).split())
    return _Run(told["mails"] / told["seconds"], whole - told["seconds"], yardstick, jobs / seconds)


def _read_by_the_library(mails: Path) -> float:
    contents = [path.read_bytes() for path in sorted(mails.iterdir())]
    began = time.perf_counter()
    for content in contents:
        mail = email.message_from_bytes(content, policy=email.policy.default)
        for name in ("subject", "from", "to", "date"):
            str(mail[name])
        for part in mail.walk():
            if not part.is_multipart():
                part.get_content()
    return len(contents) / (time.perf_counter() - began)
