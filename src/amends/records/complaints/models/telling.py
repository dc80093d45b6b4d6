"""What we say without a mail: on the phone, at the counter, or in a letter that is posted."""

from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any, cast
from zoneinfo import ZoneInfo

from django.db import transaction

from amends.ground.events.models import record
from amends.records.complaints import refusals
from amends.records.complaints.vocabulary import Channel, CheckBackStage, Direction, Kind, Purpose
from amends.records.house.models import House
from amends.records.people.models import Person

if TYPE_CHECKING:
    from .contact import Contact
    from .message import Message

# A clock on a wall has no seconds: what came in and the call about it may share their minute.
_MINUTE = timedelta(minutes=1)
_ASKED = frozenset({CheckBackStage.ASKED, CheckBackStage.ASKED_LAST})


class Telling:
    """A trait of Contact: a call made and a letter posted are answers like a mail."""

    def call(
        self,
        *,
        text: str,
        reached: str,
        said_at: datetime,
        by: Person,
        at: datetime,
        channel: str = Channel.PHONE,
    ) -> "Message":
        """Put on record what was said on the phone, or at the counter, and to whom.

        Raises NothingWritten, AlreadyClosed, SaidInTheFuture or SaidBeforeItCame.
        """
        contact = cast("Contact", self)
        with transaction.atomic():
            contact._about_to_tell(text, by=by, at=at)
            message = contact._told(
                text=text, channel=channel, said_at=contact._moment_of(said_at, at), by=by,
                noted_at=at, reached=reached.strip()[:200],
            )  # fmt: skip
            contact._has_told("called", message, by=by, at=at)
        return message

    def call_in_vain(self, *, text: str, said_at: datetime, by: Person, at: datetime) -> None:
        """Note that nobody was reached: it is no answer, but it is an attempt to ask.

        Raises what `call` does, save for NothingWritten: there may be nothing to say of it.
        """
        contact = cast("Contact", self)
        with transaction.atomic():
            contact.hold()
            contact.must_lead()
            if contact.is_closed and contact.kind == Kind.COMPLAINT:
                raise refusals.AlreadyClosed
            record(
                "called_in_vain", thread=contact.id, by=by, at=contact._moment_of(said_at, at),
                text=text.strip()[:2_000], asked=contact.check_back in _ASKED,
            )  # fmt: skip
            contact.plan(at=at)

    def post_letter(
        self,
        *,
        text: str,
        dispatched_date: date,
        by: Person,
        at: datetime,
        to: str = "",
        tracking: str = "",
    ) -> "Message":
        """Put a letter on record that goes, or went, by post.

        Raises NothingWritten, AlreadyClosed, SaidInTheFuture or SaidBeforeItCame.
        """
        contact = cast("Contact", self)
        zone = ZoneInfo(House.objects.current().zone)
        if dispatched_date > at.astimezone(zone).date():
            raise refusals.SaidInTheFuture
        # Of a letter one knows the day: it answers all that had come by the end of it.
        end_of_day = datetime.combine(dispatched_date, time.max, zone)
        with transaction.atomic():
            contact._about_to_tell(text, by=by, at=at)
            message = contact._told(
                text=text, channel=Channel.LETTER, by=by, noted_at=at, to_address=to.strip()[:254],
                said_at=contact._moment_of(min(end_of_day, at), at),
                dispatched_date=dispatched_date, tracking=tracking.strip()[:80],
            )  # fmt: skip
            contact._has_told("posted", message, by=by, at=at)
        return message

    def _about_to_tell(self, text: str, *, by: Person, at: datetime) -> None:
        contact = cast("Contact", self)
        if not text.strip():
            raise refusals.NothingWritten
        contact.hold()
        contact.must_lead()
        if contact.is_closed and contact.kind == Kind.COMPLAINT:
            raise refusals.AlreadyClosed
        if contact.person is None and not contact.names(by):
            contact.take(by=by, at=at)

    def _moment_of(self, said_at: datetime, at: datetime) -> datetime:
        contact = cast("Contact", self)
        if said_at > at:
            raise refusals.SaidInTheFuture
        if said_at + _MINUTE <= contact.received_at:
            raise refusals.SaidBeforeItCame
        return max(said_at, contact.received_at)

    def _told(self, *, text: str, said_at: datetime, by: Person, **fields: Any) -> "Message":
        contact = cast("Contact", self)
        return contact.messages.create(
            direction=Direction.OUT, purpose=Purpose.REPLY, at=said_at, author=by,
            from_name=House.objects.current().name, text=text.strip(), **fields,
        )  # fmt: skip

    def _has_told(self, verb: str, message: "Message", *, by: Person, at: datetime) -> None:
        contact = cast("Contact", self)
        contact.next_text, contact.next_set_at = "", None
        contact.plan(at=at)
        # At the moment of writing it down: a verdict before that can't be undone any more.
        record(verb, thread=contact.id, by=by, at=at, message=str(message.id))
