"""A house whose every process is killed at random instants and started again."""

import os
import random
import signal
import smtplib
import socket
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
_FURNISH = """
import django; django.setup()
from datetime import time
from amends.records.house.models import House, OpenSpan
from amends.records.people.models import Person, Team
from amends.records.post.models import Mailbox
House.objects.create(
    name="Krakofon", address="pomoc@krakofon.example", language="pl", undo_seconds=0
)
for weekday in range(7):
    OpenSpan.objects.create(weekday=weekday, opens=time(0), closes=time(23, 59))
care = Team.objects.create(name="Care", languages=["pl", "ru", "sk", "en"], is_default=True)
Mailbox.objects.create(address="pomoc@krakofon.example", name="pomoc", team=care)
care.admit(Person.objects.invite(email="ana@storm.example", name="Ana", password=None))
for number in range(8):
    care.admit(Person.objects.invite(
        email=f"agent{number}@storm.example", name=f"Agent {number}", password="long enough 1"
    ))
"""
# What a lease, or a pause between two tries, would make one wait for.
_LET_TIME_PASS = """
import django; django.setup()
from django.utils import timezone
from amends.ground.jobs.models import UNFINISHED, Job
from amends.records.post.models import Outgoing
now = timezone.now()
Outgoing.objects.filter(state__in=("queued", "sending")).update(next_try_at=now)
Job.objects.filter(state__in=UNFINISHED).update(run_at=now)
"""
_LEFT = """
import django; django.setup()
from amends.ground.jobs.models import Job
from amends.records.post.models import Outgoing
print(Outgoing.objects.filter(state__in=("queued", "sending")).count()
      + Job.objects.unfinished().count())
"""
_PATIENCE_SECONDS, _A_WHILE_SECONDS, _TO_OPEN_SECONDS = 300, 15, 30


