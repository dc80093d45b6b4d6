"""What a chain of events is made of: the digest of what is told, the link to what came before, a
seal on the end.

What is told (who, and the data) goes into the link as a digest with a salt. When both are erased,
nobody can find out by trying names what was told, and every link still fits. That something of
this kind happened at this moment stays proved.
"""

import hashlib
import hmac
import json
import secrets
import uuid
from datetime import UTC, datetime
from typing import Any

from django.conf import settings
from django.utils.encoding import force_bytes

BEGINNING = bytes(32)
_SALT_BYTES = 16
_PLAIN = {str, int, bool, type(None)}
_encode = json.JSONEncoder(sort_keys=True, separators=(",", ":")).encode


def new_salt() -> bytes:
    return secrets.token_bytes(_SALT_BYTES)


def of_what_is_told(
    salt: bytes, *, actor_key: uuid.UUID | None, actor_name: str, data: dict[str, Any]
) -> bytes:
    who = _encode([str(actor_key or ""), actor_name])
    return hashlib.sha256(salt + who.encode() + _canonical(data)).digest()


def link(
    before: bytes, told: bytes, *, thread: uuid.UUID, number: int, key: uuid.UUID,
    at: datetime, verb: str, actor_kind: str,
) -> bytes:  # fmt: skip
    """Return the link of an event: it holds only after this very event, in this place."""
    moment = at.astimezone(UTC).isoformat(timespec="microseconds")
    place = _encode([thread.hex, number, key.hex, moment, verb, actor_kind])
    return hashlib.sha256(before + told + place.encode()).digest()


def seal(thread: uuid.UUID, length: int, end: bytes) -> bytes:
    """Return what only who has the house's key can write, not who has only the database."""
    return _seal(settings.SECRET_KEY, thread, length, end)


def is_seal(given: bytes, thread: uuid.UUID, length: int, end: bytes) -> bool:
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return any(hmac.compare_digest(given, _seal(key, thread, length, end)) for key in keys)


def _seal(secret: str | bytes, thread: uuid.UUID, length: int, end: bytes) -> bytes:
    message = b"the end of a chain" + thread.bytes + length.to_bytes(8) + end
    return hmac.digest(force_bytes(secret), message, "sha256")


def _canonical(told: dict[str, Any]) -> bytes:
    # Read back first, as the database will: keys are strings then, and PostgreSQL gives 1e16 back
    # as a whole number. Most of what is told has neither, and needs no reading back.
    if not _is_plain(told):
        told = json.loads(json.dumps(told), parse_float=_number)
    return _encode(told).encode()


def _is_plain(told: dict[str, Any]) -> bool:
    # What was changed behind our back needs be no dictionary any more.
    return type(told) is dict and all(
        type(key) is str and type(value) in _PLAIN for key, value in told.items()
    )


def _number(text: str) -> int | float:
    number = float(text)
    return int(number) if number.is_integer() else number
