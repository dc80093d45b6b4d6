"""The house as it is run, web and worker: what memory it takes, and how many pages it gives."""

import http.client
import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from storm.house import free_port

from amends.ground.jobs.models import Job
from amends.site.run import web_command
from bench.mails import write_mails

_SETTLE_SECONDS, _PATIENCE_SECONDS, _MEASURE_SECONDS = 5, 120, 5
_FEW_MAILS, _CLIENTS = 40, 8
_SEARCHES = ("lamp", "lampy", "%D0%BB%D0%B0%D0%BC%D0%BF%D1%8B", "lampa")


def measure_memory(scratch: Path, session: str) -> None:
    """Print the memory of web and worker, idle, and when all four languages were at work.

    It is the processes' own and their share of what they have in common (PSS), in MB.
    """
    with _served() as (port, processes):
        time.sleep(_SETTLE_SECONDS)
        idle = sum(map(_megabytes, processes))
        mails = scratch / "few"
        write_mails(mails, _FEW_MAILS)
        program = [sys.executable, "-m", "amends.site", "intake", str(mails)]
        subprocess.run(program, check=True, stdout=subprocess.DEVNULL)
        for words in _SEARCHES:
            _ask(port, f"/desk/cases/?state=all&q={words}", session)
        for language in ("en", "pl", "ru", "sk"):
            _ask(port, "/", session, language)
            _ask(port, "/desk/", session, language)
        until = time.monotonic() + _PATIENCE_SECONDS
        while Job.objects.unfinished().exists() and time.monotonic() < until:
            time.sleep(0.5)
        warm = sum(map(_megabytes, processes))
    print(f"Memory of web and worker: {idle:.0f} MB idle, {warm:.0f} MB with four languages warm")


def measure_throughput(session: str) -> None:
    """Print how many lists a second one client gets from one web process, and eight at once."""
    with _served() as (port, _processes):
        page = "/desk/cases/"
        _ask(port, page, session)
        for clients in (1, _CLIENTS):
            asked = [_Client(port, page, session) for _client in range(clients)]
            for client in asked:
                client.start()
            time.sleep(_MEASURE_SECONDS)
            for client in asked:
                client.enough = True
            for client in asked:
                client.join()
            a_second = sum(client.answered for client in asked) / _MEASURE_SECONDS
            print(f"  Cases, {clients} at once, one web process: {a_second:.1f} pages a second")


class _Client(threading.Thread):
    def __init__(self, port: int, page: str, session: str) -> None:
        super().__init__(daemon=True)
        self.answered, self.enough = 0, False
        self._asks = port, page, session

    def run(self) -> None:
        while not self.enough:
            _ask(*self._asks)
            self.answered += 1


@contextmanager
def _served() -> Iterator[tuple[int, list[int]]]:
    """Serve the house of AMENDS_HOME; gives its port and its processes' numbers."""
    port = free_port()
    env = {
        **os.environ, "AMENDS_URL": f"http://localhost:{port}", "AMENDS_DATABASE_WAIT": "20",
        "AMENDS_LMTP_PORT": str(free_port()),
        # Nobody is there: what goes out waits.
        "AMENDS_SMTP_HOST": "127.0.0.1", "AMENDS_SMTP_PORT": str(free_port()),
    }  # fmt: skip
    commands = [web_command(port), [sys.executable, "-m", "amends.site", "work"]]
    running = [
        subprocess.Popen(command, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        for command in commands
    ]
    try:
        _wait_for(port)
        yield port, [number for process in running for number in _with_children(process.pid)]
    finally:
        for process in running:
            process.terminate()
        for process in running:
            process.wait()


def _wait_for(port: int) -> None:
    until = time.monotonic() + _PATIENCE_SECONDS
    while True:
        try:
            _ask(port, "/health", "")
        except OSError:
            if time.monotonic() > until:
                raise
            time.sleep(0.2)
        else:
            return


def _ask(port: int, path: str, session: str, language: str = "en") -> None:
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    cookie = f"sessionid={session}; django_language={language}"
    line.request("GET", path, headers={"Cookie": cookie, "Host": f"localhost:{port}"})
    answer = line.getresponse()
    answer.read()
    line.close()
    # Of health the answer alone counts: the worker may not be there yet.
    if answer.status != 200 and path != "/health":
        raise RuntimeError(f"{path}: {answer.status}")


def _with_children(number: int) -> list[int]:
    children = Path(f"/proc/{number}/task/{number}/children").read_text().split()
    return [number, *(found for child in children for found in _with_children(int(child)))]


def _megabytes(number: int) -> float:
    lines = Path(f"/proc/{number}/smaps_rollup").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("Pss:")) / 1024