@dataclass
class StormHouse:
    """Two workers, somebody at work, and a command that takes in files; each dies many times.

    Args:
        home: a folder of its own.
        smtp_port: of the server that its mail goes to.
        mails: a folder of mails for the command.
        database_url: of an empty PostgreSQL database; SQLite without.
    """

    home: Path
    smtp_port: int
    mails: Path
    database_url: str = ""
    roles: tuple[str, ...] = ("worker 1", "worker 2", "acting", "intake")
    lmtp_ports: tuple[int, int] = field(default_factory=lambda: (free_port(), free_port()))
    more: dict[str, str] = field(default_factory=dict)
    log: Path | None = None

    def __post_init__(self) -> None:
        self.web_port = free_port()
        self._running: dict[str, subprocess.Popen[bytes]] = {}
        self.log = self.log or self.home.parent / "storm.log"
        self._log = self.log.open("ab")

    def open(self) -> None:
        self._run(*self._program("setup"))
        self.does(_FURNISH)
        for name in self.roles:
            self.start(name)

    def kill_one(self, draw: random.Random) -> str:
        """Kill a process, whatever it is doing, and start another in its place."""
        name = draw.choice(self.roles)
        process = self._running[name]
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        self.start(name)
        return name

    def settle(self) -> None:
        """Let all be taken in, done and sent that still waits, leases and all."""
        self.stop("acting")
        self._running["intake"].wait(_PATIENCE_SECONDS)
        self._run(*self._commands()["intake"])
        passes_at, fewest, since = 0.0, sys.maxsize, time.monotonic()
        while left := self.left():
            if left < fewest:
                fewest, since = left, time.monotonic()
            if time.monotonic() > since + _PATIENCE_SECONDS:
                raise TimeoutError(f"{left} are never done or sent")
            # Now and then only: what is at work has its lease, which this takes away.
            if time.monotonic() > passes_at:
                self.let_time_pass()
                passes_at = time.monotonic() + _A_WHILE_SECONDS
            time.sleep(1)

    def left(self) -> int:
        """Return how many jobs and mails still wait."""
        return int(self.does(_LEFT))

    def let_time_pass(self) -> None:
        """End all leases and all pauses between two tries."""
        self.does(_LET_TIME_PASS)

    def close(self) -> None:
        for name in list(self._running):
            self.stop(name)
        self._log.close()

    def does(self, script: str) -> str:
        done = subprocess.run(
            [sys.executable, "-c", script], env=self._env(), cwd=ROOT, check=True,
            capture_output=True, text=True,
        )  # fmt: skip
        return done.stdout.strip()

    def wait_for_web(self) -> None:
        until = time.monotonic() + _TO_OPEN_SECONDS
        while not _listens(self.web_port) or not _listens(self.lmtp_ports[0]):
            if time.monotonic() > until:
                raise TimeoutError("the house does not open")
            time.sleep(0.2)

    @property
    def url(self) -> str:
        return f"http://localhost:{self.web_port}"

    def hand_in(self, mail: bytes, sender: str, draw: random.Random, *, ports: int = 2) -> None:
        """Offer the mail over LMTP until a 250 is heard, as a mail server would."""
        while True:
            try:
                with smtplib.LMTP("127.0.0.1", draw.choice(self.lmtp_ports[:ports])) as server:
                    if not server.sendmail(sender, ["pomoc@krakofon.example"], mail):
                        return
            except (OSError, smtplib.SMTPException):
                time.sleep(0.2)

    def _run(self, *command: str) -> None:
        subprocess.run(
            command, check=True, env=self._env(), cwd=ROOT, stdout=self._log, stderr=self._log
        )

    def _commands(self) -> dict[str, list[str]]:
        return {
            "worker 1": self._program("work"),
            "worker 2": self._program("work"),
            "acting": [sys.executable, "-m", "storm.acting"],
            "intake": self._program("intake", str(self.mails)),
            "web": [
                sys.executable,
                "-m",
                "granian",
                "--interface",
                "wsgi",
                "--host",
                "127.0.0.1",
                "--port",
                str(self.web_port),
                "--blocking-threads",
                "2",
                "--no-ws",
                "--log-level",
                "warning",
                "amends.site.wsgi:application",
            ],
        }

    def _program(self, *words: str) -> list[str]:
        return [sys.executable, "-m", "amends.site", *words]

    def start(self, name: str) -> None:
        second = name == "worker 2"
        self._running[name] = subprocess.Popen(
            self._commands()[name], env=self._env(self.lmtp_ports[second], name), cwd=ROOT,
            start_new_session=True, stdout=self._log, stderr=self._log,
        )  # fmt: skip

    def stop(self, name: str) -> None:
        process = self._running.pop(name)
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()

    def tell(self, name: str, number: signal.Signals) -> None:
        """Send the process of that name a signal."""
        os.killpg(self._running[name].pid, number)

    def lives(self, name: str) -> bool:
        return self._running[name].poll() is None

    def call(self, *words: str) -> subprocess.CompletedProcess[str]:
        """Run a command of the program and return how it ended and what it said."""
        return subprocess.run(
            self._program(*words), env=self._env(), cwd=ROOT, check=False,
            capture_output=True, text=True,
        )  # fmt: skip

    def _env(self, lmtp_port: int = 0, name: str = "") -> dict[str, str]:
        return {
            **os.environ,
            "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}",
            "DJANGO_SETTINGS_MODULE": "amends.site.settings",
            "DATABASE_URL": self.database_url,
            "AMENDS_HOME": str(self.home),
            "AMENDS_URL": self.url,
            "AMENDS_LMTP_PORT": str(lmtp_port or self.lmtp_ports[0]),
            "AMENDS_LMTP_HOST": "127.0.0.1",
            "AMENDS_SMTP_HOST": "127.0.0.1",
            "AMENDS_SMTP_PORT": str(self.smtp_port),
            "AMENDS_DATABASE_WAIT": "2" if name == "web" else "20",
            # The storm is a flood, and what the brake holds would wait for a person.
            "AMENDS_MOST_MAILS": "1000000",
            "AMENDS_MOST_MAILS_TO_ONE": "1000000",
            "AMENDS_MOST_MAILS_A_CASE": "1000000",
            **self.more,
        }


def _listens(port: int) -> bool:
    with socket.socket() as probe:
        probe.settimeout(0.5)
        return probe.connect_ex(("127.0.0.1", port)) == 0


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
