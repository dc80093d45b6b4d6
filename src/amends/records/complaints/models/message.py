"""What the customer and we write to each other."""

from collections.abc import Iterable
from datetime import datetime

from django.db import models, transaction
from django.db.models import Q

from amends.ground import files
from amends.ground.events.models import record
from amends.ground.keys import uuid7
from amends.records.complaints import refusals
from amends.records.complaints.vocabulary import Channel, Direction, Kind, Purpose
from amends.records.people.models import Person
from amends.records.post.models import AlreadyCancelled, Outgoing, RawMail, TooLate

from .contact import Contact
from .noted import Noted

# Said from person to person; what stands on record of it was written for the house.
SPOKEN = (Channel.PHONE, Channel.COUNTER)


class Message(Noted, models.Model):
    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    contact = models.ForeignKey(Contact, on_delete=models.CASCADE, related_name="messages")
    direction = models.CharField(max_length=3, choices=Direction)
    channel = models.CharField(max_length=10, choices=Channel)
    purpose = models.CharField(max_length=16, choices=Purpose)
    author = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    from_name = models.CharField(max_length=200, blank=True)
    from_address = models.CharField(max_length=254, blank=True)
    to_address = models.CharField(max_length=254, blank=True)
    subject = models.CharField(max_length=300, blank=True)
    text = models.TextField(help_text="what is new in it")
    signature = models.TextField(blank=True)
    quoted = models.TextField(blank=True)
    html = models.TextField(blank=True, help_text="made safe; never what came in")
    message_id = models.CharField(max_length=500, blank=True, db_index=True)
    automatic = models.CharField(max_length=16, blank=True)
    raw = models.ForeignKey(RawMail, null=True, on_delete=models.PROTECT, related_name="+")
    outgoing = models.OneToOneField(
        Outgoing, null=True, on_delete=models.PROTECT, related_name="message"
    )
    reached = models.CharField(max_length=200, blank=True, help_text="who was on the phone")
    dispatched_date = models.DateField(null=True, blank=True, help_text="of a posted letter")
    tracking = models.CharField(max_length=80, blank=True)
    noted_at = models.DateTimeField(
        null=True, blank=True, help_text="when a call or letter came on record"
    )
    taken_back_at = models.DateTimeField(null=True, blank=True)
    accepted_at = models.DateTimeField(null=True, blank=True, help_text="by a mail server")
    refused_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(direction=Direction.OUT) | Q(author=None, outgoing=None),
                name="message_from_customer_has_no_author",
            ),
            models.CheckConstraint(
                condition=Q(accepted_at=None) | Q(outgoing__isnull=False),
                name="message_accepted_was_outgoing",
            ),
            models.CheckConstraint(
                condition=Q(outgoing=None) | Q(channel=Channel.MAIL),
                name="message_outgoing_is_mail",
            ),
            models.CheckConstraint(
                condition=Q(noted_at=None) | Q(outgoing=None, author__isnull=False),
                name="message_noted_was_not_sent",
            ),
            models.CheckConstraint(
                condition=Q(reached="") | Q(direction=Direction.OUT, channel__in=SPOKEN),
                name="message_reached_on_a_call",
            ),
            models.CheckConstraint(
                condition=Q(dispatched_date=None, tracking="")
                | Q(direction=Direction.OUT, channel=Channel.LETTER, dispatched_date__isnull=False),
                name="message_dispatched_is_a_letter",
            ),
        ]
        indexes = [models.Index(fields=["contact", "at"], name="message_thread")]

    def __str__(self) -> str:
        return self.text[:60]

    @property
    def is_spoken(self) -> bool:
        return self.direction == Direction.OUT and self.channel in SPOKEN

    def take_back(self, *, by: Person, at: datetime) -> None:
        """Undo sending, while the undo runs; TooLateToTakeBack once it is leaving.

        Of a call or letter undo the noting; StaysOnRecord where that can't be any more.
        """
        with transaction.atomic():
            if self.noted_at is None:
                self._cancel(at)
            contact = self.contact
            contact.hold()
            if self.noted_at:
                self.must_be_undoable(at)
            self.taken_back_at = at
            self.save(update_fields=["taken_back_at"])
            contact.plan(at=at)
            record(self.verb_of_taking_back, thread=contact.id, by=by, at=at, message=str(self.id))

    def _cancel(self, at: datetime) -> None:
        if self.outgoing is None or self.taken_back_at:
            raise refusals.TooLateToTakeBack
        try:
            self.outgoing.cancel(at=at)
        except (TooLate, AlreadyCancelled) as gone:
            raise refusals.TooLateToTakeBack from gone

    def attach(self, kept: Iterable[files.KeptFile]) -> None:
        """Put on record which files go with the message; their bytes are kept already."""
        for file in kept:
            self.attachments.create(
                name=file.name, media_type=file.media_type, size=file.size, digest=file.digest
            )

    def files(self) -> tuple[files.KeptFile, ...]:
        return tuple(
            files.KeptFile(file.name, file.media_type, file.size, file.digest)
            for file in self.attachments.order_by("id")
        )

    def move_to(self, contact: Contact, *, by: Person, at: datetime) -> None:
        """Let a message of the customer go on with another open contact of theirs.

        Raises OnlyWhatCameIn, OfAnotherCustomer, AlreadyClosed, FollowsAnother, or
        NothingWouldStay where it is all that the customer wrote.
        """
        before = self.contact
        with transaction.atomic():
            before.hold()
            contact.hold()
            before.must_lead()
            contact.must_lead()
            if contact.pk == before.pk or contact.customer_id != before.customer_id:
                raise refusals.OfAnotherCustomer
            # A question that was closed because this word had gone opens with it again.
            if contact.is_closed and contact.kind != Kind.QUESTION:
                raise refusals.AlreadyClosed
            self.leave(before, to=contact)
            moved = {"message": str(self.id)}
            there, here = contact.reference, before.reference
            record("message_moved", thread=before.id, by=by, at=at, reference=there, **moved)
            record("message_came", thread=contact.id, by=by, at=at, reference=here, **moved)
            before.plan(at=at)
            contact.plan(at=at)

    def leave(self, before: Contact, *, to: Contact, emptying: bool = False) -> None:
        """Hang it on another contact; whoever moves it plans both anew."""
        if self.direction != Direction.IN or self.contact_id != before.pk:
            raise refusals.OnlyWhatCameIn
        if before.awaits_sender or to.awaits_sender:
            raise refusals.SenderNotConfirmed
        others = before.messages.filter(direction=Direction.IN).exclude(pk=self.pk)
        if not emptying and not others.exists():
            raise refusals.NothingWouldStay
        # Thanks after the end may begin a matter of its own, which somebody has to look at.
        self.contact, self.automatic = to, ""
        self.save(update_fields=["contact", "automatic"])

    def was_accepted(self, *, at: datetime) -> None:
        self.accepted_at = at
        self.save(update_fields=["accepted_at"])

    def was_discarded(self, *, at: datetime) -> None:
        """Never sent; as only what the program writes is held, no clock hung on it."""
        self.taken_back_at = at
        self.save(update_fields=["taken_back_at"])

    def was_refused(self, *, at: datetime) -> None:
        """Not delivered: the answer clock runs again as if nothing had been said."""
        with transaction.atomic():
            self.contact.hold()
            self.refused_at = at
            self.save(update_fields=["refused_at"])
            self.contact.reopen_unheard(self, at=at)
            self.contact.plan(at=at)


class Attachment(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    message = models.ForeignKey(Message, on_delete=models.CASCADE, related_name="attachments")
    name = models.CharField(max_length=200)
    media_type = models.CharField(max_length=100)
    size = models.PositiveBigIntegerField()
    digest = models.CharField(max_length=64)

    def __str__(self) -> str:
        return self.name

    def content(self) -> bytes:
        return files.read(self.digest)
