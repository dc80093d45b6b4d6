"""A back-up is one tar: the database, the keys, the kept files, and last what must be in it.

It is written and read in one go, so it may be as large as the house. A kept file's name is its
SHA-256; those of the database and the keys stand in the last entry, so that half a back-up is none.
"""

import hashlib
import io
import json
import os
import re
import tarfile
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import IO

FORMAT = 1
DATABASE = "database"
KEYS = ("secret", "older-secrets")
_ABOUT, _LAST = "about.json", "contents.json"
_KEPT = re.compile(r"files/([0-9a-f]{2})/([0-9a-f]{2})/(\1\2[0-9a-f]{60})")
_A_DIGEST = re.compile(r"[0-9a-f]{64}")
_CHUNK = 1024 * 1024
_SAY_EVERY = 5_000

Say = Callable[[str], object]


class NotABackup(Exception):
    """The file is no back-up of Amends, or one of a form that this version doesn't know."""


class DamagedBackup(Exception):
    """Something is missing in the back-up, or is not what it was."""


@dataclass(frozen=True)
class About:
    """What a back-up is of, as it stands at its beginning."""

    made_at: str
    vendor: str
    migrations: list[str]
    format: int = FORMAT


@dataclass
class Contents:
    """What is in a back-up, as it stands at its end."""

    sums: dict[str, str] = field(default_factory=dict)
    files: int = 0
    size: int = 0
    damaged: list[str] = field(default_factory=list)


def write(place: Path, about: About, database: Path, home: Path, say: Say) -> Contents:
    """Write a back-up under the name only when it is whole and on the disk."""
    unfinished = place.with_name(f".{place.name}.{os.getpid()}")
    descriptor = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as file:
            with tarfile.open(fileobj=file, mode="w|", bufsize=_CHUNK) as tar:
                contents = _fill(tar, about, database, home, say)
            file.flush()
            os.fsync(file.fileno())
        unfinished.replace(place)
    except BaseException:
        unfinished.unlink(missing_ok=True)
        raise
    return contents


def unpack(place: Path, into: Path, say: Say) -> tuple[About, Contents]:
    """Unpack into a folder of its own, and check each byte on the way."""
    try:
        tar = tarfile.open(place, mode="r|", bufsize=_CHUNK)  # noqa: SIM115 -- closed below
        first = tar.next()
    except (tarfile.TarError, EOFError) as broken:
        raise NotABackup(place) from broken
    with tar:
        about = _about(tar, first)
        try:
            return about, _take_all_out(tar, into, say)
        except (tarfile.TarError, EOFError, ValueError) as cut:
            raise DamagedBackup(str(cut)) from cut


def _fill(tar: tarfile.TarFile, about: About, database: Path, home: Path, say: Say) -> Contents:
    contents = Contents()
    _add_text(tar, _ABOUT, json.dumps(asdict(about)))
    contents.sums[DATABASE] = _add_file(tar, DATABASE, database)
    for key in KEYS:
        if (home / key).exists():
            contents.sums[key] = _add_file(tar, f"keys/{key}", home / key)
    for kept in _kept_in(home / "files"):
        try:
            digest = _add_file(tar, kept.relative_to(home).as_posix(), kept)
        except FileNotFoundError:
            continue  # no row names it: it was swept out between two looks
        if digest != kept.name:
            contents.damaged.append(kept.name)
        contents.files += 1
        if contents.files % _SAY_EVERY == 0:
            say(f"{contents.files} files …")
    contents.size = tar.offset
    _add_text(tar, _LAST, json.dumps(asdict(contents)))
    return contents


def _kept_in(files: Path) -> Iterator[Path]:
    """Yield the kept files, folder by folder: there may be millions."""
    for first in sorted(files.glob("[0-9a-f][0-9a-f]")):
        for second in sorted(first.glob("[0-9a-f][0-9a-f]")):
            yield from (kept for kept in sorted(second.iterdir()) if _A_DIGEST.fullmatch(kept.name))


def _add_text(tar: tarfile.TarFile, name: str, text: str) -> None:
    entry = tarfile.TarInfo(name)
    entry.size, entry.mode = len(text.encode()), 0o600
    tar.addfile(entry, io.BytesIO(text.encode()))


def _add_file(tar: tarfile.TarFile, name: str, place: Path) -> str:
    """Add the file and return the SHA-256 of what was added."""
    with place.open("rb") as file:
        entry, told = tarfile.TarInfo(name), os.fstat(file.fileno())
        entry.size, entry.mtime, entry.mode = told.st_size, int(told.st_mtime), 0o600
        reading = _Summed(file)
        tar.addfile(entry, reading)
    return reading.digest()


class _Summed(io.RawIOBase):
    """Reads a file on for somebody else, and knows the SHA-256 of what was read."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self._sum = hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        chunk = self._file.read(size)
        self._sum.update(chunk)
        return chunk

    def digest(self) -> str:
        return self._sum.hexdigest()


def _about(tar: tarfile.TarFile, entry: tarfile.TarInfo | None) -> About:
    file = tar.extractfile(entry) if entry and entry.name == _ABOUT and entry.isreg() else None
    if file is None:
        raise NotABackup(tar.name)
    try:
        told = About(**json.load(file))
    except (ValueError, TypeError) as strange:
        raise NotABackup(tar.name) from strange
    if told.format != FORMAT:
        raise NotABackup(tar.name)
    return told


def _take_all_out(tar: tarfile.TarFile, into: Path, say: Say) -> Contents:
    found = Contents()
    while entry := tar.next():
        file = tar.extractfile(entry) if entry.isreg() else None
        if file is None:
            raise NotABackup(entry.name)
        if entry.name == _LAST:
            return _compared(found, Contents(**json.load(file)))
        _take_out(entry.name, file, into, found)
        if found.files and found.files % _SAY_EVERY == 0:
            say(f"{found.files} files …")
    raise DamagedBackup("its end is missing")


def _take_out(name: str, file: IO[bytes], into: Path, found: Contents) -> None:
    """Write one entry out; a name that isn't ours never becomes a path."""
    kept = _KEPT.fullmatch(name)
    key = name.removeprefix("keys/")
    if not kept and name != DATABASE and (key == name or key not in KEYS):
        raise NotABackup(name)
    place = into / (name if kept else key)
    place.parent.mkdir(parents=True, exist_ok=True)
    digest = _copy(file, place)
    if not kept:
        found.sums[key] = digest
        return
    found.files += 1
    if digest != kept[3]:
        found.damaged.append(kept[3])


def _copy(file: IO[bytes], place: Path) -> str:
    summed = _Summed(file)
    with place.open("xb") as copy:
        while chunk := summed.read(_CHUNK):
            copy.write(chunk)
    return summed.digest()


def _compared(found: Contents, told: Contents) -> Contents:
    """Refuse what is not as it was; a file that was damaged already then is no reason to."""
    same = found.sums == told.sums and found.files == told.files
    if not same or set(found.damaged) - set(told.damaged):
        raise DamagedBackup("what is in it is not what was put into it")
    return told
