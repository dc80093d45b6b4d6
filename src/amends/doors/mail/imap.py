"""One conversation with an IMAP server: what lies there, its bytes, and where it is put then."""

import contextlib
import imaplib
import re
import ssl
import time
from collections.abc import Callable, Iterator
from datetime import date, datetime
from typing import Any

from imap_tools import AND, BaseMailBox
from imap_tools.errors import ImapToolsError, UnexpectedCommandStatusError

from amends.doors.mail import permission
from amends.doors.mail.hindered import Hindered
from amends.doors.mail.lmtp import MOST_BYTES
from amends.doors.mail.patience import PatientIMAP, connect
from amends.ground.loopback import is_loopback
from amends.ground.sealing import CannotUnseal
from amends.records.post.models.pickup import Pickup, Security, Trouble

_SECONDS = 30
_SLICE_SECONDS = 1.0
_PREFIX = re.compile(rb'\(\("((?:[^"\\]|\\.)*)"')
_SIZE = re.compile(rb"RFC822\.SIZE (\d+)")


class Unfetchable(Exception):
    """The server has this mail and doesn't give it, or it is too big."""


@contextlib.contextmanager
def open_box(pickup: Pickup, at: datetime) -> Iterator["Box"]:
    """Sign in and see that the folders are there; leave when the block is left."""
    with _signed_in(pickup, at, _SECONDS) as server:
        with _told(Trouble.FOLDER):
            box = Box(server, pickup)
        yield box


def try_box(pickup: Pickup, at: datetime, seconds: float) -> None:
    """See whether one is let in and the folder can be opened; Hindered if not. Nothing is made."""
    with _signed_in(pickup, at, seconds) as server, _told(Trouble.FOLDER):
        server.folder.set(pickup.folder, readonly=True)


@contextlib.contextmanager
def _signed_in(pickup: Pickup, at: datetime, seconds: float) -> Iterator[BaseMailBox]:
    with _told(Trouble.UNREACHABLE):
        server = _connect(pickup, seconds)
    try:
        _sign_in(server, pickup, at)
        yield server
    finally:
        with contextlib.suppress(ImapToolsError, imaplib.IMAP4.error, OSError):
            server.logout()
        with contextlib.suppress(OSError):
            server.client.shutdown()


class Box:
    """The folder that mail comes into. Every look selects it anew: no number outlives a look."""

    def __init__(self, server: BaseMailBox, pickup: Pickup, most_bytes: int = MOST_BYTES) -> None:
        self._server = server
        self._folder = pickup.folder
        self._most_bytes = most_bytes
        self._capabilities = _capabilities(server)
        prefix = _personal_prefix(server) if "NAMESPACE" in self._capabilities else ""
        self.done = self._made(prefix, pickup.done_folder)
        self.failed = self._made(prefix, pickup.failed_folder)

    @property
    def tells(self) -> bool:
        """Whether the server says by itself that something has come."""
        return "IDLE" in self._capabilities

    def waiting(self, since: date) -> list[str]:
        """Return the numbers of the mails that came since then, in their order."""
        with _told(Trouble.FOLDER):
            self._server.folder.set(self._folder)
            uids = self._server.uids(AND(date_gte=since, deleted=False), charset=None)
        return list(uids)

    def content(self, uid: str) -> bytes | None:
        """Return the mail's bytes; None if it is gone meanwhile, Unfetchable if it isn't given."""
        with _told(Trouble.UNREACHABLE):
            size = next(filter(None, map(_SIZE.search, self._lines(uid, "RFC822.SIZE"))), None)
            if size is None:
                return None
            if int(size[1]) > self._most_bytes:
                raise Unfetchable(f"{int(size[1])} bytes")
            told = self._fetched(uid, "BODY.PEEK[]")
        return _literal(told)

    def file(self, uid: str, folder: str) -> None:
        """Put the mail where it doesn't wait any more."""
        with _told(Trouble.FILING):
            self._server.move([uid], folder)

    @contextlib.contextmanager
    def listening(self) -> Iterator[Callable[[], bool]]:
        """Give a way to ask, for a second each time, whether something has come."""
        if not self.tells:
            yield _wait_a_second
            return
        with _told(Trouble.UNREACHABLE), self._server.idle as idle:
            yield lambda: self._said_meanwhile() or _has_come(idle)

    def _said_meanwhile(self) -> bool:
        """Whether something was said while we spoke: nobody is woken by what has been read."""
        client = self._server.client
        # SELECT says how many there are, once; whatever says it again has come since.
        if len(client.untagged_responses.get("EXISTS", ())) > 1:
            return True
        patience = client.sock.gettimeout()
        client.sock.settimeout(0)
        try:
            return b"EXISTS" in client.readline()
        except OSError:
            return False  # nothing to be read
        finally:
            client.sock.settimeout(patience)

    def _made(self, prefix: str, name: str) -> str:
        # Many servers keep all folders below INBOX, and say so by their namespace.
        full = name if name.startswith(prefix) else prefix + name
        if not self._server.folder.exists(full):
            self._server.folder.create(full)
            with contextlib.suppress(ImapToolsError):
                self._server.folder.subscribe(full, value=True)
        return full

    def _lines(self, uid: str, what: str) -> list[bytes]:
        return [part for part in self._fetched(uid, what) if isinstance(part, bytes)]

    def _fetched(self, uid: str, what: str) -> list[Any]:
        try:
            answer, told = self._server.client.uid("FETCH", uid, f"({what})")
        except imaplib.IMAP4.abort:
            raise
        except imaplib.IMAP4.error as refusal:
            raise Unfetchable(str(refusal)) from refusal
        if answer != "OK":
            raise Unfetchable(str(told))
        return list(told)


