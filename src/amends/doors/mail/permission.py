"""The token that lets us in: the one at hand while it holds, else renewed at the provider."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from amends.doors.mail.hindered import Hindered
from amends.ground import oauth
from amends.ground.sealing import CannotUnseal
from amends.records.post.models import Grant, Pickup
from amends.records.post.models.pickup import Trouble


@contextmanager
def token(pickup: Pickup, at: datetime) -> Iterator[str]:
    """Give a token of the mailbox for the block."""
    with token_of(Grant.objects.filter(mailbox=pickup.mailbox_id).first(), at) as given:
        yield given


@contextmanager
def token_of(grant: Grant | None, at: datetime) -> Iterator[str]:
    """Give a token for the block; one that the server refuses there is forgotten."""
    if grant is None or not grant.is_given:
        raise Hindered(Trouble.GRANT)
    try:
        yield grant.access(at) or _renewed(grant, at)
    except CannotUnseal as lost:
        raise Hindered(Trouble.SECRET) from lost
    except Hindered as hindered:
        if hindered.trouble == Trouble.SIGN_IN:
            grant.forget_access()
        raise


def _renewed(grant: Grant, at: datetime) -> str:
    try:
        tokens = oauth.renew(grant.endpoints, grant.client(), refresh=grant.refresh())
    except oauth.Refused as no:
        raise Hindered(Trouble.GRANT, str(no)) from no
    except oauth.Unanswered as nothing:
        raise Hindered(Trouble.UNREACHABLE, str(nothing)) from nothing
    grant.renew(tokens, at)
    return tokens.access
