"""Keys that providers sign with, as their pages show them."""

import base64

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import load_der_public_key


def sendgrid_key(said: str) -> ec.EllipticCurvePublicKey:
    """Read the public key that SendGrid shows; ValueError if it is none."""
    try:
        key = load_der_public_key(base64.b64decode(said.strip(), validate=True))
    except UnsupportedAlgorithm as unknown:
        raise ValueError("no such key") from unknown
    if isinstance(key, ec.EllipticCurvePublicKey):
        return key
    raise ValueError("no key of SendGrid")
