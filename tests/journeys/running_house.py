"""A house that really runs: web, worker, mail in over LMTP, mail out to a server of the test's."""

import os
import smtplib
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from email.message import EmailMessage
from email.utils import make_msgid
from pathlib import Path

from amends.doors.mail.sink import sink
from amends.expertise.correspondence import Letter, read_letter

ROOT = Path(__file__).resolve().parents[2]
_PATIENCE_SECONDS = 30

_FURNISH = """
from datetime import time
import django; django.setup()
from amends.records.house.models import House, OpenSpan
from amends.records.people.models import Person, Team
from amends.records.post.models import Mailbox
House.objects.create(name="Krakofon", address="help@house.example", phone="+48 12 555 01 02",
                     language="en", undo_seconds=2)
for weekday in range(7):
    OpenSpan.objects.create(weekday=weekday, opens=time(0), closes=time(23, 59, 59))
care = Team.objects.create(name="Care", languages=["en", "pl"], is_default=True)
Mailbox.objects.create(address="help@house.example", name="help", team=care)
# All but Nina stay on a case after sending, so that journeys find it there.
stays = {"goes_on": False}
for key, roles in (("ana", stays), ("marek", stays), ("ewa", {**stays, "leads": True}), ("nina", {}),
                   ("wanda", {**stays, "leads": True, "administers": True})):
    care.admit(Person.objects.invite(email=f"{key}@house.example", name=f"{key.title()} Example",
                                     password="long enough 1", **roles))
"""


class RunningHouse:
    """Started once for all journeys; each has customers of its own."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.web, self.lmtp = _free_port(), _free_port()
        self.url = f"http://localhost:{self.web}"
        self._customers = home / "customers"
        self._sink = sink(self._customers)
        self._processes: list[subprocess.Popen[bytes]] = []

    def start(self, *, furnished: bool = True) -> None:
        self._sink.start()
        subprocess.run(self._program("setup"), check=True, env=self._environment, cwd=ROOT)
        if furnished:
            self.does(_FURNISH)
        web = [
            sys.executable, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1",
            "--port", str(self.web), "--blocking-threads", "4", "--no-ws",
            "--static-path-mount", str(self.home / "static"), "--static-path-route", "/static",
            "--log-level", "warning", "amends.site.wsgi:application",
        ]  # fmt: skip
        for command in (web, self._program("work")):
            self._processes.append(
                subprocess.Popen(command, env=self._environment, cwd=ROOT, start_new_session=True)
            )
        _wait_for(lambda: _listens(self.web) and _listens(self.lmtp), "the house to open")

    def stop(self) -> None:
        for process in self._processes:
            process.terminate()
        for process in self._processes:
            process.wait(20)
        self._sink.stop()

    def does(self, script: str) -> str:
        """Do something inside the house that no door offers yet, or that time would do."""
        done = subprocess.run(
            [sys.executable, "-c", script], env=self._environment, cwd=ROOT, check=True,
            capture_output=True, text=True,
        )  # fmt: skip
        return done.stdout.strip()

    def mail(
        self, sender: str, subject: str, text: str, *, answers: Letter | None = None, **headers: str
    ) -> None:
        """Hand the house a mail, the way its mail server would."""
        mail = EmailMessage()
        name, address = sender.rsplit(" ", 1)
        mail["From"], mail["To"], mail["Subject"] = (
            f"{name} <{address}>",
            "help@house.example",
            subject,
        )
        mail["Message-ID"] = make_msgid(domain="customer.example")
        if answers:
            mail["In-Reply-To"] = f"<{answers.message_id}>"
        for header, value in headers.items():
            mail[header.replace("_", "-")] = value
        mail.set_content(text)
        with smtplib.LMTP("127.0.0.1", self.lmtp) as server:
            refused = server.sendmail(address, ["help@house.example"], mail.as_bytes())
        assert not refused

    def received(self, address: str) -> list[Letter]:
        """Return what the customer with the address has received, in the order of sending."""
        folder = self._customers / "new"
        files = sorted(folder.glob("*"), key=lambda file: file.stat().st_mtime_ns)
        letters = [read_letter(file.read_bytes()) for file in files]
        return [letter for letter in letters if letter.to and letter.to[0].email == address]

    def waits_for_letter(self, address: str, number: int = 1) -> Letter:
        _wait_for(lambda: len(self.received(address)) >= number, f"letter {number} to {address}")
        return self.received(address)[number - 1]

    def lets_time_pass_to_the_check_back(self, address: str) -> None:
        """Make the check-back due now, as tomorrow morning would; the worker does the rest."""
        self.does(
            "import django; django.setup()\n"
            "from datetime import timedelta\n"
            "from django.utils import timezone\n"
            "from amends.records.aftercare.models import CheckBack\n"
            "now = timezone.now()\n"
            "due = CheckBack.objects.waiting().filter(\n"
            f"    complaint__contact__customer__addresses__address={address!r})\n"
            "assert due.update(due_at=now, approved_at=now - timedelta(days=1)) == 1\n"
        )

    def lets_time_pass_to_the_survey(self, address: str) -> None:
        """Make the survey due now, as the day after the yes would; the worker sends it."""
        self.does(
            "import django; django.setup()\n"
            "from datetime import timedelta\n"
            "from django.utils import timezone\n"
            "from amends.ground.jobs.models import Recurrence\n"
            "from amends.records.aftercare.models import Survey\n"
            "now = timezone.now()\n"
            "due = Survey.objects.waiting().filter(\n"
            f"    complaint__contact__customer__addresses__address={address!r})\n"
            "assert due.update(due_at=now, until_at=now + timedelta(days=1)) == 1\n"
            "assert Recurrence.objects.filter(name='ask surveys').update(due_at=now) == 1\n"
        )

    def _program(self, command: str) -> list[str]:
        return [sys.executable, "-m", "amends.site", command]

    @property
    def _environment(self) -> dict[str, str]:
        return {
            **{name: value for name, value in os.environ.items() if name != "DATABASE_URL"},
            "PYTHONPATH": str(ROOT / "src"),
            "DJANGO_SETTINGS_MODULE": "amends.site.settings",
            "AMENDS_HOME": str(self.home),
            "AMENDS_URL": self.url,
            "AMENDS_LMTP_PORT": str(self.lmtp),
            "AMENDS_LMTP_HOST": "127.0.0.1",
            "AMENDS_SMTP_HOST": "127.0.0.1",
            "AMENDS_SMTP_PORT": str(self._sink.port),
            "AMENDS_DATABASE_WAIT": "20",
        }


def link_in(letter: Letter, to: str = "status") -> str:
    """Return the link to the status page, or to another one, that stands in the letter."""
    return next(word for word in letter.text.split() if f"/{to}/" in word)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _listens(port: int) -> bool:
    with socket.socket() as probe:
        probe.settimeout(0.5)
        return probe.connect_ex(("127.0.0.1", port)) == 0


def _wait_for(condition: Callable[[], bool], what: str) -> None:
    deadline = time.monotonic() + _PATIENCE_SECONDS
    while time.monotonic() < deadline:
        if condition():
            return
        time.sleep(0.1)
    raise AssertionError(f"waited {_PATIENCE_SECONDS} s in vain for {what}")
