"""One house in trouble: what is sent to it, what it answers, and what has become of it all."""

import http.cookiejar
import json
import re
import smtplib
import subprocess
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from html import unescape
from pathlib import Path
from typing import Any

from bench.mails import mixed_mails

from storm import kills
from storm.house import ROOT, StormHouse
from storm.server import Server

TO, FROM = "pomoc@krakofon.example", "a@mail.example"
BUSY = 400
_CSRF = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
_CASE = re.compile(r'href="(/desk/cases/[A-Z]+-[^/?"]+/)')
_STORIES = """
import json
import django; django.setup()
from collections import Counter
from amends.records.complaints.models import Message, Note
heard = Message.objects.filter(direction="in", text__startswith="Story ")
typed = [*heard.values_list("text", flat=True), *Note.objects.values_list("text", flat=True)]
print(json.dumps(Counter(text.replace("\\r\\n", "\\n") for text in typed)))
"""


class Calm(Server):
    """Takes everything; `just_before` is called when it has a mail and has not said so yet."""

    def __init__(self) -> None:
        super().__init__(1)
        self.just_before: Callable[[], None] | None = None

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        self._draw.random = lambda: 1.0  # type: ignore[method-assign]
        answer = await super().handle_DATA(server, session, envelope)
        act, self.just_before = self.just_before, None
        if act:
            act()
        return answer


