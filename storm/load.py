"""A busy hour in a minute: agents at work, customers who file, and mail, all at once."""

import http.cookiejar
import random
import re
import statistics
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path

from bench.mails import mixed_mails

from storm.house import StormHouse
from storm.server import Server

AGENTS, CUSTOMERS, MAILS_A_SECOND = 8, 2, 50
_PASSWORD = "long enough 1"
_CSRF = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
_CASE = re.compile(r'href="(/desk/cases/[A-Z]+-[^/?"]+/)')


@dataclass
class Report:
    """Seconds by page, and all that is wrong; nothing is, if `faults` is empty."""

    seconds: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    mails: int = 0
    faults: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        lines = [f"{self.mails} mails handed in; seconds by page: median, 95th of 100, how many"]
        for name, took in sorted(self.seconds.items()):
            if len(took) > 1:
                p95 = statistics.quantiles(took, n=20)[-1]
                lines.append(f"  {name:24}{statistics.median(took):6.3f} {p95:6.3f} {len(took):6}")
        return "\n".join([*lines, f"faults: {self.faults[:5] or 'none'}"])


def run(scratch: Path, seconds: int) -> Report:
    """Let all of them work for so long, in a house with a web process of two threads."""
    report = Report()
    with Server(1).listening() as listening:
        house = StormHouse(scratch / "house", listening.port, scratch, database_url="")
        house.roles = ("worker 1", "web")
        try:
            house.open()
            house.wait_for_web()
            enough = threading.Event()
            people: list[_Somebody] = []
            people += [_Agent(house, report, enough, number) for number in range(AGENTS)]
            people += [_Customer(house, report, enough, number) for number in range(CUSTOMERS)]
            people.append(_Post(house, report, enough, 0))
            for person in people:
                person.start()
            time.sleep(seconds)
            enough.set()
            for person in people:
                person.join()
        finally:
            house.close()
    return report


class _Somebody(threading.Thread):
    """Does a thing again and again until it is enough; what goes wrong is a fault."""

    def __init__(
        self, house: StormHouse, report: Report, enough: threading.Event, number: int
    ) -> None:
        super().__init__(daemon=True)
        self.house, self.report, self.enough, self.number = house, report, enough, number
        self.draw = random.Random(number)
        self._web = urllib.request.build_opener(
            urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar())
        )

    def run(self) -> None:
        try:
            self.begin()
            while not self.enough.is_set():
                self.do()
        except Exception as error:  # noqa: BLE001 - told, whatever it is
            self.report.faults.append(f"{type(self).__name__}: {type(error).__name__}: {error}")

    def begin(self) -> None:
        """Come in, where one has to."""

    def do(self) -> None:
        raise NotImplementedError

    def ask(self, name: str, path: str, data: dict[str, str] | None = None) -> str:
        """Open a page, or send a form, and note how long it took."""
        body = urllib.parse.urlencode(data).encode() if data else None
        headers = {"Referer": self.house.url, "Accept-Language": "en"}
        request = urllib.request.Request(self.house.url + path, body, headers)
        began = time.monotonic()
        with self._web.open(request, timeout=30) as answered:
            page: str = answered.read().decode()
        self.report.seconds[name].append(time.monotonic() - began)
        return page

    def send(self, name: str, page: str, path: str, **data: str) -> str:
        token = _CSRF.search(page)
        return self.ask(name, path, {"csrfmiddlewaretoken": token[1] if token else "", **data})


class _Agent(_Somebody):
    def begin(self) -> None:
        time.sleep(self.number / 4)
        page = self.ask("sign in", "/me/login/")
        login = f"agent{self.number}@storm.example"
        self.send("sign in", page, "/me/login/", login=login, password=_PASSWORD)

    def do(self) -> None:
        self.ask("My day", "/desk/")
        cases = _CASE.findall(self.ask("Cases", "/desk/cases/"))
        self.ask("search", f"/desk/cases/?q={self.draw.choice(['lampa', 'phone', 'лампа'])}")
        if not cases:
            return
        place = self.draw.choice(cases)
        page = self.ask("a case", place)
        if 'data-key="c"' in page:
            self.send("decide", page, f"{place}verdict", kind="complaint")
            page = self.ask("a case", place)
        self.send("note", page, f"{place}note", **{"note-text": "Looked at it."})
        self.enough.wait(self.draw.uniform(0.5, 1.5))


class _Customer(_Somebody):
    def do(self) -> None:
        page = self.ask("the form", "/")
        number = self.draw.randrange(10**9)
        self.send("file", page, "/", text=f"It broke {number}.", address=f"{number}@klient.example")
        self.enough.wait(10)


class _Post(_Somebody):
    def do(self) -> None:
        began = time.monotonic()
        for number, mail in enumerate(mixed_mails(1_000_000)):
            if self.enough.is_set():
                return
            self.house.hand_in(mail, "a@mail.example", self.draw, ports=1)
            self.report.mails += 1
            ahead = began + (number + 1) / MAILS_A_SECOND - time.monotonic()
            if ahead > 0:
                self.enough.wait(ahead)
