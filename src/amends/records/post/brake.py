"""The flood brake: how much goes out within an hour before a person has to look.

Two programs that answer each other, or one wrong setting, write thousands of mails in a night.
It is counted in the database, so that all processes together keep to it.
"""

import uuid
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.db.models import Count, Q

if TYPE_CHECKING:
    from amends.records.post.models.outgoing import OutgoingQuerySet

WITHIN = timedelta(hours=1)
ONE, CASE, HOUSE = "one", "case", "house"


def why_held(mails: "OutgoingQuerySet", *, to: str, thread: uuid.UUID, at: datetime) -> str:
    """Return which limit one more mail would pass, or "" for none.

    What people write counts as well, and what is held: a flood is held as long as it lasts.
    """
    lately = mails.filter(created_at__gt=at - WITHIN, created_at__lte=at, cancelled_at=None)
    counts = lately.aggregate(
        one=Count("id", filter=Q(to_address__iexact=to)),
        case=Count("id", filter=Q(thread=thread)),
        house=Count("id"),
    )
    limits = {
        ONE: settings.MOST_MAILS_TO_ONE,
        CASE: settings.MOST_MAILS_A_CASE,
        HOUSE: settings.MOST_MAILS,
    }
    return next((why for why, most in limits.items() if counts[why] >= most), "")
