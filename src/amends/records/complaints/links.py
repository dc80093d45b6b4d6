"""Links to the status page: signed, for one contact, for a time; opening one does nothing."""

from datetime import timedelta
from uuid import UUID

from django.conf import settings
from django.core import signing

from amends.records.complaints.models import Contact
from amends.records.house.models import House

_SALT = "amends.status"


class LinkUnreadable(Exception):
    """Not a link of ours: forged, cut off, or of another house."""


class LinkExpired(Exception):
    """A link of ours that is too old to show anything; it still takes a message."""

    def __init__(self, contact: Contact) -> None:
        super().__init__(contact.reference)
        self.contact = contact


def token_for(contact: Contact) -> str:
    return signing.TimestampSigner(salt=_SALT).sign(contact.id.hex)


def url_for(contact: Contact) -> str:
    return f"{settings.HOUSE_URL}/status/{token_for(contact)}/"


def contact_behind(token: str) -> Contact:
    """Return the contact that the link is for; LinkUnreadable or LinkExpired otherwise.

    A merged contact stands as its head does, which is of the same customer.
    """
    signer = signing.TimestampSigner(salt=_SALT)
    try:
        contact = _find(signer.unsign(token))
    except signing.BadSignature as forged:
        raise LinkUnreadable from forged
    days = House.objects.current().link_days
    try:
        signer.unsign(token, max_age=timedelta(days=days))
    except signing.SignatureExpired as old:
        raise LinkExpired(contact) from old
    return contact


def _find(name: str) -> Contact:
    found = (
        Contact.objects.select_related(
            "customer", "team", "person", "mailbox", "merged_into__customer",
            "merged_into__team", "merged_into__person", "merged_into__mailbox",
        )
        .filter(id=UUID(hex=name)).first()
    )  # fmt: skip
    if found is None or found.customer.erased_at:
        raise LinkUnreadable
    if found.merged_into and found.merged_into.customer_id == found.customer_id:
        return found.merged_into
    return found
