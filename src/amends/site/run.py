"""Starts a house: sets it up on its first call, then web, worker and mail in one go."""

import argparse
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

_CHECKOUT = Path(__file__).resolve().parents[3]
_STOP_WITHIN = 10.0


def main(arguments: Sequence[str]) -> int:
    wanted = _read(arguments)
    if taken := [port for port in wanted.ports if not _is_free(port)]:
        named = ", ".join(map(str, taken))
        print(
            f"Port {named} is in use by another program. Choose another: bin/run --port N",
            file=sys.stderr,
        )
        return 1
    _prepare_environment(wanted)
    first_call = _set_up(demo=wanted.demo)
    if first_call != 0:
        return first_call
    return _serve(wanted)


class Wanted(argparse.Namespace):
    port: int
    demo: bool

    @property
    def ports(self) -> tuple[int, int, int]:
        """The web's port, and the two after it: mail in, and the demo's customers' mailbox."""
        return self.port, self.port + 1, self.port + 2


def _read(arguments: Sequence[str]) -> Wanted:
    parser = argparse.ArgumentParser(prog="bin/run", description="Start Amends.")
    parser.add_argument("--port", type=int, default=8000, metavar="N", help="of the web (8000)")
    parser.add_argument(
        "--no-demo", dest="demo", action="store_false",
        help="your own house, in var/house, instead of the demo company",
    )  # fmt: skip
    wanted = parser.parse_args(arguments, namespace=Wanted())
    if not 1 <= wanted.port <= 65533:  # noqa: PLR2004
        parser.error("a port is a number from 1 to 65533")
    return wanted


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def _prepare_environment(wanted: Wanted) -> None:
    web, mail, sink = wanted.ports
    given = {
        "AMENDS_DEMO": "1" if wanted.demo else "0",
        "AMENDS_URL": f"http://localhost:{web}",
        "AMENDS_LMTP_PORT": str(mail),
    }
    if wanted.demo:
        # The demo lives apart, whatever else is set: it never touches a house that is in use,
        # and its mail goes nowhere but to the mailbox that one reads it in.
        os.environ.pop("DATABASE_URL", None)
        given |= {
            "AMENDS_HOME": os.environ.get("AMENDS_DEMO_HOME") or str(_CHECKOUT / "var" / "demo"),
            "AMENDS_SMTP_HOST": "127.0.0.1",
            "AMENDS_SMTP_PORT": str(sink),
            "AMENDS_SMTP_SECURITY": "none",
        }
    else:
        given = {name: os.environ.get(name, value) for name, value in given.items()}
        given |= {"AMENDS_HOME": os.environ.get("AMENDS_HOME") or str(_CHECKOUT / "var" / "house")}
    os.environ.update(given)


def _set_up(*, demo: bool) -> int:
    commands = [["setup"], *([["demo"]] if demo else [])]
    for command in commands:
        finished = subprocess.run([*_program(), *command], check=False)  # noqa: S603
        if finished.returncode != 0:
            return finished.returncode
    return 0


def _serve(wanted: Wanted) -> int:
    children = [
        subprocess.Popen(web_command(wanted.port), start_new_session=True),  # noqa: S603
        # The worker can wait for the database's one writer longer than a person would.
        subprocess.Popen(  # noqa: S603
            [*_program(), "work"],
            start_new_session=True,
            env={**os.environ, "AMENDS_DATABASE_WAIT": "20"},
        ),
    ]
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        if _answers(wanted.port, children):
            if code := _set_up_code():
                print("\n  This house is new. Set it up here, in five minutes:", flush=True)
                print(f"  http://localhost:{wanted.port}/setup/?code={code}", flush=True)
            print(f"\n  Amends is at http://localhost:{wanted.port}/desk/", flush=True)
            print(f"  Customers write at http://localhost:{wanted.port}/", flush=True)
            print("  Ctrl-C stops it.\n", flush=True)
        while all(child.poll() is None for child in children):
            time.sleep(0.2)
    except KeyboardInterrupt:
        print("\nStopping …", flush=True)
        return _stop(children)
    print("A part of Amends ended by itself; what it said stands above.", file=sys.stderr)
    _stop(children)
    return 1


def _set_up_code() -> str:
    """Return the code that `setup` left for the first administrator; empty when there is one."""
    place = Path(os.environ["AMENDS_HOME"]) / "set-up-code"
    return place.read_text().strip() if place.exists() else ""


def web_command(port: int, *, host: str = "127.0.0.1", workers: int = 1) -> list[str]:
    """Return what starts the web of the house that AMENDS_HOME names."""
    home = Path(os.environ["AMENDS_HOME"])
    return [
        sys.executable, "-m", "granian", "--interface", "wsgi", "--host", host,
        "--port", str(port), "--workers", str(workers), "--blocking-threads", "4",
        "--static-path-mount", str(home / "static"), "--static-path-route", "/static",
        "--no-ws", "--log-level", "warning", "amends.site.wsgi:application",
    ]  # fmt: skip


def _program() -> list[str]:
    return [sys.executable, "-m", "amends.site"]


def _answers(port: int, children: list["subprocess.Popen[bytes]"]) -> bool:
    """Wait until the web answers, so that the address printed is one that works."""
    for _attempt in range(150):
        if any(child.poll() is not None for child in children):
            return False
        with socket.socket() as probe:
            probe.settimeout(0.5)
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return True
        time.sleep(0.2)
    return False


def _stop(children: list["subprocess.Popen[bytes]"]) -> int:
    for child in children:
        if child.poll() is None:
            child.send_signal(signal.SIGINT)
    deadline = time.monotonic() + _STOP_WITHIN
    for child in children:
        try:
            child.wait(max(0.1, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()
    return 0
