"""One conversation with the house's mail server: what it answers, mail by mail."""

import contextlib
import smtplib
import ssl
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.conf import settings

from amends.doors.mail.hindered import Hindered
from amends.doors.mail.patience import PatientSMTP, PatientSMTPS
from amends.doors.mail.smtp_permission import sign_in_by_grant

# For each step of a conversation, in all; together they are shorter than a lease.
_SECONDS = 60
# RFC 5321 4.5.3.2.6 gives a server ten minutes to look at a mail; asking again doubles it.
_SECONDS_FOR_THE_MAIL = 300
_SECONDS_TO_LEAVE = 10
_CLOSING = 421
# "Authentication required" and its kin tell of our settings, not of the mail.
_ABOUT_US = {530, 534, 535, 538}


@dataclass(frozen=True)
class Answer:
    code: int
    text: str

    @property
    def is_yes(self) -> bool:
        return 200 <= self.code < 400  # noqa: PLR2004 - the classes of RFC 5321 4.2.1

    @property
    def is_never(self) -> bool:
        return self.code >= 500 and self.code not in _ABOUT_US  # noqa: PLR2004

    def __str__(self) -> str:
        return f"{self.code} {self.text}"


class NoLine(Exception):
    """The server can't be reached, doesn't let us in, or hung up."""


class Line:
    """Opened when first needed, and anew after it broke."""

    def __init__(self) -> None:
        self._server: PatientSMTP | None = None

    def greet(self) -> None:
        """Reach the server and sign in there; NoLine says why that can't be done."""
        self._open()

    def offer(self, sender: str, recipient: str) -> Answer:
        """Name sender and recipient; the answer says whether the mail may follow."""
        server = self._open()
        with _trouble_told():
            server.wait(_SECONDS)
            options = [] if (sender + recipient).isascii() else ["SMTPUTF8"]
            if options and not server.has_extn("smtputf8"):
                return Answer(553, "the server takes no such address (SMTPUTF8)")
            answer = _answer(server.mail(sender, options))
            return _answer(server.rcpt(recipient)) if answer.is_yes else answer

    def deliver(self, mime: bytes) -> Answer:
        """Send the mail that was offered; NoLine leaves open whether it arrived."""
        server = self._open()
        with _trouble_told():
            server.wait(_SECONDS_FOR_THE_MAIL)
            try:
                return _answer(server.data(mime))
            except smtplib.SMTPDataError as refusal:
                return _answer((refusal.smtp_code, _bytes(refusal.smtp_error)))

    def clear(self, answer: Answer) -> None:
        """Make ready for the next mail after one that was not taken."""
        if answer.code == _CLOSING or self._server is None:
            self.drop()
            return
        try:
            self._server.wait(_SECONDS)
            self._server.rset()
        except (smtplib.SMTPException, OSError):
            self.drop()

    def drop(self) -> None:
        if self._server is not None:
            self._server.close()
            self._server = None

    def close(self) -> None:
        if self._server is not None:
            with contextlib.suppress(smtplib.SMTPException, OSError):
                self._server.wait(_SECONDS_TO_LEAVE)
                self._server.quit()
            self.drop()

    def _open(self) -> PatientSMTP:
        if self._server is None:
            with _trouble_told():
                self._server = _connect()
        return self._server


@contextlib.contextmanager
def _trouble_told() -> Iterator[None]:
    try:
        yield
    except Hindered as hindered:
        raise NoLine(str(hindered)) from hindered
    except (smtplib.SMTPException, OSError) as trouble:
        raise NoLine(f"{type(trouble).__name__}: {trouble}") from trouble


def _connect() -> PatientSMTP:
    name = urlsplit(settings.HOUSE_URL).hostname or "localhost"
    where = (settings.SMTP_HOST, settings.SMTP_PORT, name)
    security = settings.SMTP_SECURITY
    if security == "tls":
        # Without a context of ours smtplib looks at no certificate.
        server: PatientSMTP = PatientSMTPS(*where, seconds=_SECONDS, context=_trusting())
    else:
        server = PatientSMTP(*where, seconds=_SECONDS)
    try:
        _introduce(server, starttls=security == "starttls")
    except BaseException:
        server.close()
        raise
    return server


def _introduce(server: smtplib.SMTP, *, starttls: bool) -> None:
    if starttls:
        server.starttls(context=_trusting())
    server.ehlo_or_helo_if_needed()
    if settings.SMTP_OAUTH:
        sign_in_by_grant(server)
    elif settings.SMTP_USER:
        server.login(settings.SMTP_USER, settings.SMTP_PASSWORD)


def _trusting() -> ssl.SSLContext:
    """Trust whom the machine trusts, under the name that was asked for."""
    return ssl.create_default_context()


def _answer(said: tuple[int, bytes]) -> Answer:
    code, text = said
    if code < 0:
        raise smtplib.SMTPServerDisconnected("the server hung up")
    return Answer(code, text.decode("utf-8", "replace").replace("\x00", ""))


def _bytes(said: bytes | str) -> bytes:
    return said.encode() if isinstance(said, str) else said
