"""What came in, and the thread that follows from it."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import (
    Case,
    ExpressionWrapper,
    F,
    FloatField,
    OuterRef,
    Prefetch,
    Q,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Substr
from django.utils.translation import gettext_lazy as _

from amends.ground.keys import uuid7
from amends.records.complaints.vocabulary import (
    Channel,
    CheckBackStage,
    Direction,
    Fix,
    Kind,
    Outcome,
    State,
)
from amends.records.customers.models import Customer
from amends.records.people.models import Person, Team
from amends.records.post.models import Mailbox

from .counting import Counting
from .deciding import Deciding
from .hands import Hands
from .joining import Joining
from .planning import Planning
from .talking import Talking
from .telling import Telling

if TYPE_CHECKING:
    from .complaint import Complaint


_SOON = timedelta(days=1)


class ContactQuerySet(models.QuerySet["Contact"]):
    def visible_to(self, person: Person) -> "ContactQuerySet":
        """Narrow to what the person may see; every look-up of a door goes through this.

        Quality reads all; an agent or lead all but the cases of closed teams that are not
        theirs; the administrator none. Who is named in a complaint never sees it.
        """
        if not (person.is_active and person.sees_stories):
            return self.none()
        seen = self.exclude(pk__in=_naming(person))
        if person.assures:
            return seen
        # As keys of teams: a join would be made for every case of a large house.
        return seen.exclude(team__in=Team.objects.closed_to(person).values("pk"))

    def open(self) -> "ContactQuerySet":
        return self.filter(state=State.OPEN)

    def of_one_case(self, head: "Contact") -> "ContactQuerySet":
        """Narrow to a contact and what is merged into it."""
        return self.filter(Q(pk=head.pk) | Q(merged_into=head.pk))

    def in_hands_of(self, person: Person) -> "ContactQuerySet":
        return self.filter(person=person)

    def for_hands_of(self, person: Person) -> "ContactQuerySet":
        """Narrow to what the person holds, and what nobody in one of their teams has taken."""
        return self.filter(Q(person=person) | Q(person__isnull=True, team__in=person.teams.all()))

    def in_need(self, at: datetime) -> "ContactQuerySet":
        """Narrow to where the customer waits for a word, or something falls due within a day."""
        due = Q(next_at__lte=at + _SOON)
        return self.open().filter(Q(last_direction=Direction.IN) | due)

    def next_best_for(
        self, person: Person, at: datetime, *, after: "Contact | None" = None
    ) -> "Contact | None":
        """Return the case that My day would put first, leaving out the one just done.

        What nobody has decided comes when nothing decided is left, as it does there.
        """
        mine = self.visible_to(person).for_hands_of(person).in_need(at)
        others = mine.exclude(pk=after.pk) if after else mine
        ordered = others.in_working_order(at)
        return ordered.exclude(kind=Kind.UNDECIDED).first() or ordered.first()

    def cut(self, start: int, stop: int) -> "ContactQuerySet":
        """Narrow to a slice of the order; what is fetched beside is fetched for that alone.

        A join, or a subquery a row, would otherwise be made for all that is sorted away.
        """
        keys = self.values("pk")[start:stop]
        return Contact.objects.filter(pk__in=keys).order_by(*self.query.order_by)

    def with_first_words(self) -> "ContactQuerySet":
        """Add `first_words`: how the story begins, for a list that one decides from."""
        from .message import Message

        first = Message.objects.filter(contact=OuterRef("pk"), direction=Direction.IN)
        beginning = Substr("text", 1, 400)
        first_words = first.order_by("at", "id").annotate(words=beginning).values("words")[:1]
        return self.annotate(first_words=Subquery(first_words))

    def with_all_said(self) -> "ContactQuerySet":
        """Fetch the customer and all that was said, with files and the bytes' rows, at once."""
        from .message import Message

        said = Message.objects.select_related("raw").prefetch_related("attachments")
        return self.select_related("customer", "complaint").prefetch_related(
            "customer__addresses", Prefetch("messages", said)
        )

    def in_working_order(self, at: datetime) -> "ContactQuerySet":
        """Order by what hurts most to leave.

        A "not solved" that nobody has answered comes first, then other failed recoveries, then
        all else by the queue's index, and last what came by itself and nobody has decided.
        """
        age = Value(at.timestamp(), output_field=FloatField()) - F("waiting_since")
        index = ExpressionWrapper(F("steepness") * age, output_field=FloatField())
        looks_like_nothing = Case(
            When(kind=Kind.UNDECIDED, proposal=Kind.NOTHING, then=Value(1)), default=Value(0)
        )
        return self.order_by(
            F("said_no").desc(),
            F("double_deviation").desc(),
            looks_like_nothing,
            index.desc(),
            "id",
        )


def _naming(person: Person) -> models.QuerySet["Complaint"]:
    from .complaint import Complaint

    return Complaint.objects.filter(named=person).values("contact")  # type: ignore[return-value]


