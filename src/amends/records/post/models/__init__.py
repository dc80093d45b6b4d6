from amends.records.post.addresses import BadAddress
from amends.records.post.models.grant import Grant
from amends.records.post.models.hook import Hook, HookUnknown
from amends.records.post.models.mailbox import Mailbox
from amends.records.post.models.outgoing import Outgoing
from amends.records.post.models.pickup import Pickup
from amends.records.post.models.raw_mail import RawMail, RawMailState, Source
from amends.records.post.models.states import (
    AlreadyCancelled,
    LeaseLost,
    OutgoingState,
    TooLate,
)
from amends.records.post.models.trial import Trial

__all__ = [
    "AlreadyCancelled",
    "BadAddress",
    "Grant",
    "Hook",
    "HookUnknown",
    "LeaseLost",
    "Mailbox",
    "Outgoing",
    "OutgoingState",
    "Pickup",
    "RawMail",
    "RawMailState",
    "Source",
    "TooLate",
    "Trial",
]
