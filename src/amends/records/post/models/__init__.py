from amends.records.post.addresses import BadAddress
from amends.records.post.models.mailbox import Mailbox
from amends.records.post.models.outgoing import Outgoing
from amends.records.post.models.raw_mail import RawMail, RawMailState, Source
from amends.records.post.models.states import (
    AlreadyCancelled,
    LeaseLost,
    OutgoingState,
    TooLate,
)

__all__ = [
    "AlreadyCancelled",
    "BadAddress",
    "LeaseLost",
    "Mailbox",
    "Outgoing",
    "OutgoingState",
    "RawMail",
    "RawMailState",
    "Source",
    "TooLate",
]
