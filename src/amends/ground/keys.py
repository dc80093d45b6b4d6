"""Keys that the application makes: in order of time, without asking the database."""

import secrets
import time
import uuid

# Crockford's alphabet without the letters that are misread on the phone.
_REFERENCE_LETTERS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"


def uuid7() -> uuid.UUID:
    """Return a UUID of version 7 (RFC 9562); Python 3.11 has none of its own."""
    milliseconds, rest = divmod(time.time_ns(), 1_000_000)
    # Parts of a millisecond come first (6.2, method 3): rows of one verb share their moment and
    # are told apart by the order of their keys alone.
    parts = (rest << 12) // 1_000_000
    value = (milliseconds << 80) | (0x7 << 76) | (parts << 64) | (0x2 << 62) | secrets.randbits(62)
    return uuid.UUID(int=value)


def reference(prefix: str, letters: int = 5) -> str:
    """Return a reference to be said aloud, like AM-7K3F9; the caller sees to its being unique."""
    drawn = "".join(secrets.choice(_REFERENCE_LETTERS) for _ in range(letters))
    return f"{prefix}-{drawn}"
