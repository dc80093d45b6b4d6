"""What was put on record after it was said: a call or a letter, and how long that can be undone."""

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING, cast

from amends.ground.events.models import Event
from amends.records.complaints import refusals
from amends.records.complaints.vocabulary import Channel, Direction, Purpose
from amends.records.house.models import House

from .deciding import ACTS

if TYPE_CHECKING:
    from .message import Message

_ACTS = frozenset({*ACTS, "promise_moved", "merged"})


class Noted:
    """A trait of Message."""

    @property
    def given_at(self) -> datetime:
        """Return when it came on record: of a call that may be after it was said."""
        message = cast("Message", self)
        return message.noted_at or message.at

    @property
    def verb_of_taking_back(self) -> str:
        message = cast("Message", self)
        if message.noted_at is None:
            return "taken_back"
        return "letter_taken_back" if message.channel == Channel.LETTER else "call_taken_back"

    def undo_ends_at(self, house: House) -> datetime | None:
        """Return until when a letter is taken back: then the customer reads it. Calls have none."""
        message = cast("Message", self)
        is_letter = message.channel == Channel.LETTER and message.noted_at
        return message.given_at + house.undo if is_letter else None

    def must_be_undoable(self, at: datetime) -> None:
        """Raise StaysOnRecord if a letter's undo ran out, or somebody has acted on it since."""
        message = cast("Message", self)
        message.refresh_from_db(fields=["taken_back_at"])
        said = message.contact.messages.all()
        events = Event.objects.about(message.contact_id).filter(at__gt=message.given_at)
        if not message.is_undoable(said, events, house=House.objects.current(), at=at):
            raise refusals.StaysOnRecord

    def is_undoable(
        self,
        said: "Iterable[Message]",
        events: Iterable[Event],
        *,
        house: House,
        at: datetime,
    ) -> bool:
        """Tell whether what was noted can be taken back, by what was said and done since."""
        message = cast("Message", self)
        since, ends_at = message.given_at, message.undo_ends_at(house)
        if message.noted_at is None or message.taken_back_at or (ends_at and ends_at <= at):
            return False
        return not (
            any(other.given_at > since and _counts(other) for other in said)
            or any(event.at > since and event.verb in _ACTS for event in events)
        )


def _counts(message: "Message") -> bool:
    """Tell whether somebody said it, or it asks whether it is solved; receipts act on nothing."""
    if message.taken_back_at or message.automatic not in {"", "program"}:
        return False
    by_somebody = message.direction == Direction.IN or message.author_id is not None
    return by_somebody or message.purpose == Purpose.CHECK_BACK
