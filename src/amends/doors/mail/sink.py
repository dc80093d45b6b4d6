"""The customers' mailbox of the demo and the tests: a Maildir, and nobody at some addresses."""

import mailbox
from pathlib import Path
from typing import Any

from aiosmtpd.smtp import SMTP

from amends.doors.mail.listening import Listener
from amends.ground.loopback import is_loopback


class NotLoopback(Exception):
    """The sink was to listen where others could reach it."""


# Who has an address there is gone: mail to it is refused, as mail servers refuse it for real.
GONE = "@gone.example"


class Sink:
    def __init__(self, folder: Path) -> None:
        self._maildir = mailbox.Maildir(folder, create=True)

    async def handle_RCPT(  # noqa: N802
        self, _server: Any, _session: Any, envelope: Any, address: str, options: list[str]
    ) -> str:
        if address.lower().endswith(GONE):
            return "550 5.1.1 nobody of that name is here"
        envelope.rcpt_tos.append(address)
        envelope.rcpt_options.extend(options)
        return "250 OK"

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802
        self._maildir.add(envelope.original_content)
        return "250 2.0.0 delivered"


def sink(folder: Path, *, host: str = "127.0.0.1", port: int = 0) -> Listener:
    """Return the server, to be started or used as a context; port 0 takes a free one."""
    if not is_loopback(host):
        raise NotLoopback(host)
    handler = Sink(folder)
    return Listener(
        handler,
        lambda: SMTP(handler, enable_SMTPUTF8=True, hostname="sink", data_size_limit=None),
        host=host,
        port=port,
    )
