"""Addresses that a reply comes back to and that tell its thread: help+am-7k3f9.1a2b3c4d5e@…"""

import re
from collections.abc import Iterable

from django.conf import settings
from django.utils.crypto import constant_time_compare, salted_hmac

from amends.records.post.addresses import plain

_TAG = re.compile(r"\+([a-z]{1,4}-[0-9a-z]{5,8})\.([0-9a-f]{10})@")
_LONGEST_LOCAL_PART = 64


def reply_address(address: str, reference: str) -> str:
    """Return where replies in the thread go; the bare address if the mail server takes no tags.

    The server must, or every reply would bounce, so it is the house that says so.
    """
    local, _at, domain = address.rpartition("@")
    tagged = f"{local}+{reference.lower()}.{_signature(reference)}"
    if not settings.REPLY_TAGS or len(tagged) > _LONGEST_LOCAL_PART:
        return address
    return f"{tagged}@{domain}"


def references_in(addresses: Iterable[str]) -> list[str]:
    """Return the references that stand in addresses of ours, as far as we signed them."""
    found = (_TAG.search(plain(address)) for address in addresses)
    tags = [(match[1].upper(), match[2]) for match in found if match]
    return [
        reference
        for reference, signature in dict.fromkeys(tags)
        if constant_time_compare(signature, _signature(reference))
    ]


def _signature(reference: str) -> str:
    signed = salted_hmac("amends.post.reply", reference.upper(), algorithm="sha256")
    return signed.hexdigest()[:10]