class Contact(Counting, Deciding, Hands, Joining, Talking, Telling, Planning, models.Model):
    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    reference = models.CharField(max_length=16, unique=True)
    customer = models.ForeignKey(Customer, on_delete=models.PROTECT, related_name="contacts")
    channel = models.CharField(max_length=10, choices=Channel)
    language = models.CharField(max_length=5, blank=True)
    subject = models.CharField(max_length=300, blank=True)
    kind = models.CharField(max_length=10, choices=Kind, default=Kind.UNDECIDED)
    proposal = models.CharField(max_length=10, choices=Kind, blank=True)
    proposal_reason = models.CharField(max_length=40, blank=True)
    mailbox = models.ForeignKey(Mailbox, null=True, blank=True, on_delete=models.SET_NULL)
    received_at = models.DateTimeField()
    forwarded_by = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    sender_confirmed_at = models.DateTimeField(null=True, blank=True)
    merged_into = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="merged"
    )

    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="contacts")
    person = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.PROTECT, related_name="contacts"
    )
    state = models.CharField(max_length=8, choices=State, default=State.OPEN)
    outcome = models.CharField(max_length=12, choices=Outcome, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    double_deviation = models.BooleanField(default=False)

    # What plan() derived last; see planning.py.
    next_key = models.CharField(max_length=20, default="decide")
    next_text = models.CharField(max_length=200, blank=True, help_text="set by a person")
    next_set_at = models.DateTimeField(null=True, blank=True, help_text="set by a person")
    next_at = models.DateTimeField(null=True, blank=True)
    answer_due_at = models.DateTimeField(null=True, blank=True)
    promise_due_at = models.DateTimeField(null=True, blank=True)
    fix = models.CharField(max_length=10, choices=Fix, default=Fix.NONE)
    fix_delivered_at = models.DateTimeField(null=True, blank=True)
    check_back = models.CharField(
        max_length=10, choices=CheckBackStage, default=CheckBackStage.NONE
    )
    check_back_at = models.DateTimeField(null=True, blank=True)
    last_direction = models.CharField(max_length=3, choices=Direction, default=Direction.IN)
    last_message_at = models.DateTimeField()
    answered = models.BooleanField(default=False)
    said_no = models.BooleanField(default=False)
    steepness = models.FloatField(default=0.0)
    waiting_since = models.FloatField(default=0.0, help_text="seconds since 1970")

    objects = ContactQuerySet.as_manager()

    class Meta:
        verbose_name = _("contact")
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=[State.CLOSED, State.MERGED], next_at__isnull=True)
                | (~Q(state__in=[State.CLOSED, State.MERGED]) & Q(next_at__isnull=False)),
                name="contact_open_has_a_next_date",
            ),
            models.CheckConstraint(
                condition=Q(state=State.CLOSED, closed_at__isnull=False)
                | (~Q(state=State.CLOSED) & Q(closed_at__isnull=True)),
                name="contact_closed_says_when",
            ),
            models.CheckConstraint(
                condition=Q(kind=Kind.COMPLAINT, state=State.CLOSED) & ~Q(outcome="")
                | (~Q(kind=Kind.COMPLAINT, state=State.CLOSED) & Q(outcome="")),
                name="contact_outcome_iff_closed_complaint",
            ),
            models.CheckConstraint(
                condition=Q(kind=Kind.COMPLAINT) | ~Q(state=State.RESTING),
                name="contact_only_complaints_rest",
            ),
            models.CheckConstraint(
                condition=Q(outcome__in=["", *Outcome.values]), name="contact_outcome_known"
            ),
            models.CheckConstraint(condition=Q(kind__in=Kind.values), name="contact_kind_known"),
            models.CheckConstraint(condition=Q(state__in=State.values), name="contact_state_known"),
            models.CheckConstraint(
                condition=~Q(state=State.RESTING) | Q(check_back_at__isnull=False),
                name="contact_rests_for_a_check_back",
            ),
            models.CheckConstraint(
                condition=~Q(kind=Kind.NOTHING) | Q(state=State.CLOSED),
                name="contact_nothing_is_closed",
            ),
            models.CheckConstraint(
                condition=Q(merged_into=None) & ~Q(state=State.MERGED)
                | Q(merged_into__isnull=False, state__in=[State.MERGED, State.CLOSED]),
                name="contact_merged_follows",
            ),
        ]
        indexes = [
            models.Index(fields=["state", "next_at"], name="contact_due"),
            models.Index(fields=["state", "-last_message_at"], name="contact_latest"),
            models.Index(fields=["person", "state"], name="contact_in_hands"),
            models.Index(fields=["customer", "-received_at"], name="contact_of_customer"),
            models.Index(fields=["-last_message_at"], name="contact_all_latest"),
            # All that the queue is narrowed and ordered by, so that no row is read to sort it.
            models.Index(
                fields=[
                    "state",
                    "person",
                    "team",
                    "kind",
                    "proposal",
                    "said_no",
                    "double_deviation",
                    "steepness",
                    "waiting_since",
                    "id",
                ],
                name="contact_queue",
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def is_complaint(self) -> bool:
        return self.kind == Kind.COMPLAINT

    @property
    def awaits_sender(self) -> bool:
        """Whether a colleague passed it on and nobody has said yet that it is whose it seems."""
        return self.forwarded_by_id is not None and self.sender_confirmed_at is None

    @property
    def is_closed(self) -> bool:
        return self.state == State.CLOSED
