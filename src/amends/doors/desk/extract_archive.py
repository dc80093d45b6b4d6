"""A copy of what is held on a customer as a zip that streams out: nothing waits whole in memory."""

import json
import zipfile
from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from django.core.serializers.json import DjangoJSONEncoder
from django.template.loader import render_to_string
from django.utils import timezone, translation

from amends.doors.desk.extract_words import case_in_words
from amends.records.house.knowledge import LANGUAGES
from amends.records.house.models import House
from amends.records.retention.extract import Copy, chunks

_STYLE = Path(__file__).parent / "static" / "desk" / "extract.css"
_ENOUGH = 1 << 16


class _Pipe:
    """What the zip is written to: it can't be gone back in, and is emptied again and again."""

    def __init__(self) -> None:
        self._pieces: list[bytes] = []
        self.size = 0

    def write(self, piece: bytes) -> int:
        self._pieces.append(bytes(piece))
        self.size += len(piece)
        return len(piece)

    def flush(self) -> None:
        """Nothing is held back."""

    def take(self) -> bytes:
        taken = b"".join(self._pieces)
        self._pieces.clear()
        self.size = 0
        return taken


def archive(copy: Copy, house: House, at: datetime) -> Iterator[bytes]:
    """Yield the zip: a page to read, the same as data, the mails and the files."""
    pipe = _Pipe()
    day = timezone.localtime(at, ZoneInfo(house.zone))
    with zipfile.ZipFile(pipe, "w", zipfile.ZIP_DEFLATED) as made:  # type: ignore[call-overload]
        entries: list[tuple[str, Iterable[bytes]]] = [
            ("index.html", _page(copy, house, at)),
            ("style.css", [_STYLE.read_bytes()]),
            ("data.json", _data(copy, at)),
        ]
        for name, pieces in entries:
            yield from _entry(made, pipe, name, pieces, day)
        lost = []
        for held in copy.files():
            first = next(pieces := chunks(held), None)
            if first is None:
                lost.append(held.name)
                continue
            yield from _entry(made, pipe, held.name, _with(first, pieces), day)
        if lost:
            yield from _entry(made, pipe, "missing.txt", ["\n".join(lost).encode()], day)
    yield pipe.take()


def _entry(
    made: zipfile.ZipFile, pipe: _Pipe, name: str, pieces: Iterable[bytes], day: datetime
) -> Iterator[bytes]:
    info = zipfile.ZipInfo(name, date_time=day.timetuple()[:6])
    info.compress_type = zipfile.ZIP_DEFLATED
    with made.open(info, "w", force_zip64=True) as entry:
        for piece in pieces:
            entry.write(piece)
            if pipe.size > _ENOUGH:
                yield pipe.take()
    if pipe.size > _ENOUGH:
        yield pipe.take()


def _with(first: bytes, others: Iterator[bytes]) -> Iterator[bytes]:
    yield first
    yield from others


def _data(copy: Copy, at: datetime) -> Iterator[bytes]:
    def as_json(told: Any) -> str:
        return json.dumps(told, cls=DjangoJSONEncoder, ensure_ascii=False, indent=1)

    yield f'{{"made_at": {as_json(at)},\n"about": {as_json(copy.of_customer())},\n'.encode()
    yield b'"cases": ['
    for number, case in enumerate(copy.cases()):
        yield f"{',' if number else ''}\n{as_json(case)}".encode()
    yield b"]}\n"


def _page(copy: Copy, house: House, at: datetime) -> Iterator[bytes]:
    spoken = copy.customer.language
    language = spoken if spoken in LANGUAGES else house.language
    context = {"house": house, "language": language, "at": at, "inside": copy.inside}

    def render(part: str, case: dict[str, Any] | None = None, **told: Any) -> bytes:
        # Nothing is yielded while another language and zone hold: whoever asks next has their own.
        with translation.override(language), timezone.override(ZoneInfo(house.zone)):
            told |= case_in_words(case) if case else {}
            return render_to_string(f"desk/extract/{part}.html", {**context, **told}).encode()

    yield render("head", about=copy.of_customer())
    for case in copy.cases():
        yield render("case", case)
    yield render("foot")
