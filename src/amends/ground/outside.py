"""Addresses of the web that the house asks: outside only, where it was looked, and no further.

The one way by which the program speaks HTTP to others. A name is resolved once, every number that
it gives is looked at, and the connection goes to one of these: asked again, a name may give another
(DNS rebinding). A redirect is an answer like any other and is never followed. A proxy that the
environment names is not used: it would do the looking up.
"""

import contextlib
import http.client
import ipaddress
import socket
import ssl
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from threading import Event, Timer
from urllib.parse import SplitResult, urlsplit

_SECONDS = 15
_MOST_BYTES = 65_536
_PORTS = {"http": 80, "https": 443}
# Not meant for the world, though Python takes them for its: a cloud's own services (Azure, Oracle),
# IPv4 in an old clothing, the private networks of the first IPv6.
_INSIDE_TOO = tuple(
    map(ipaddress.ip_network, ("168.63.129.16/32", "192.0.0.0/24", "::/96", "fec0::/10"))
)
_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")


class Silent(Exception):
    """Nobody is there, what comes back is no answer, or the address is none that can be asked."""


class Inside(Silent):
    """The address lies on this machine or inside a network of its own."""


@dataclass(frozen=True)
class Answer:
    status: int
    body: bytes


def post(
    url: str, body: bytes, headers: Mapping[str, str], *, may_be_inside: bool = False,
    seconds: float = _SECONDS,
) -> Answer:  # fmt: skip
    """Post and return what was answered, whatever its status, of which the first 64 kB are read.

    `seconds` hold for the whole of it, however slowly the other side speaks.
    """
    parts, host, port = _taken_apart(url)
    try:
        with (
            _connected(host, port, seconds, may_be_inside=may_be_inside) as wire,
            _cut_off(wire, seconds),
        ):
            line = http.client.HTTPConnection(host, port)
            line.sock = _encrypted(wire, host) if parts.scheme == "https" else wire
            with contextlib.closing(line):
                line.request("POST", _path(parts), body, dict(headers))
                answer = line.getresponse()
                return Answer(answer.status, answer.read(_MOST_BYTES))
    except (http.client.HTTPException, OSError, ValueError) as trouble:
        raise Silent(f"{host}: {str(trouble) or type(trouble).__name__}") from trouble


def is_inside(number: str) -> bool:
    """Tell whether an IP address is anything but one of the wide world's."""
    address = ipaddress.ip_address(number)
    if isinstance(address, ipaddress.IPv6Address) and (hidden := _hidden(address)):
        address = hidden
    return (
        not address.is_global
        or address.is_multicast
        or any(address in network for network in _INSIDE_TOO)
    )


def _hidden(address: ipaddress.IPv6Address) -> ipaddress.IPv4Address | None:
    """Return the IPv4 address that a gateway, or this machine, would make of it."""
    if address in _NAT64:
        return ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
    return address.ipv4_mapped or address.sixtofour


def _taken_apart(url: str) -> tuple[SplitResult, str, int]:
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port
    except ValueError as nonsense:
        raise Silent(f"no address of the web: {nonsense}") from nonsense
    if parts.scheme not in _PORTS or not host:
        raise Silent("no address of the web: it begins with https:// and a name")
    return parts, host, port or _PORTS[parts.scheme]


def _path(parts: SplitResult) -> str:
    return (parts.path or "/") + (f"?{parts.query}" if parts.query else "")


def _connected(host: str, port: int, seconds: float, *, may_be_inside: bool) -> socket.socket:
    told = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    numbers = list(dict.fromkeys(str(found[4][0]) for found in told))
    inside = next(filter(is_inside, numbers), "")
    if inside and not may_be_inside:
        raise Inside(f"{host} is {inside}, an internal address")
    trouble: OSError = OSError("no address")
    for number in numbers:
        try:
            return socket.create_connection((number, port), seconds)
        except OSError as closed:
            trouble = closed
    raise trouble


def _encrypted(wire: socket.socket, host: str) -> ssl.SSLSocket:
    return ssl.create_default_context().wrap_socket(wire, server_hostname=host)


@contextlib.contextmanager
def _cut_off(wire: socket.socket, seconds: float) -> Iterator[None]:
    """Hang up when the time is over: a time-out of a socket begins anew with every byte."""
    end, is_over = wire.dup(), Event()

    def hang_up() -> None:
        is_over.set()
        with contextlib.suppress(OSError):
            end.shutdown(socket.SHUT_RDWR)

    timer = Timer(seconds, hang_up)
    timer.start()
    try:
        yield
    finally:
        timer.cancel()
        timer.join()
        end.close()
        if is_over.is_set():  # what is cut off here looks like a whole answer to who reads it
            raise TimeoutError(f"no whole answer within {seconds} seconds")
