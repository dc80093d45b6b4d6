"""Message-IDs that we can tell as our own without asking the database."""

import re
import uuid
from collections.abc import Iterable

from django.conf import settings
from django.utils.crypto import constant_time_compare, salted_hmac

_OURS = re.compile(r"<([0-9a-f]{32})\.([0-9a-f]{16})@[^\s<>@]+>")
_ANY = re.compile(r"<[^\s<>\x00-\x20\x7f-\x9f]{1,900}>")
# The first tells the thread, the last ones where it stands; some programs choke on hundreds.
_KEPT_REFERENCES = 20


def signed(key: uuid.UUID, domain: str) -> str:
    return f"<{key.hex}.{_signature(key)}@{domain}>"


def key_of(message_id: str) -> uuid.UUID | None:
    """Return the key of the mail of ours that bears this Message-ID; None if it isn't ours."""
    found = _OURS.fullmatch(message_id.strip())
    if not found:
        return None
    key = uuid.UUID(hex=found[1])
    # Older keys too: a thread outlives the key that its first mail was signed with.
    keys = (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    ours = any(constant_time_compare(found[2], _signature(key, by)) for by in keys)
    return key if ours else None


def keys_in(names: Iterable[str]) -> list[uuid.UUID]:
    """Return the keys of ours among Message-IDs that stand without <>, each once."""
    keys = (key_of(f"<{name.strip('<>')}>") for name in names)
    return list(dict.fromkeys(key for key in keys if key))


def well_formed(message_ids: Iterable[str]) -> list[str]:
    """Return those that are Message-IDs, each once; others break a header or a thread."""
    found = [found for text in message_ids for found in _ANY.findall(text) if found.isascii()]
    once = list(dict.fromkeys(found))
    return once if len(once) <= _KEPT_REFERENCES else [once[0], *once[1 - _KEPT_REFERENCES :]]


def _signature(key: uuid.UUID, secret: str | None = None) -> str:
    return salted_hmac("amends.post", key.hex, secret, algorithm="sha256").hexdigest()[:16]
