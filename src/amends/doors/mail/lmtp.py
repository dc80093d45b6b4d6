"""LMTP: the house's mail server hands us its mail, and gets a 250 only for what is on the disk."""

import asyncio
import logging
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any, ParamSpec, TypeVar

from aiosmtpd.lmtp import LMTP
from django.db import close_old_connections, connections

from amends.doors.mail.listening import Listener
from amends.doors.mail.reading import receive
from amends.ground import clock, read_only
from amends.ground.passing import is_passing
from amends.records.post.models import Mailbox

log = logging.getLogger(__name__)
P = ParamSpec("P")
T = TypeVar("T")

MOST_BYTES = 50 * 1024 * 1024
_KEPT = "250 2.0.0 kept"
_UNKNOWN = "550 5.1.1 nobody reads mail at this address"
_LATER = "451 4.3.0 can't keep it now, try again"


class Reception:
    """Answers for each recipient and each mail; the database is asked in a thread of its own."""

    def __init__(self) -> None:
        # One thread: the database has one writer anyway, and its connection is ours to close.
        self._desk = ThreadPoolExecutor(max_workers=1, thread_name_prefix="lmtp")

    async def handle_RCPT(  # noqa: N802
        self, _server: Any, _session: Any, envelope: Any, address: str, options: list[str]
    ) -> str:
        if not await self._at_desk(_is_read, address):
            return _UNKNOWN
        envelope.rcpt_tos.append(address)
        envelope.rcpt_options.extend(options)
        return "250 2.1.5 OK"

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802
        try:
            await self._at_desk(_keep, envelope)
            answer = _KEPT
        except Exception as error:
            told = "a mail could not be kept, its server tries again: %s"
            log.exception(told, str(error).strip(), exc_info=not is_passing(error))
            answer = _LATER
        return for_each_recipient(envelope, answer)

    async def handle_exception(self, error: Exception) -> str:
        trace = None if is_passing(error) else error
        log.error("LMTP conversation failed: %s", str(error).strip(), exc_info=trace)
        return _LATER

    def close(self) -> None:
        self._desk.submit(connections.close_all).result()
        self._desk.shutdown()

    async def _at_desk(self, act: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        def asked() -> T:
            close_old_connections()
            try:
                return act(*args, **kwargs)
            except Exception as error:
                read_only.note(error)
                raise
            finally:
                read_only.leave()

        return await asyncio.get_running_loop().run_in_executor(self._desk, asked)


class Server(LMTP):  # type: ignore[misc]
    # Mail with longer lines than RFC 5321 allows exists, and its writer waits for an answer.
    line_length_limit = 1024 * 1024

    async def push(self, status: str) -> None:
        # RFC 2033: after DATA one answer for each recipient; aiosmtpd says a refusal only once.
        if status.startswith(("500 Line too long", "552 Error: Too much mail")):
            status = for_each_recipient(self.envelope, "552 5.3.4 the mail is too big")
        await super().push(status)


@contextmanager
def serve(*, host: str, port: int, most_bytes: int = MOST_BYTES) -> Iterator[Listener]:
    """Serve LMTP until the block is left; port 0 takes a free one (`.port` of what is given)."""
    reception = Reception()

    def server() -> Server:
        return Server(
            reception,
            data_size_limit=most_bytes,
            enable_SMTPUTF8=True,
            hostname="amends",
            ident="LMTP",
        )

    try:
        with Listener(reception, server, host=host, port=port) as listener:
            yield listener
    finally:
        reception.close()


def for_each_recipient(envelope: Any, answer: str) -> str:
    return "\r\n".join([answer] * max(1, len(envelope.rcpt_tos)))


def _is_read(address: str) -> bool:
    # Before the first mailbox is set up nothing is turned away: it would be lost for good.
    return Mailbox.objects.for_recipients([address]) is not None or not Mailbox.objects.exists()


def _keep(envelope: Any) -> None:
    receive(
        envelope.original_content,
        source="lmtp",
        at=clock.now(),
        envelope_from=envelope.mail_from.strip("<>"),
        envelope_to=envelope.rcpt_tos,
    )
