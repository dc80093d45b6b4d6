"""How an alarm is told: to a command's standard input, or to an address of the web by POST."""

import http.client
import ipaddress
import json
import shlex
import socket
import ssl
import subprocess
from urllib.parse import SplitResult, urlsplit

from django.conf import settings

_SECONDS = 20


class CannotTell(Exception):
    """The command failed, or the address can't be reached, refuses or is an internal one."""


def tell(channel: str, what: str, text: str) -> None:
    """Tell the text; `what` is "wrong" or "over"."""
    if channel.startswith(("https://", "http://")):
        _post(urlsplit(channel), json.dumps({"state": what, "text": text}).encode())
    else:
        _run(shlex.split(channel), text)


def _run(command: list[str], text: str) -> None:
    try:
        done = subprocess.run(  # noqa: S603 -- whoever runs the house named it, and no shell reads it
            command, input=text, text=True, capture_output=True, timeout=_SECONDS, check=False
        )
    except subprocess.TimeoutExpired as slow:
        raise CannotTell(f"{command[0]} took longer than {_SECONDS} seconds") from slow
    if done.returncode:
        raise CannotTell(f"{command[0]} ended with {done.returncode}: {done.stderr[-500:]}")


def _post(address: SplitResult, body: bytes) -> None:
    host, is_https = address.hostname or "", address.scheme == "https"
    port = address.port or (443 if is_https else 80)
    line = http.client.HTTPConnection(host, port, timeout=_SECONDS)
    try:
        # Connected here, to the number that was looked at: asked again, a name may give another.
        line.sock = socket.create_connection((_outside(host, port), port), _SECONDS)
        if is_https:
            line.sock = ssl.create_default_context().wrap_socket(line.sock, server_hostname=host)
        where = (address.path or "/") + (f"?{address.query}" if address.query else "")
        line.request("POST", where, body, {"Content-Type": "application/json"})
        status = line.getresponse().status
    except http.client.HTTPException as trouble:
        raise CannotTell(f"{host}: {type(trouble).__name__}") from trouble
    finally:
        line.close()
    # A redirect is not followed: it could lead anywhere.
    if not 200 <= status < 300:  # noqa: PLR2004
        raise CannotTell(f"{host} answered {status}")


def _outside(host: str, port: int) -> str:
    found = [str(told[4][0]) for told in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]
    inside = [number for number in found if not ipaddress.ip_address(number).is_global]
    if inside and not settings.ALARM_INSIDE:
        raise CannotTell(f"{host} is {inside[0]}, an internal address (AMENDS_ALARM_INSIDE)")
    return found[0]
