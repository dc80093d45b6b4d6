"""How an alarm is told: to a command's standard input, or to an address of the web by POST."""

import json
import shlex
import subprocess
from urllib.parse import urlsplit

from django.conf import settings

from amends.ground import outside

_SECONDS = 20


class CannotTell(Exception):
    """The command failed, or the address can't be reached, refuses or is an internal one."""


def tell(channel: str, what: str, text: str) -> None:
    """Tell the text; `what` is "wrong" or "over"."""
    if channel.startswith(("https://", "http://")):
        _post(channel, json.dumps({"state": what, "text": text}).encode())
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


def _post(url: str, body: bytes) -> None:
    headers = {"Content-Type": "application/json"}
    try:
        answer = outside.post(
            url, body, headers, may_be_inside=settings.ALARM_INSIDE, seconds=_SECONDS
        )
    except outside.Inside as ours:
        raise CannotTell(f"{ours} (AMENDS_ALARM_INSIDE)") from ours
    except outside.Silent as nothing:
        raise CannotTell(str(nothing)) from nothing
    # A redirect is not followed: it could lead anywhere.
    if not 200 <= answer.status < 300:  # noqa: PLR2004
        raise CannotTell(f"{urlsplit(url).hostname} answered {answer.status}")
