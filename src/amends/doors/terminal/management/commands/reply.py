"""bin/amends reply --jsonl FILE: takes the new text of mails apart from what they quote."""

import json
import sys
from argparse import ArgumentParser
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from amends.expertise.correspondence import split_reply

_FORMATS = ("plain", "html")


class Command(BaseCommand):
    help = "Read mail bodies, a JSON object a line, and write what of each is new."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--jsonl", required=True, metavar="FILE",
            help='lines of {"id", "body", "format": "plain" or "html"}; - for standard input',
        )  # fmt: skip

    def handle(self, *_args: Any, jsonl: str, **_options: Any) -> None:
        for number, line in enumerate(_lines(jsonl), start=1):
            if not line.strip():
                continue
            key, body, format_ = _row(line, number)
            split = split_reply(body, "html" if format_ == "html" else "plain")
            told = {
                "id": key,
                "reply": split.reply,
                "reply_without_signature": split.reply_without_signature,
            }
            self.stdout.write(json.dumps(told, ensure_ascii=False))


def _lines(place: str) -> Iterator[bytes]:
    if place == "-":
        yield from sys.stdin.buffer
        return
    try:
        with Path(place).open("rb") as file:
            yield from file
    except OSError as reason:
        raise CommandError(f"{place} can't be read: {reason.strerror}.") from reason


def _row(line: bytes, number: int) -> tuple[Any, str, str]:
    try:
        row = json.loads(line)
        key, body, format_ = row["id"], row["body"], row.get("format", "plain")
    except (ValueError, KeyError, TypeError, AttributeError) as wrong:
        raise CommandError(f"Line {number} is no object with id, body and format.") from wrong
    if not isinstance(body, str) or format_ not in _FORMATS:
        raise CommandError(f"Line {number}: body is text, and format is plain or html.")
    return key, body, format_
