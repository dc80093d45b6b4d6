"""A sheet as it streams out, in which no cell is a formula."""

import csv
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any

from django.http import StreamingHttpResponse
from django.utils import timezone

from amends.ground import clock

# A spreadsheet takes what begins like this for a formula, and a customer may have written it.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def sheet(name: str, head: Sequence[str], rows: Iterable[Sequence[Any]]) -> StreamingHttpResponse:
    """Return the rows as a file of today, to be saved."""
    answer = StreamingHttpResponse(_lines(head, rows), content_type="text/csv; charset=utf-8")
    day = timezone.localdate(clock.now())
    answer["Content-Disposition"] = f'attachment; filename="{name}-{day}.csv"'
    return answer


class _Line:
    """What csv writes to: it hands back the line instead of keeping it."""

    def write(self, line: str) -> str:
        return line


def _lines(head: Sequence[str], rows: Iterable[Sequence[Any]]) -> Iterator[str]:
    # With a mark of byte order, or Excel reads UTF-8 as the code page of its country.
    writer = csv.writer(_Line())
    yield "\ufeff" + writer.writerow(head)
    for row in rows:
        yield writer.writerow([_cell(value) for value in row])


def _cell(value: Any) -> Any:
    if isinstance(value, datetime):
        return timezone.localtime(value).isoformat(timespec="seconds")
    if value is None:
        return ""
    text = str(value)
    return f"'{text}" if text.startswith(_FORMULA) else text
