"""Dropping the bytes of files that no row names any more."""

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import F, QuerySet, TextField
from django.db.models.functions import Cast

from amends.ground import files
from amends.ground.events.models import PROGRAM, record
from amends.records.complaints.models import Attachment
from amends.records.house.models import House
from amends.records.post.models import Outgoing, RawMail
from amends.records.writing.models import DraftFile

# The folders of kept files, by how their digests begin.
STARTS = tuple(f"{number:02x}" for number in range(256))
_A_DIGEST = re.compile(r"[0-9a-f]{64}")
_NAMED_IN = (
    (Attachment, "digest"), (DraftFile, "digest"), (RawMail, "digest"),
    (Outgoing, "mime_digest"), (House, "logo_digest"),
)  # fmt: skip


@dataclass(frozen=True)
class Dropped:
    files: int = 0
    size: int = 0

    def __add__(self, other: "Dropped") -> "Dropped":
        return Dropped(self.files + other.files, self.size + other.size)


def sweep(start: str) -> Dropped:
    """Drop what is named nowhere and was not kept for a day, of the digests that begin so."""
    idle = files.idle(start)
    if not idle:
        return Dropped()
    still = named(start)
    sizes = [files.drop_idle(digest) for digest in idle if digest not in still]
    gone = [size for size in sizes if size is not None]
    return Dropped(len(gone), sum(gone))


def note_dropped(dropped: Dropped, *, at: datetime) -> None:
    house = House.objects.filter(only=True).first()
    if house and dropped.files:
        told = {"files": dropped.files, "size": dropped.size}
        record("files_dropped", thread=house.id, by=PROGRAM, at=at, **told)


def named(start: str) -> set[str]:
    """Return the digests that rows name, in one statement.

    With several, a file that goes from a draft to a message in between would be in neither.
    """
    first, last = start + "0" * 62, start + "f" * 62
    rows = [
        model.objects.filter(**{f"{field}__gte": first, f"{field}__lte": last}).values_list(
            Cast(F(field), TextField()), flat=True
        )
        for model, field in _NAMED_IN
    ]
    attached = Outgoing.objects.annotate(told=Cast("attached", TextField()))
    rows.append(attached.filter(told__contains=f'"{start}').values_list("told", flat=True))
    found: QuerySet[Any, Any] = rows[0].union(*rows[1:])
    return {digest for text in found for digest in _A_DIGEST.findall(text)}
