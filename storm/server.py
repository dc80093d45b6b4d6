"""A mail server as they are: it takes, puts off, refuses, stalls, and hangs up when it hurts."""

import asyncio
import hashlib
import random
from collections import defaultdict
from typing import Any

from aiosmtpd.smtp import SMTP

from amends.doors.mail.listening import Listener
from amends.expertise.correspondence import read_letter

GONE = "@gone.example"
_STALL_SECONDS = 1.5
_PUTS_OFF, _STALLS, _HANGS_UP_BEFORE, _HANGS_UP_AFTER = 0.06, 0.09, 0.12, 0.16


class Server:
    """Remembers what it took: by Message-ID, the digests of the bytes, once for each time."""

    def __init__(self, seed: int) -> None:
        self.taken: dict[str, list[str]] = defaultdict(list)
        self.answers_lost = 0
        self._draw = random.Random(seed)

    async def handle_RCPT(  # noqa: N802
        self, _server: Any, _session: Any, envelope: Any, address: str, _options: list[str]
    ) -> str:
        if address.lower().endswith(GONE):
            return "550 5.1.1 nobody of that name is here"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802
        whim = self._draw.random()
        if whim < _PUTS_OFF:
            return "451 4.7.1 come again later"
        if whim < _STALLS:
            await asyncio.sleep(_STALL_SECONDS)
        elif whim < _HANGS_UP_BEFORE:
            server.transport.abort()
            return "451 gone"
        content = envelope.original_content
        self.taken[read_letter(content).message_id].append(hashlib.sha256(content).hexdigest())
        if _HANGS_UP_BEFORE <= whim < _HANGS_UP_AFTER:
            self.answers_lost += 1
            server.transport.abort()
        return "250 2.0.0 taken"

    def listening(self) -> Listener:
        return Listener(
            self,
            lambda: SMTP(self, enable_SMTPUTF8=True, hostname="storm"),
            host="127.0.0.1",
            port=0,
        )
