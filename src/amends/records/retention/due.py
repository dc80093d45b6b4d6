"""What may go, and nothing else: what a person or a case may still need is never among it."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from amends.ground.events.models import Event
from amends.records.complaints.models import Contact, Merge, Message, Split
from amends.records.complaints.vocabulary import Direction, Kind, State
from amends.records.house.models import House
from amends.records.looking.models import Look
from amends.records.notices.models import Notice
from amends.records.post.models import Outgoing, OutgoingState
from amends.records.retention.models import LegalHold
from amends.records.writing.models import Draft, RoundItem

_UNSENT = (OutgoingState.QUEUED, OutgoingState.SENDING, OutgoingState.HELD)
_MOVED = ("message_moved", "message_came")


def cut_off(house: House, rule: str, at: datetime) -> datetime | None:
    """Return the moment before which a rule lets things go; None while they stay for good."""
    days = getattr(house, rule)
    return at - timedelta(days=days) if days else None


def set_aside(before: datetime) -> QuerySet[Contact]:
    """Return contacts that are nothing to answer since then, on which nothing else depends.

    One that was ever merged, split or moved tells where a case came from; one that we wrote to
    is a talk, and one whose mail hasn't left is not over. All of these stay, and so does what is
    held by law.
    """
    me = OuterRef("pk")
    ours = Message.objects.filter(contact=me, direction=Direction.OUT, author__isnull=False)
    depending = (
        Contact.objects.filter(merged_into=me),
        Merge.objects.filter(Q(contact=me) | Q(head=me)),
        Split.objects.filter(Q(contact=me) | Q(new=me)),
        Event.objects.filter(thread=me, verb__in=_MOVED),
        RoundItem.objects.filter(contact=me),
        Outgoing.objects.filter(thread=me, state__in=_UNSENT),
        ours,
    )
    quiet = Contact.objects.filter(
        kind=Kind.NOTHING, state=State.CLOSED, merged_into=None, complaint__isnull=True,
        closed_at__lt=before, last_message_at__lt=before,
    ).exclude(forwarded_by__isnull=False, sender_confirmed_at=None)  # fmt: skip
    quiet = quiet.exclude(customer__in=_held()).exclude(pk__in=_held_cases())
    return quiet.exclude(Q(*(Exists(one) for one in depending), _connector=Q.OR))


def drafts(before: datetime) -> QuerySet[Draft]:
    return Draft.objects.filter(at__lt=before).exclude(_of_held())


def notices(before: datetime) -> QuerySet[Notice]:
    """Return notices seen before then, of what is closed: of an open case they'd come again."""
    over = (State.CLOSED, State.MERGED)
    seen = Notice.objects.filter(seen_at__lt=before, contact__state__in=over)
    return seen.exclude(_of_held())


def looks(before: datetime) -> QuerySet[Look]:
    return Look.objects.filter(at__lt=before).exclude(
        Q(customer_key__in=_held()) | Q(contact_key__in=_held_cases())
    )


def _held() -> QuerySet[Any, Any]:
    return LegalHold.objects.standing().exclude(customer=None).values("customer")


def _held_cases() -> QuerySet[Any, Any]:
    return LegalHold.objects.standing().exclude(contact=None).values("contact")


def _of_held() -> Q:
    return Q(contact__customer__in=_held()) | Q(contact__in=_held_cases())


# The rule of the house, and what it lets go.
RULES: dict[str, Callable[[datetime], QuerySet[Any]]] = {
    "set_aside_days": set_aside,
    "draft_days": drafts,
    "notice_days": notices,
    "look_days": looks,
}


def waiting(house: House, at: datetime) -> dict[str, int]:
    """Count what would go now, by rule; a rule that keeps for good isn't among them."""
    cuts = {rule: cut_off(house, rule, at) for rule in RULES}
    return {rule: RULES[rule](before).count() for rule, before in cuts.items() if before}
