"""Addresses of mail: written the same way always, and never more than an address."""

import re

LONGEST = 320

# No quoted local parts: nobody writes from them, and a comma or a space ends where it should.
_ADDRESS = re.compile(
    r"[^\s<>()\[\],;:\\\"@\x00-\x20\x7f-\x9f]{1,64}@[^\s<>()\[\],;:\\\"@\x00-\x20\x7f-\x9f]{1,255}"
)
_BREAKS = re.compile(r"[\x00-\x20\x7f-\xa0\u2028\u2029]+")


class BadAddress(Exception):
    """What was given as an address of mail is none."""


def plain(address: str) -> str:
    """Return the address as it is compared: lower case, without brackets and blanks."""
    return address.strip().removeprefix("<").removesuffix(">").strip().lower()


def without_tag(address: str) -> str:
    """Return the address that a plus-address belongs to: help+7k3f9@… is help@…."""
    local, at, domain = plain(address).rpartition("@")
    return f"{local.partition('+')[0] or local}{at}{domain}"


def checked(address: str) -> str:
    """Return the address if it is one and nothing else; it is about to stand in a header."""
    local, _at, domain = address.strip().rpartition("@")
    try:
        bare = f"{local}@{domain.encode('idna').decode()}"
    except UnicodeError as reason:
        raise BadAddress(address) from reason
    if not _ADDRESS.fullmatch(bare):
        raise BadAddress(address)
    return bare


def can_be_written_to(address: str) -> bool:
    try:
        checked(address)
    except BadAddress:
        return False
    return True


def one_line(text: str) -> str:
    """Return the text as one line of a header; a decoded subject may hold a newline."""
    return _BREAKS.sub(" ", encodable(text)).strip()


def encodable(text: str) -> str:
    """Return the text without what no database and no UTF-8 takes: NUL and half surrogates."""
    return text.replace("\x00", "").encode("utf-8", "replace").decode("utf-8")