class Trial:
    """A house with a calm mail server, and all that was sent to it."""

    def __init__(self, house: StormHouse, server: Calm, seed: int) -> None:
        self.house, self.server = house, server
        self.report = kills.Report()
        self.fed: set[str] = set()
        self._seed = seed
        self._mails = enumerate(mixed_mails(100_000, seed))
        self._told: list[str] = []
        self._put_off: list[bytes] = []
        self._web = urllib.request.build_opener(
            urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar())
        )
        self._token = ""
        self._noted: list[str] = []
        self._asked = self.refused = 0

    def fault(self, what: str) -> None:
        self.report.faults.append(what)

    def expect(self, what: str, is_so: object) -> None:
        if not is_so:
            self.fault(what)

    def wait(self, what: str, seconds: float, is_so: Callable[[], object]) -> bool:
        """Wait for it, and call it a fault if it doesn't come."""
        until = time.monotonic() + seconds
        while not is_so():
            if time.monotonic() > until:
                self.fault(f"not within {seconds:.0f} s: {what}")
                return False
            time.sleep(0.5)
        return True

    def next_mail(self) -> bytes:
        number, mail = next(self._mails)
        self.fed.add(f"{self._seed}.{number}@mail.example")
        return mail

    def offer(self, mail: bytes, port: int = 0, timeout: float = 60) -> int:
        """Offer a mail once over LMTP and return the answer; 0 where there is none."""
        place = "127.0.0.1", self.house.lmtp_ports[port]
        try:
            with smtplib.LMTP(*place, timeout=timeout) as line:
                refused = line.sendmail(FROM, [TO], mail)
                return 250 if not refused else refused[TO][0]
        except smtplib.SMTPResponseException as said:
            return said.smtp_code
        except smtplib.SMTPRecipientsRefused as said:
            return said.recipients[TO][0]
        except (OSError, smtplib.SMTPException):
            return 0

    def hand_in(self, number: int, port: int = 0, seconds: float = 120) -> None:
        """Hand in so many new mails; each is offered until it is taken."""
        for _one in range(number):
            self._hand_over(self.next_mail(), port, seconds)

    def offer_in_vain(self, port: int = 0) -> None:
        """Offer a mail that can't be kept now: its server has to be told to come again."""
        # So large that no disk that is called full has room for it.
        mail = self.next_mail() + b"\r\nfar too much" * 100_000
        answer = self.offer(mail, port)
        self._put_off.append(mail)
        self.refused += 1
        self.expect(f"a mail is put off, and not {answer}", BUSY <= answer < BUSY + 100)

    def note(self) -> None:
        """Write a note to a case. Either it is kept, or the page says no and still has it."""
        case = self.a_case()
        status, _page = self.ask(case)
        self.expect(f"the desk shows a case, and not {status}", status == 200)
        words = f"Note {self._asked}: called twice\n& in vain."
        self._asked += 1
        status, page = self.send(f"{case}note", **{"note-text": words})
        if status == 200:
            self._noted.append(words)
        else:
            self.refused += 1
            self.expect(f"a note is put off, and not {status}", status == 503)
            self.expect("the note is still there", words in unescape(page))

    def offer_again(self, seconds: float = 120) -> None:
        for mail in self._put_off:
            self._hand_over(mail, 0, seconds)
        self._put_off.clear()

    def _hand_over(self, mail: bytes, port: int, seconds: float) -> None:
        self.wait("a mail is taken", seconds, lambda: self.offer(mail, port) == 250)

    def ask(self, path: str, data: dict[str, str] | None = None) -> tuple[int, str]:
        """Open a page, or send a form, and return what is answered; 0 where nothing is."""
        body = urllib.parse.urlencode(data).encode() if data else None
        headers = {"Referer": self.house.url, "Accept-Language": "en"}
        request = urllib.request.Request(self.house.url + path, body, headers)
        try:
            with self._web.open(request, timeout=60) as answered:
                status, page = answered.status, answered.read().decode()
        except urllib.error.HTTPError as refused:
            status, page = refused.code, refused.read().decode()
        except OSError:
            return 0, ""
        if found := _CSRF.search(page):
            self._token = found[1]
        return status, page

    def send(self, path: str, **data: str) -> tuple[int, str]:
        return self.ask(path, {"csrfmiddlewaretoken": self._token, **data})

    def come_in(self) -> None:
        self.house.wait_for_web()
        self.ask("/me/login/")
        login, password = "agent0@storm.example", "long enough 1"
        status, page = self.send("/me/login/", login=login, password=password)
        self.expect("an agent comes in", status == 200 and "/desk/" in page)

    def tell(self, *, is_kept: bool | None) -> None:
        """Fill in the customers' form; told that it isn't kept, the words have to be there.

        None: either may be said, and has to be true.
        """
        self.ask("/")
        self._asked += 1
        words = f"Story {self._asked}: the lamp\nbroke & nobody came."
        status, page = self.send("/", text=words, address="olga@klient.example")
        if is_kept or (is_kept is None and status == 200):
            self._told.append(words)
            self.expect(f"the form is taken, and not {status}", status == 200)
        else:
            self.refused += 1
            self.expect(f"the form says 503, and not {status}", status == 503)
            self.expect("the form shows the words again", words in unescape(page))

    def a_case(self) -> str:
        found = _CASE.findall(self.ask("/desk/cases/")[1])
        return found[0] if found else "/desk/cases/none/"

    def health(self) -> dict[str, Any]:
        try:
            return dict(json.loads(self.ask("/health")[1]))
        except ValueError:
            return {"state": "silent", "failing": []}

    def settle(self, seconds: float = 240, *, leases: bool = False) -> None:
        """Wait until all is read and sent; with `leases` those that run are ended now."""
        if leases:
            self.house.let_time_pass()
        self.wait("all is read and sent", seconds, lambda: not self.house.left())

    def count(self, *, repeated: int = 0) -> None:
        """Count it all: nothing lost, nothing doubled; so many mails may have gone again."""
        told = json.loads(self.house.does(kills.TOLD))
        told["heard"].pop("", None)
        kills.count(self.report, told, self.server, self.fed)
        again = self.report.repeated
        self.expect(f"{again} mails went again, not {repeated}", again <= repeated)
        stories = json.loads(self.house.does(_STORIES))
        typed = Counter(self._told + self._noted)
        wrong = {words for words in {*typed, *stories} if typed[words] != stories.get(words)}
        self.expect(f"words lost, doubled or from nowhere: {sorted(wrong)}", not wrong)

    def said(self, since: int = 0) -> str:
        """Return what the processes wrote to their log."""
        assert self.house.log is not None
        with self.house.log.open("rb") as log:
            log.seek(since)
            return log.read().decode("utf-8", "replace")

    def is_quiet(self, since: int, lines: int) -> None:
        """See that trouble is said in few lines, and without a trace of the program's."""
        said = self.said(since)
        self.expect(f"{said.count(chr(10))} lines in the log", said.count("\n") <= lines)
        trace = said.partition("Traceback")[2][-600:]
        self.expect(f"a trace in the log: {trace}", not trace)


@contextmanager
def trial(
    scratch: Path,
    name: str,
    *,
    roles: tuple[str, ...] = ("worker 1", "web"),
    home: Path | None = None,
    database_url: str = "",
    more: dict[str, str] | None = None,
) -> Iterator[Trial]:
    """Open a house of its own, and close it whatever happens."""
    folder = scratch / name
    folder.mkdir(exist_ok=True)
    server = Calm()
    with server.listening() as listening:
        house = StormHouse(
            home or folder / "house", listening.port, folder, database_url, roles,
            more={"AMENDS_LOG": "WARNING", **(more or {})}, log=folder / "storm.log",
        )  # fmt: skip
        try:
            house.open()
            yield Trial(house, server, seed=len(name))
        finally:
            house.close()


def helper(script: str, *words: str) -> "subprocess.Popen[str]":
    """Start a process beside the house; it says a line when it has begun."""
    process = subprocess.Popen(
        [sys.executable, "-c", script, *words], cwd=ROOT, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    process.stdout.readline()
    return process
