"""Delivery reports: which mail of ours did not arrive although a server had accepted it."""

import re

from amends.records.complaints.knowledge import Letter
from amends.records.complaints.models import Message
from amends.records.complaints.vocabulary import Direction
from amends.records.post.message_ids import key_of

# RFC 3464: a report may also say that the mail is late, or has arrived.
_FAILED = re.compile(rb"(?im)^action:\s*failed\b")
_MESSAGE_ID = re.compile(rb"(?im)^message-id:\s*(<[^<>\s]{1,400}>)")
_RETURNED = {"message/rfc822", "text/rfc822-headers"}


def undelivered(letter: Letter) -> list[Message]:
    """Return the messages that the letter reports as not delivered, by their signed Message-ID."""
    report = [part for part in letter.attachments if part.media_type == "message/delivery-status"]
    if letter.automatic != "bounce" or not any(_FAILED.search(part.content) for part in report):
        return []
    returned = [part.content for part in letter.attachments if part.media_type in _RETURNED]
    named = {found[1].decode("latin-1") for mail in returned if (found := _MESSAGE_ID.search(mail))}
    ours = [name.strip("<>") for name in named if key_of(name)]
    mine = Message.objects.filter(direction=Direction.OUT, message_id__in=ours, refused_at=None)
    return list(mine.exclude(outgoing=None).order_by("at", "id"))
