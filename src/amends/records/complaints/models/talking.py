"""What is said in a thread: the customer's words come in, ours go out."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, cast

from django.db import transaction
from django.db.models import Q

from amends.ground.events.models import PROGRAM, record
from amends.ground.files import KeptFile
from amends.records.complaints import knowledge, refusals
from amends.records.complaints.vocabulary import (
    Channel,
    CheckBackStage,
    Direction,
    Kind,
    Outcome,
    Purpose,
    State,
)
from amends.records.house.models import House
from amends.records.people.models import Person
from amends.records.post.addresses import can_be_written_to
from amends.records.post.models import Outgoing
from amends.records.post.reply_addresses import reply_address

if TYPE_CHECKING:
    from .contact import Contact
    from .message import Message

_LONGEST_SUBJECT = 280
# What a mail server says of a mail of ours: it stands in the thread and is nobody's word.
REPORT = "bounce"


class Talking:
    """A trait of Contact."""

    def hear(self, *, text: str, at: datetime, channel: str, **fields: Any) -> "Message":
        """Take in what the customer writes; it wakes what rests and reopens what is closed.

        Mere thanks after the end reopen nothing, nor does an automatic answer.
        """
        contact = cast("Contact", self)
        with transaction.atomic():
            contact.hold()
            if contact.merged_into:
                # Late words to a merged thread are for the head, whoever found it before.
                return contact.merged_into.hear(text=text, at=at, channel=channel, **fields)
            if contact.is_closed and not fields.get("automatic") and knowledge.only_thanks(text):
                fields["automatic"] = "thanks"
            message = contact.messages.create(
                direction=Direction.IN, channel=channel, at=at, text=text,
                purpose=fields.pop("purpose", Purpose.STORY), **fields,
            )  # fmt: skip
            if message.automatic:
                by = PROGRAM if message.automatic == REPORT else contact.customer
                record("heard", thread=contact.id, by=by, at=at)
                return message
            contact.customer.address_works(message.from_address)
            contact._wake(at=at, words=text)
            contact.plan(at=at)
            record("customer_wrote", thread=contact.id, by=contact.customer, at=at)
        return message

    def reply(
        self,
        *,
        text: str,
        by: Person,
        at: datetime,
        undo: timedelta | None = None,
        footer: str = "",
        files: tuple[KeptFile, ...] = (),
    ) -> "Message":
        """Answer the customer: a message and its outgoing mail, in one transaction.

        The footer stands below the text in the mail only. Raises NothingWritten, NoAddress, or
        AlreadyClosed for a complaint that is closed.
        """
        contact = cast("Contact", self)
        if not text.strip():
            raise refusals.NothingWritten
        house = House.objects.current()
        with transaction.atomic():
            contact.hold()
            contact.must_lead()
            if contact.is_closed and contact.kind == Kind.COMPLAINT:
                raise refusals.AlreadyClosed
            if contact.person is None and not contact.names(by):
                contact.take(by=by, at=at)
            message = contact._send(
                text=text, subject=contact._subject_of_reply(), purpose=Purpose.REPLY, at=at,
                author=by, undo=house.undo if undo is None else undo, footer=footer, files=files,
            )  # fmt: skip
            contact.next_text, contact.next_set_at = "", None
            contact.plan(at=at)
            record("replied", thread=contact.id, by=by, at=at, message=str(message.id))
        return message

    def write_automatically(
        self, *, purpose: str, subject: str, text: str, at: datetime
    ) -> "Message":
        """Send what the house has set to be sent; it stops no clock and counts as no answer."""
        contact = cast("Contact", self)
        with transaction.atomic():
            message = contact._send(
                text=text, subject=subject, purpose=purpose, at=at, author=None,
                undo=timedelta(0),
            )  # fmt: skip
            record("sent_by_itself", thread=contact.id, by=PROGRAM, at=at, purpose=purpose)
        return message

    def is_acknowledged(self) -> bool:
        contact = cast("Contact", self)
        return contact.messages.filter(purpose=Purpose.ACKNOWLEDGEMENT).exists()

    def sent_by_itself(self) -> int:
        """Count the mails of the program; a complaint gets a few and no more."""
        contact = cast("Contact", self)
        return contact.messages.filter(direction=Direction.OUT, author=None).count()

    def _wake(self, *, at: datetime, words: str) -> None:
        from .rows import Reopening

        contact = cast("Contact", self)
        if contact.is_closed:
            Reopening.objects.create(
                contact=contact, words=words, at=at, actor_kind="customer",
                actor_key=contact.customer_id, actor_name=contact.customer.actor_name,
            )  # fmt: skip
            record("reopened", thread=contact.id, by=contact.customer, at=at, not_solved=False)
        if contact.kind == Kind.NOTHING:
            contact.kind = Kind.UNDECIDED
        contact.state, contact.outcome, contact.closed_at = State.OPEN, "", None
        contact.check_back, contact.check_back_at = CheckBackStage.NONE, None

    def reopen_unheard(self, message: "Message", *, at: datetime) -> None:
        """Open again an end that rested on a mail which did not arrive; the caller plans.

        What the customer confirmed stays, and what we told them in another way since.
        """
        from .counting import ANSWER
        from .rows import Closing, Reopening

        contact = cast("Contact", self)
        rested_on: dict[str, set[str]] = {
            Outcome.NO_ANSWER: {Purpose.REPLY, Purpose.CHECK_BACK},
            Outcome.BY_LEAD: {Purpose.REPLY},
        }
        if contact.merged_into_id or message.purpose not in rested_on.get(contact.outcome, set()):
            return
        if contact.messages.filter(ANSWER, at__gt=message.at).exists():
            return
        end = Closing.objects.filter(contact=contact).order_by("-at", "-id").first()
        if end:
            also = Q(merge__head=contact, merge__undone_at=None, at=end.at)
            Closing.objects.filter(Q(pk=end.pk) | also).update(voided_at=at)
        contact.state, contact.outcome, contact.closed_at = State.OPEN, "", None
        contact.check_back, contact.check_back_at = CheckBackStage.NONE, None
        Reopening.objects.create(contact=contact, at=at, actor_kind=PROGRAM.actor_kind)
        record(
            "reopened", thread=contact.id, by=PROGRAM, at=at, not_solved=False, undelivered=True
        )  # fmt: skip

    def _subject_of_reply(self) -> str:
        contact = cast("Contact", self)
        words = contact.messages.filter(direction=Direction.IN, automatic="")
        heard = words.order_by("-at", "-id").first()
        subject = ((heard.subject if heard else "") or contact.subject)[:_LONGEST_SUBJECT]
        if contact.reference not in subject:
            subject = f"{subject} [{contact.reference}]".strip()
        return subject if subject[:3].lower() == "re:" else f"Re: {subject}"

    def _send(
        self,
        *,
        text: str,
        subject: str,
        purpose: str,
        at: datetime,
        author: Person | None,
        undo: timedelta,
        footer: str = "",
        files: tuple[KeptFile, ...] = (),
    ) -> "Message":
        contact = cast("Contact", self)
        if contact.awaits_sender:
            raise refusals.SenderNotConfirmed
        address = contact.address_of_customer()
        if not address:
            raise refusals.NoAddress
        house = House.objects.current()
        sender = contact.mailbox.address if contact.mailbox else house.address
        before = contact.messages.exclude(message_id="").exclude(automatic=REPORT)
        before = before.order_by("at", "id")
        named = [f"<{name}>" for name in before.values_list("message_id", flat=True)]
        outgoing = Outgoing.objects.post(
            thread=contact.id, to=address, to_name=contact.customer.name,
            from_address=sender, from_name=house.name, subject=subject,
            reply_to=reply_address(sender, contact.reference),
            body=f"{text.rstrip()}\n\n{footer}\n" if footer else text,
            in_reply_to=named[-1] if named else "", references=named,
            automatic=author is None, language=contact.language, at=at, undo=undo,
            attached=files,
        )  # fmt: skip
        message = contact.messages.create(
            direction=Direction.OUT, channel=Channel.MAIL, purpose=purpose, author=author, at=at,
            from_name=house.name, from_address=sender, to_address=address, subject=subject,
            text=text, message_id=outgoing.message_id.strip("<>"), outgoing=outgoing,
            automatic="" if author else "program",
        )  # fmt: skip
        message.attach(files)
        return message

    def address_of_customer(self) -> str:
        """Return where answers go: where they last wrote from, else an address on file.

        Where nobody is, a server says, comes last.
        """
        contact = cast("Contact", self)
        heard = (
            contact.messages.filter(direction=Direction.IN, automatic="")
            .exclude(from_address="").order_by("-at", "-id").first()
        )  # fmt: skip
        addresses = contact.customer.addresses.all()
        known = sorted(addresses, key=lambda known: (known.failing_at is not None, known.pk))
        candidates = [address.address for address in known]
        failing = {address.address for address in addresses if address.failing_at}
        if heard and heard.from_address not in failing and contact.is_party(heard.from_address):
            candidates.insert(0, heard.from_address)
        return next((address for address in candidates if can_be_written_to(address)), "")

    def is_party(self, address: str) -> bool:
        """Tell whether the address is the customer's or of one who represents them."""
        contact = cast("Contact", self)
        address, customer = address.strip().lower(), contact.customer
        return bool(address) and (
            any(known.address == address for known in customer.addresses.all())
            or any(known.address == address for known in customer.representatives.all())
        )

    def customer_writes(self, *, text: str, at: datetime) -> "Message":
        """Take in what the customer writes on the status page."""
        if not text.strip():
            raise refusals.NothingWritten
        contact = cast("Contact", self)
        return self.hear(
            text=text.strip(), at=at, channel=Channel.FORM, from_name=contact.customer.name
        )
