"""How far a mail of ours is, and why something can't be done with it any more."""

from django.db import models


class OutgoingState(models.TextChoices):
    QUEUED = "queued"
    SENDING = "sending"
    ACCEPTED = "accepted"
    REFUSED = "refused"
    CANCELLED = "cancelled"
    HELD = "held"


class TooLate(Exception):
    """The mail can't be taken back: its sending was tried."""


class AlreadyCancelled(TooLate):
    """The mail was taken back before."""


class LeaseLost(Exception):
    """The sending took longer than its lease, and another worker has the mail now."""
