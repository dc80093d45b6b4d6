"""The link to a new password: for one person, for two hours, until it has done its work."""

import uuid
from datetime import datetime, timedelta

from django.core import signing
from django.utils.crypto import constant_time_compare, salted_hmac

from amends.records.joining.refusals import LinkOver
from amends.records.people.models import Person

_SALT = "amends.password"
_HOLDS_FOR = timedelta(hours=2)


def token_for(person: Person, *, at: datetime) -> str:
    said = {"p": person.pk.hex, "t": int(at.timestamp()), "s": _state_of(person)}
    return signing.dumps(said, salt=_SALT)


def person_behind(token: str, *, at: datetime) -> Person:
    """Return whose link it is; LinkOver when it is old, used, or none of ours."""
    try:
        said = signing.loads(token, salt=_SALT)
        key, since, state = uuid.UUID(said["p"]), int(said["t"]), str(said["s"])
    except (signing.BadSignature, KeyError, TypeError, ValueError) as wrong:
        raise LinkOver from wrong
    if not 0 <= at.timestamp() - since <= _HOLDS_FOR.total_seconds():
        raise LinkOver
    person = Person.objects.get_queryset().filter(pk=key, is_active=True).first()
    if person is None or not constant_time_compare(state, _state_of(person)):
        raise LinkOver
    return person


def _state_of(person: Person) -> str:
    # A new password, another address or a sign-in since then make the link worth nothing.
    signed_in_at = person.last_login.isoformat() if person.last_login else ""
    known = f"{person.password}|{person.email}|{signed_in_at}"
    return salted_hmac(_SALT, known, algorithm="sha256").hexdigest()[:32]
