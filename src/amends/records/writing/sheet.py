"""Saved replies as a sheet: read from CSV, shown before anything is kept, and written to CSV."""

import csv
import io
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from django.db import transaction

from amends.records.house.knowledge import LANGUAGES
from amends.records.people.models import Person
from amends.records.writing.filling import unknown_fields
from amends.records.writing.models import SavedReply

COLUMNS = ("name", "language", "text", "shared")
MOST_BYTES = 1024 * 1024
MOST_ROWS = 2_000
LONGEST_NAME = 80
LONGEST_TEXT = 10_000
_YES = {"1", "x", "y", "yes", "true", "shared"}
# A spreadsheet takes a cell that begins so for a formula.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")

State = Literal["new", "changed", "same", "wrong"]
Why = Literal[
    "", "no_name", "no_text", "too_long", "language", "field", "only_a_lead", "twice", "columns"
]


class SheetUnreadable(ValueError):
    """The file is no sheet of saved replies; the argument says why in a word."""


@dataclass(frozen=True)
class Line:
    number: int
    name: str
    language: str
    text: str
    shared: bool
    state: State
    why: Why = ""


def read(content: bytes, *, by: Person) -> list[Line]:
    """Return what each line of the sheet would do; nothing is kept.

    Raises SheetUnreadable: "large", "encoding", "columns", "empty" or "rows".
    """
    rows = _rows(_decoded(content))
    known = _known(by)
    lines: list[Line] = []
    seen: set[tuple[str, str, bool]] = set()
    for number, row in rows:
        line = _line(number, row, known, by)
        key = (line.name.lower(), line.language, line.shared)
        if line.state != "wrong" and key in seen:
            line = Line(**{**vars(line), "state": "wrong", "why": "twice"})
        seen.add(key)
        lines.append(line)
    return lines


def keep(lines: Iterable[Line], *, by: Person, at: datetime) -> int:
    """Keep the new and the changed lines, all of them or none; return how many replies."""
    wanted: dict[tuple[str, bool], dict[str, str]] = defaultdict(dict)
    names: dict[tuple[str, bool], str] = {}
    for line in lines:
        if line.state in {"new", "changed"}:
            key = (line.name.lower(), line.shared)
            names.setdefault(key, line.name)
            wanted[key][line.language] = line.text
    with transaction.atomic():
        known = _replies(by)
        for key, texts in wanted.items():
            reply = known.get(key)
            if reply is None:
                SavedReply.objects.make(name=names[key], texts=texts, shared=key[1], by=by, at=at)
                continue
            before = {text.language: text.text for text in reply.texts.all()}
            reply.change(name=reply.name, texts=before | texts, by=by, at=at)
    return len(wanted)


def write(replies: Iterable[SavedReply]) -> str:
    """Return the sheet; a cell that a spreadsheet would compute begins with an apostrophe."""
    sheet = io.StringIO()
    writer = csv.writer(sheet)
    writer.writerow(COLUMNS)
    for reply in replies:
        for text in sorted(reply.texts.all(), key=lambda text: text.language):
            shared = "yes" if reply.is_shared else "no"
            writer.writerow([_safe(reply.name), text.language, _safe(text.text), shared])
    return sheet.getvalue()


def _decoded(content: bytes) -> str:
    if len(content) > MOST_BYTES:
        raise SheetUnreadable("large")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise SheetUnreadable("encoding") from error
    if "\0" in text:
        raise SheetUnreadable("encoding")
    return text


def _rows(text: str) -> list[tuple[int, list[str]]]:
    head = text.partition("\n")[0]
    delimiter = ";" if head.count(";") > head.count(",") else ","
    # The longest cell that csv takes is set for the whole process; ours is below its default.
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        first = next(reader, None)
        if first is None:
            raise SheetUnreadable("empty")
        columns = [cell.strip().lower() for cell in first]
        if not set(COLUMNS[:3]) <= set(columns):
            raise SheetUnreadable("columns")
        places = [columns.index(name) if name in columns else -1 for name in COLUMNS]
        rows, begins = [], reader.line_num + 1
        for row in reader:
            if any(cell.strip() for cell in row):
                rows.append((begins, [_cell(row, place) for place in places]))
            begins = reader.line_num + 1
    except csv.Error as error:
        raise SheetUnreadable("columns") from error
    if not rows:
        raise SheetUnreadable("empty")
    if len(rows) > MOST_ROWS:
        raise SheetUnreadable("rows")
    return rows


def _cell(row: list[str], place: int) -> str:
    cell = row[place] if 0 <= place < len(row) else ""
    return cell[1:] if cell[:1] == "'" and cell[1:].startswith(_FORMULA) else cell


def _safe(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_FORMULA) else cell


def _line(
    number: int, row: list[str], known: dict[tuple[str, bool], dict[str, str]], by: Person
) -> Line:
    name, language, text, shared = row
    name, language = " ".join(name.split()), language.strip().lower()
    text = text.replace("\r\n", "\n").strip()
    is_shared = shared.strip().lower() in _YES
    why = _wrong(name, language, text, shared=is_shared, by=by)
    if why:
        shown = (name[:LONGEST_NAME], language[:5], text[:LONGEST_NAME])
        return Line(number, *shown, is_shared, "wrong", why)
    before = known.get((name.lower(), is_shared))
    state: State = "new" if before is None else "changed"
    if before is not None and before.get(language) == text:
        state = "same"
    return Line(number, name, language, text, is_shared, state)


def _wrong(name: str, language: str, text: str, *, shared: bool, by: Person) -> Why:
    checks: list[tuple[bool, Why]] = [
        (not name, "no_name"),
        (language not in LANGUAGES, "language"),
        (not text, "no_text"),
        (len(name) > LONGEST_NAME or len(text) > LONGEST_TEXT, "too_long"),
        (bool(unknown_fields(text)), "field"),
        (shared and not by.leads, "only_a_lead"),
    ]
    return next((why for wrong, why in checks if wrong), "")


def _replies(by: Person) -> dict[tuple[str, bool], SavedReply]:
    seen = SavedReply.objects.seen_by(by).prefetch_related("texts").order_by("id")
    return {(reply.name.lower(), reply.is_shared): reply for reply in seen}


def _known(by: Person) -> dict[tuple[str, bool], dict[str, str]]:
    return {
        key: {text.language: text.text for text in reply.texts.all()}
        for key, reply in _replies(by).items()
    }