def _literal(told: list[Any]) -> bytes | None:
    parts = [part for part in told if part]
    for part in parts:
        if isinstance(part, tuple):
            return bytes(part[1])
    if any(b"BODY[]" in part for part in parts):
        raise Unfetchable("nothing in it")
    return None


class _Opened(BaseMailBox):  # type: ignore[misc]
    """What the library can do, on a line that we have opened."""

    def __init__(self, client: PatientIMAP) -> None:
        self._opened = client
        super().__init__()

    def _get_mailbox_client(self) -> PatientIMAP:
        return self._opened


def _connect(pickup: Pickup, seconds: float) -> BaseMailBox:
    if pickup.security == Security.NONE and not is_loopback(pickup.host):
        raise Hindered(Trouble.CERTIFICATE, "no password goes over a network in the open")
    tls, starttls = pickup.security == Security.TLS, pickup.security == Security.STARTTLS
    return _Opened(connect(pickup.host, pickup.port, tls=tls, starttls=starttls, seconds=seconds))


def _sign_in(server: BaseMailBox, pickup: Pickup, at: datetime) -> None:
    if not pickup.has_password:
        with permission.token(pickup, at) as token, _told(Trouble.SIGN_IN):
            server.xoauth2(pickup.user, token, initial_folder=None)
        return
    try:
        password = pickup.password()
    except CannotUnseal as lost:
        raise Hindered(Trouble.SECRET) from lost
    sign_in = server.login if (pickup.user + password).isascii() else server.login_utf8
    with _told(Trouble.SIGN_IN):
        sign_in(pickup.user, password, initial_folder=None)


def _capabilities(server: BaseMailBox) -> set[str]:
    # Asked anew: before signing in many servers name only a part.
    _answer, told = server.client.capability()
    found = (told[-1] or b"").decode("ascii", "replace").upper().split()
    server.client.capabilities = tuple(found)
    return set(found)


def _personal_prefix(server: BaseMailBox) -> str:
    _answer, told = server.client.namespace()
    found = _PREFIX.match(told[0]) if told and isinstance(told[0], bytes) else None
    return found[1].decode("ascii", "replace") if found else ""


def _wait_a_second() -> bool:
    time.sleep(_SLICE_SECONDS)
    return False


def _has_come(idle: Any) -> bool:
    began = time.monotonic()
    told = idle.poll(_SLICE_SECONDS)
    # Nothing said and yet awake before the time: the server has hung up, as a look will show.
    hung_up = not told and time.monotonic() - began < _SLICE_SECONDS / 2
    return hung_up or any(b"EXISTS" in line or b"BYE" in line for line in told)


@contextlib.contextmanager
def _told(refused: Trouble) -> Iterator[None]:
    """Say what is in the way: the line, its encryption, or what the server refused."""
    try:
        yield
    except ssl.SSLCertVerificationError as wrong:
        raise Hindered(Trouble.CERTIFICATE, wrong.verify_message) from wrong
    except (imaplib.IMAP4.abort, OSError) as broken:
        raise Hindered(Trouble.UNREACHABLE, str(broken)) from broken
    except (imaplib.IMAP4.error, ImapToolsError, ValueError) as refusal:
        raise Hindered(refused, _said(refusal)) from refusal


def _said(refusal: Exception) -> str:
    if isinstance(refusal, UnexpectedCommandStatusError):
        said = refusal.command_result[-1]
        last = said[-1] if isinstance(said, list) and said else said
        return last.decode("utf-8", "replace") if isinstance(last, bytes) else str(last)
    return str(refusal)
