"""Much mail at once: read elsewhere, kept and taken in by groups, and told apart when done."""

import logging
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass, replace

from django.conf import settings

from amends.doors.mail.files import Found
from amends.doors.mail.parsing import Begun, Readers, Reading, read_one
from amends.doors.mail.reading import as_source
from amends.expertise.correspondence import Letter, read_letter
from amends.ground import clock, files
from amends.ground.passing import is_passing
from amends.records.complaints.bag import Arrival, Became, take_in_all
from amends.records.post.models.raw_mail import row_of

log = logging.getLogger(__name__)

A_GROUP, _AHEAD = 250, 1
_BYTES_A_GROUP = 32 * 1024 * 1024


@dataclass
class Tally:
    """What mails became. Each is a contact, a reply, a duplicate, or automatic."""

    mails: int = 0
    messages: int = 0
    contacts: int = 0
    replies: int = 0
    duplicates: int = 0
    automatic: int = 0
    unparsed: int = 0

    def add(self, became: Became, *, unparsed: bool) -> None:
        self.mails += 1
        self.messages += became.what in {"contact", "reply"}
        self.unparsed += unparsed and became.what != "duplicate"
        if became.what == "duplicate":
            self.duplicates += 1
        elif became.automatic or became.what == "automatic":
            self.automatic += 1
        elif became.what == "reply":
            self.replies += 1
        else:
            self.contacts += 1

    def as_data(self) -> dict[str, int]:
        return asdict(self)


def take_in_files(
    found: Iterable[Found], readers: Readers | None, *, told: Callable[[Tally], None]
) -> Tally:
    """Take in many mails, a group at a time; each group is stored before the next is begun.

    Args:
        found: the mails, each with its bytes.
        readers: processes that read them, while another group is stored; None reads them here.
        told: is called after each group, with what the mails have become so far.

    Returns:
        The sums. A mail that can't be read comes in as its source, and stops no other.
    """
    tally = Tally()
    for group, readings in _read(_groups(found), readers):
        for reading, became in zip(readings, _take_in(group, readings), strict=True):
            tally.add(became, unparsed=bool(reading.trouble))
        told(tally)
    return tally


def _groups(found: Iterable[Found]) -> Iterator[list[Found]]:
    group: list[Found] = []
    size = 0
    for one in found:
        group.append(one)
        size += len(one.content)
        if len(group) == A_GROUP or size > _BYTES_A_GROUP:
            yield group
            group, size = [], 0
    if group:
        yield group


def _read(
    groups: Iterable[list[Found]], readers: Readers | None
) -> Iterator[tuple[list[Found], list[Reading]]]:
    """Give each group with its readings; the next is read elsewhere while one is stored."""
    waiting: deque[tuple[list[Found], list[Begun]]] = deque()
    for group in groups:
        if readers is None:
            yield group, [_read_here(one.content) for one in group]
            continue
        waiting.append((group, readers.begin([one.content for one in group])))
        if len(waiting) > _AHEAD:
            before, begun = waiting.popleft()
            yield before, readers.finish(begun)
    for before, begun in waiting:
        if readers:
            yield before, readers.finish(begun)


def _read_here(raw: bytes) -> Reading:
    return read_one(raw, settings.TRUSTED_AUTHSERV)


def _take_in(group: list[Found], readings: list[Reading]) -> list[Became]:
    try:
        return _stored(group, readings)
    except Exception as error:
        if is_passing(error):
            raise  # the database or the disk is at fault, not a mail
        log.exception("a group of %d mails is taken in one by one", len(group))
    return [_take_in_alone(one, reading) for one, reading in zip(group, readings, strict=True)]


def _take_in_alone(one: Found, reading: Reading) -> Became:
    try:
        return _stored([one], [reading])[0]
    except Exception as error:
        if is_passing(error):
            raise
        log.exception("%s can't be read and comes in as its source", one.place)
        reading.trouble = f"{type(error).__name__}: {error}"
        return _stored([one], [reading])[0]


def _stored(group: list[Found], readings: list[Reading]) -> list[Became]:
    """Keep the bytes of all, then take all in, in one transaction."""
    at = clock.now()
    read = [
        replace(reading, letter=_source_of(one)) if reading.trouble else reading
        for one, reading in zip(group, readings, strict=True)
    ]
    attached = (part.content for reading in read for part in reading.letter.attachments)
    digests = files.keep_all([*(one.content for one in group), *attached])
    arrivals = []
    for one, reading, digest in zip(group, read, digests, strict=False):
        raw = row_of(one.content, digest, source=one.source, at=at)
        raw.note_reading(unreadable=reading.trouble)
        arrivals.append(Arrival(raw, reading.letter, reading.language))
    return take_in_all(arrivals, at=at)


def _source_of(one: Found) -> Letter:
    return read_letter(as_source("", one.content), trusted_authserv=None)
