"""Letters to the people of the house: they belong to no case, so none is moved by them."""

import uuid
from datetime import datetime

from django.conf import settings

from amends.records.house.models import House
from amends.records.post.models import Outgoing


def write_to(
    address: str, name: str, kind: str, language: str, *, thread: uuid.UUID, at: datetime,
    **fields: str,
) -> Outgoing:  # fmt: skip
    """Put a text of the house into the post for one of its people; the thread is no contact's."""
    house = House.objects.current()
    text = house.write(kind, language, name=name, **fields)
    return Outgoing.objects.post(
        thread=thread, to=address, to_name=name, from_address=house.address, from_name=house.name,
        subject=text.subject, body=text.body, at=at, automatic=True, language=language,
    )  # fmt: skip


def link_to(path: str) -> str:
    return f"{settings.HOUSE_URL.rstrip('/')}{path}"
