"""How long a server is waited for in all: one that drips a byte a minute is one that stalls.

The time-out of a socket begins anew with each byte, so it bounds nothing. Here all that is read
for one answer has one end.
"""

import contextlib
import imaplib
import io
import smtplib
import socket
import ssl
import time
from typing import Any


class Reader(socket.SocketIO):
    """Reads from the socket until a moment that whoever waits has set."""

    _sock: socket.socket

    def __init__(self, sock: socket.socket) -> None:
        super().__init__(sock, "rb")
        self.until: float | None = None

    def readinto(self, buffer: Any) -> int | None:
        # Who doesn't wait at all only looks whether something is there.
        if self.until is not None and self._sock.gettimeout() != 0:
            left = self.until - time.monotonic()
            if left <= 0:
                raise TimeoutError("the server takes too long")
            self._sock.settimeout(left)
        return super().readinto(buffer)


class PatientSMTP(smtplib.SMTP):
    """A line on which all that is sent and answered has one end, until that is set anew."""

    _until = 0.0
    _reader: Reader

    def __init__(self, *args: Any, seconds: float, **more: Any) -> None:
        self._until = time.monotonic() + seconds
        super().__init__(*args, **{**more, "timeout": seconds})

    def wait(self, seconds: float) -> None:
        """Give all that follows so much time together."""
        self._until = time.monotonic() + seconds

    def send(self, s: Any) -> None:
        if self.sock is not None:
            self.sock.settimeout(max(0.01, self._until - time.monotonic()))
        super().send(s)

    def getreply(self) -> tuple[int, bytes]:
        if self.file is None:
            self._reader = Reader(self.sock)  # type: ignore[arg-type]
            self.file = io.BufferedReader(self._reader)
        self._reader.until = self._until
        return super().getreply()


class PatientSMTPS(PatientSMTP, smtplib.SMTP_SSL):
    """The same, encrypted from the first byte on."""


class PatientIMAP(imaplib.IMAP4):
    """Whatever is said is answered within a time; a mail has more of it, by its size."""

    bytes_a_second = 50_000
    _reader: Reader

    def __init__(self, *args: Any, seconds: float, **more: Any) -> None:
        self.seconds = seconds
        super().__init__(*args, **{**more, "timeout": seconds})

    @property
    def file(self) -> Any:
        return self._buffered

    @file.setter
    def file(self, made: Any) -> None:
        # Set where a socket is opened, and again where it is wrapped by STARTTLS.
        made.close()
        self._reader = Reader(self.sock)
        self._buffered = io.BufferedReader(self._reader)
        self._wait(self.seconds)

    def send(self, data: Any) -> None:
        self.sock.settimeout(self.seconds)
        self._wait(self.seconds)
        super().send(data)

    def read(self, size: int) -> bytes:
        self._wait(self.seconds + size / self.bytes_a_second)
        return super().read(size)

    def _wait(self, seconds: float) -> None:
        self._reader.until = time.monotonic() + seconds


class PatientIMAPS(PatientIMAP, imaplib.IMAP4_SSL):
    """The same, encrypted from the first byte on."""


def connect(host: str, port: int, *, tls: bool, starttls: bool, seconds: float) -> PatientIMAP:
    """Open a line to an IMAP server, which has to prove its name where it is encrypted.

    Args:
        host: its name or number.
        port: where it listens.
        tls: the line is encrypted from the first byte on.
        starttls: it is encrypted once the server has greeted.
        seconds: how long each answer may take; a mail has more, by its size.
    """
    context = ssl.create_default_context()
    if tls:
        return PatientIMAPS(host, port, ssl_context=context, seconds=seconds)
    client = PatientIMAP(host, port, seconds=seconds)
    if starttls:
        try:
            client.starttls(context)
        except BaseException:
            with contextlib.suppress(OSError):
                client.shutdown()
            raise
    return client
