"""Files that came with a mail, under names that are safe to show and to store."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from dataclasses import dataclass, field

LONGEST_NAME = 120
LONGEST_EXTENSION = 12
_TYPE = re.compile(r"[a-z0-9][a-z0-9!#$&^_.+-]{0,60}/[a-z0-9][a-z0-9!#$&^_.+-]{0,80}")
_UNSAFE = re.compile(r'[<>:"|?*%;\x00-\x1f\x7f]')
_DEVICE = re.compile(r"(?i)(con|prn|aux|nul|com\d|lpt\d)(\.|$)")
_EXTENSIONS = {
    "text/plain": ".txt",
    "text/html": ".html",
    "text/calendar": ".ics",
    "image/jpeg": ".jpg",
    "image/png": ".png",
    "image/gif": ".gif",
    "application/pdf": ".pdf",
    "message/rfc822": ".eml",
}


@dataclass(frozen=True, slots=True)
class Attachment:
    """One file: what the sender called it, what he said it is, and its bytes.

    `content_id` (without <>) is what "cid:" pictures in the HTML refer to.
    """

    name: str
    media_type: str
    content: bytes = field(repr=False)
    sha256: str
    content_id: str = ""


def attachment(
    *, name: str, media_type: str, content: bytes, number: int, content_id: str = ""
) -> Attachment:
    """Make an attachment of a part.

    Args:
        name: the declared file name, already decoded; may be empty or hostile.
        media_type: the declared type; anything malformed becomes application/octet-stream.
        content: the bytes after transfer decoding.
        number: its place among the attachments, for a file without a name.
        content_id: as declared, without <>.
    """
    kind = media_type if _TYPE.fullmatch(media_type) else "application/octet-stream"
    named = safe_name(name) or f"part-{number}{_EXTENSIONS.get(kind, '.bin')}"
    return Attachment(named, kind, content, hashlib.sha256(content).hexdigest(), content_id)


def safe_name(name: str) -> str:
    """A declared file name without folders, control or direction characters, or device names.

    Args:
        name: any text.

    Returns:
        At most 120 characters with the extension kept, or "" if nothing is left.
    """
    last = unicodedata.normalize("NFC", name).replace("\\", "/").rsplit("/", 1)[-1]
    visible = "".join(c for c in last if unicodedata.category(c) not in {"Cc", "Cf", "Cs", "Co"})
    plain = " ".join(_UNSAFE.sub("_", visible).split()).strip(". ")
    if _DEVICE.match(plain):
        plain = f"_{plain}"
    stem, dot, extension = plain.rpartition(".")
    if len(plain) <= LONGEST_NAME or not dot or len(extension) > LONGEST_EXTENSION:
        return plain[:LONGEST_NAME].strip()
    return f"{stem[: LONGEST_NAME - len(extension) - 1].strip()}.{extension}"
