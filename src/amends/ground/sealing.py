"""Secrets at rest: sealed with the house's key, and opened by its older ones too.

What was sealed for one purpose opens for no other, so that a secret can't be put into the place of
another kind by whoever can write to the database.
"""

import base64
from collections.abc import Sequence

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

# What a later way of sealing will be told from.
_MARK = "sealed1:"


class CannotUnseal(Exception):
    """It was sealed with a key that the house no longer has, for another purpose, or not at all."""


def seal(text: str, *, purpose: str) -> str:
    return _MARK + _ring(_keys(), purpose).encrypt(text.encode()).decode()


def unseal(sealed: str, *, purpose: str) -> str:
    """Return what was sealed for the purpose; CannotUnseal if that can't be known."""
    try:
        return _ring(_keys(), purpose).decrypt(_token(sealed)).decode()
    except InvalidToken as wrong:
        raise CannotUnseal(purpose) from wrong


def reseal(sealed: str, *, purpose: str, keys: Sequence[str]) -> str:
    """Seal with the first of the keys what was sealed with any of them."""
    try:
        return _MARK + _ring(keys, purpose).rotate(_token(sealed)).decode()
    except InvalidToken as wrong:
        raise CannotUnseal(purpose) from wrong


def _keys() -> list[str]:
    return [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]


def _token(sealed: str) -> bytes:
    if not sealed.startswith(_MARK):
        raise InvalidToken
    return sealed.removeprefix(_MARK).encode()


def _ring(keys: Sequence[str], purpose: str) -> MultiFernet:
    return MultiFernet([_fernet(key, purpose) for key in keys])


def _fernet(key: str, purpose: str) -> Fernet:
    # Derived, so that whoever learns one of these learns neither the house's key nor the others.
    derived = HKDF(SHA256(), length=32, salt=None, info=f"amends.sealing {purpose}".encode())
    return Fernet(base64.urlsafe_b64encode(derived.derive(key.encode())))
