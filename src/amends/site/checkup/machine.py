"""What the machine and the settings must be like."""

import os
import sqlite3
import stat
import sys
from collections.abc import Iterator
from contextlib import closing
from datetime import datetime
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings

from amends.ground.last_backup import last_backup
from amends.ground.loopback import is_loopback
from amends.site.checkup.findings import Finding, good, span, warning, wrong

_OLDEST_SQLITE = (3, 35, 0)
_SHORTEST_KEY = 32
_A_DAY_AND_A_BIT = 26 * 3600


def look_at_machine(at: datetime) -> Iterator[Finding]:
    yield _python()
    yield _sqlite()
    yield from _folder(Path(settings.HOUSE_HOME))
    yield _key()
    yield _address()
    yield _debugging()
    yield _backup(at)


def _python() -> Finding:
    version = ".".join(map(str, sys.version_info[:3]))
    return good("python", f"Python is {version}.")


def _sqlite() -> Finding:
    says = f"SQLite is {sqlite3.sqlite_version}."
    with closing(sqlite3.connect(":memory:")) as probe:
        try:
            probe.execute("CREATE VIRTUAL TABLE probe USING fts5(words)")
        except sqlite3.OperationalError:
            return wrong(
                "sqlite", f"{says} It can't search texts (FTS5).",
                "Use the Python of your system, or one that was built with FTS5.",
            )  # fmt: skip
    if sqlite3.sqlite_version_info < _OLDEST_SQLITE:
        return wrong("sqlite", says, "It must be 3.35 or newer: use a newer system.")
    return good("sqlite", says)


def _folder(home: Path) -> Iterator[Finding]:
    if not os.access(home, os.R_OK | os.W_OK | os.X_OK):
        yield wrong("folder", f"{home} can't be written.", "chown it to the user that runs Amends.")
        return
    for place in (home, home / "secret", home / "house.sqlite3", home / "files"):
        if place.exists() and stat.S_IMODE(place.stat().st_mode) & 0o077:
            yield warning(
                "folder", f"{place} can be read by others on this machine.", f"chmod go= {place}"
            )
            return
    yield good("folder", f"The house is in {home}, and only its user can read it.")


def _key() -> Finding:
    if len(settings.SECRET_KEY) < _SHORTEST_KEY:
        return wrong(
            "key", "The key that signs links and sessions is short enough to be guessed.",
            "Leave AMENDS_SECRET_KEY out, and the house draws one.",
        )  # fmt: skip
    return good("key", "The house has a key.")


def _address() -> Finding:
    parts = urlsplit(settings.HOUSE_URL)
    host = parts.hostname or ""
    if is_loopback(host):
        return warning(
            "address", f"Links in mails lead to {settings.HOUSE_URL}, which nobody else can open.",
            "Set AMENDS_URL to the address that customers use: docs/running.md, On a server.",
        )  # fmt: skip
    if parts.scheme != "https":
        return wrong(
            "address", f"Customers' links lead to {settings.HOUSE_URL}, so anybody can read along.",
            "Let a proxy end TLS, and set AMENDS_URL to https://…",
        )  # fmt: skip
    if host not in settings.ALLOWED_HOSTS and "*" not in settings.ALLOWED_HOSTS:
        return wrong("address", f"The web doesn't answer to {host}.", f"Set AMENDS_HOSTS={host}")
    if not settings.BEHIND_PROXY:
        return warning(
            "address", "Every visitor seems to come from the proxy, so limits count all together.",
            "Set AMENDS_BEHIND_PROXY=1 where a proxy of your own stands before the web.",
        )  # fmt: skip
    return good("address", f"Customers' links lead to {settings.HOUSE_URL}.")


def _debugging() -> Finding:
    if settings.DEBUG:
        return wrong(
            "debugging", "Whoever causes an error sees the source.", "Leave AMENDS_DEBUG out."
        )
    return good("debugging", "Errors show no source.")


def _backup(at: datetime) -> Finding:
    made = last_backup()
    do = "bin/amends backup, each night: docs/running.md, Back-up."
    if made is None:
        return warning("back-up", "No back-up was made by bin/amends backup.", do)
    old = at - made.made_at
    says = f"The last back-up is {span(old)} old."
    if old.total_seconds() > _A_DAY_AND_A_BIT:
        return warning("back-up", says, do)
    if not made.place.exists():
        return warning("back-up", f"{says} It is no longer where it was put.", do)
    return good("back-up", says)
