"""Mail in files: single mails, mboxes and Maildirs, one mail at a time, however big the archive."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

MOST_BYTES = 100 * 1024 * 1024
_A_HANDFUL, _LONG_MAIL = 50, 20_000
# A date behind the address: "From " alone begins many an honest sentence.
_SEPARATOR = re.compile(rb"From \S+ .*\d\d:\d\d")
_HEADER = re.compile(rb"From |[A-Za-z][A-Za-z0-9_-]{0,60}[ \t]*:")
_QUOTED = re.compile(rb">+From ")


@dataclass(frozen=True)
class Found:
    """A mail and where it stood; `trouble` says why there is none."""

    place: str
    source: str
    content: bytes = b""
    trouble: str = ""


def looks_like_many(paths: Iterable[Path]) -> bool:
    """Guess, without reading a mail, whether there is more than a handful under the paths."""
    seen = 0
    for path in paths:
        folders = [path, path / "cur", path / "new"]
        seen += sum(1 for folder in folders if folder.is_dir() for _entry in folder.iterdir())
        if path.is_file():
            seen += path.stat().st_size // _LONG_MAIL
    return seen > _A_HANDFUL


def mails_in(paths: Iterable[Path]) -> Iterator[Found]:
    """Give every mail under the paths; one that can't be read never hides the others."""
    for path in paths:
        try:
            yield from _mails_at(path)
        except OSError as reason:
            yield Found(str(path), "file", trouble=str(reason))


def _mails_at(path: Path) -> Iterator[Found]:
    if _is_maildir(path):
        for folder in (path / "cur", path / "new"):
            for file in sorted(folder.iterdir()):
                if file.is_file():
                    yield _single(file, "maildir")
        # Maildir++ keeps subfolders beside, with a dot.
        yield from mails_in(sorted(entry for entry in path.iterdir() if _is_maildir(entry)))
    elif path.is_dir():
        yield from _mails_in_folder(path)
    elif _is_mbox(path):
        yield from _mbox(path)
    else:
        yield _single(path, "file")


def _mails_in_folder(folder: Path) -> Iterator[Found]:
    """Take what a folder holds, except what is plainly no mail; a file named is always taken."""
    for path in sorted(folder.iterdir()):
        if path.is_dir() or path.suffix.lower() == ".eml" or _begins_like_mail(path):
            yield from mails_in([path])
        else:
            yield Found(str(path), "file", trouble="does not begin like a mail")


def _begins_like_mail(path: Path) -> bool:
    try:
        with path.open("rb") as file:
            return bool(_HEADER.match(file.readline(1000)))
    except OSError:
        return True  # so that reading it says what is wrong


def _is_maildir(path: Path) -> bool:
    return (path / "cur").is_dir() and (path / "new").is_dir()


def _is_mbox(path: Path) -> bool:
    with path.open("rb") as file:
        return bool(_SEPARATOR.match(file.readline(1000)))


def _single(path: Path, source: str) -> Found:
    try:
        if path.stat().st_size > MOST_BYTES:
            return Found(str(path), source, trouble=_too_big())
        content = path.read_bytes()
    except OSError as reason:
        return Found(str(path), source, trouble=str(reason))
    if not content.strip():
        return Found(str(path), source, trouble="empty")
    return Found(str(path), source, content)


def _mbox(path: Path) -> Iterator[Found]:
    number, lines, size = 0, list[bytes](), 0
    after_blank = True
    with path.open("rb") as file:
        for line in file:
            if after_blank and _SEPARATOR.match(line):
                if number:
                    yield _from_mbox(path, number, lines, size)
                number, lines, size = number + 1, [], 0
            else:
                size += len(line)
                if size <= MOST_BYTES:
                    lines.append(line[1:] if _QUOTED.match(line) else line)
            after_blank = not line.strip()
    yield _from_mbox(path, number, lines, size)


def _from_mbox(path: Path, number: int, lines: list[bytes], size: int) -> Found:
    place = f"{path}#{number}"
    if size > MOST_BYTES:
        return Found(place, "mbox", trouble=_too_big())
    # The blank line before the next separator belongs to the box.
    content = b"".join(lines[:-1] if lines and not lines[-1].strip() else lines)
    return Found(place, "mbox", content) if content else Found(place, "mbox", trouble="empty")


def _too_big() -> str:
    return f"bigger than {MOST_BYTES} bytes"
