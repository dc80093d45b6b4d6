"""The case opened on a contact: the story, what the customer wants, and how it ends."""

import uuid
from datetime import datetime

from django.db import models, transaction
from django.db.models import Q

from amends.ground.events.models import Actor, record
from amends.ground.keys import uuid7
from amends.records.complaints import knowledge, refusals
from amends.records.complaints.vocabulary import Direction, Fault, Fix, Trust, Wish
from amends.records.house.models import House, Stance
from amends.records.people.models import Person

from .contact import Contact
from .counting import ANSWER, GIVEN_AT
from .ending import Ending
from .message import Message
from .point import LONGEST_POINT, Point

_GOAL_LENGTH = 160
_SEVERE = 4
_GRAVE = 3
_FACTS = frozenset(
    {
        "goal", "wish", "wish_words", "expected", "got", "fault", "severity", "trust",
        "case_cause", "cannot_describe", "facts_contradict", "playbook",
    }
)  # fmt: skip


class ComplaintQuerySet(models.QuerySet["Complaint"]):
    def open_on(self, contact: Contact, *, by: Actor, at: datetime) -> "Complaint":
        """Open the complaint of a contact, or take up the one it had before a verdict's undo."""
        heard = contact.messages.filter(direction=Direction.IN).order_by("at", "id").first()
        story = heard.text if heard else ""
        complaint, new = self.get_or_create(
            contact=contact,
            defaults={"story": story, "goal": _first_sentence(contact.subject, story)},
        )
        contact.complaint = complaint
        if new:
            complaint.mark("hear", by=by, at=at)
        return complaint

    def of_one_case(self, head: "Complaint") -> "ComplaintQuerySet":
        """Narrow to a complaint and those that follow it."""
        return self.filter(Q(pk=head.pk) | Q(contact__merged_into=head.contact_id))


class Complaint(Ending, models.Model):
    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    contact = models.OneToOneField(Contact, on_delete=models.CASCADE, related_name="complaint")
    story = models.TextField(help_text="the customer's own words; no verb changes them")
    goal = models.CharField(max_length=_GOAL_LENGTH, help_text="in the customer's words")
    wish = models.CharField(max_length=16, choices=Wish, blank=True)
    wish_words = models.CharField(max_length=300, blank=True, help_text="the customer's own")
    expected = models.CharField(max_length=300, blank=True, help_text="in the customer’s words")
    got = models.CharField(max_length=300, blank=True, help_text="in the customer’s words")
    trust = models.CharField(
        max_length=16, choices=Trust, blank=True, help_text="the customer never sees it"
    )
    fault = models.CharField(max_length=8, choices=Fault, default=Fault.UNKNOWN)
    severity = models.PositiveSmallIntegerField(default=2)
    case_cause = models.TextField(blank=True, help_text="what went wrong here, no person")
    cannot_describe = models.BooleanField(default=False, help_text="the customer gropes for words")
    facts_contradict = models.BooleanField(default=False)
    playbook = models.CharField(max_length=40, blank=True, help_text="empty: the usual one")
    named = models.ManyToManyField(Person, related_name="named_in", blank=True)

    objects = ComplaintQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(severity__gte=1, severity__lte=4), name="complaint_severity_1_to_4"
            ),
            models.CheckConstraint(
                condition=Q(fault__in=Fault.values), name="complaint_fault_known"
            ),
        ]

    def __str__(self) -> str:
        return self.goal

    # Change

    def understand(self, *, by: Actor, at: datetime, evidence: str = "", **facts: object) -> None:
        """Set what is understood, each change on record; of a fault also what shows it.

        Raises EvidenceMissing for a fault that nothing shows in a house that is neutral until
        then, TypeError for anything else: the story above all is nobody's to change.
        """
        if unknown := set(facts) - _FACTS:
            raise TypeError(f"not for understanding: {', '.join(sorted(unknown))}")
        changed = {name: value for name, value in facts.items() if getattr(self, name) != value}
        if not changed:
            return
        if changed.get("fault", Fault.UNKNOWN) != Fault.UNKNOWN and not evidence.strip():
            _must_be_shown()
        with transaction.atomic():
            for name, value in changed.items():
                setattr(self, name, value)
            self.save(update_fields=list(changed))
            record("understood", thread=self.contact_id, by=by, at=at, facts=changed)
            if "fault" in changed:
                self._find(by=by, at=at, evidence=evidence.strip()[:500])
            if changed.get("case_cause"):
                self.mark("diagnose", by=by, at=at)
            if "severity" in changed:
                self.contact.hold()
                self.contact.complaint = self
                self.contact.plan(at=at)

    def concede(self, fault: Fault, *, by: Actor, at: datetime) -> None:
        """Take the fault upon us by the stance of the house, or leave it open again."""
        with transaction.atomic():
            self.fault = fault
            self.save(update_fields=["fault"])
            record("fault_conceded", thread=self.contact_id, by=by, at=at, fault=fault)
            self._find(by=by, at=at, conceded=True)

    def name_person(self, person: Person, *, by: Actor, at: datetime) -> None:
        """Say that the complaint is about a colleague, who from then on never sees it."""
        with transaction.atomic():
            self.contact.hold()
            self.named.add(person)
            record("named", thread=self.contact_id, by=by, at=at)
            if self.contact.person_id == person.pk:
                self.contact.hand_to(by=by, at=at, person=None)

    def add_point(self, text: str, *, by: Actor, at: datetime) -> Point:
        if not text.strip():
            raise refusals.NothingWritten
        with transaction.atomic():
            self.contact.hold()
            # Removed ones keep their place, so that they can come back to it.
            place = self.points.count()
            point = self.points.create(text=text.strip()[:LONGEST_POINT], position=place)
            record("point_added", thread=self.contact_id, by=by, at=at, text=point.text)
        return point

    def fix_is(
        self, fix: Fix, *, at: datetime, by: Actor, delivered_at: datetime | None = None
    ) -> None:
        """Note how far the remedy is; recovery says so, the next action follows."""
        contact = self.contact
        with transaction.atomic():
            contact.hold()
            contact.fix, contact.fix_delivered_at = fix, delivered_at
            if fix == Fix.DELIVERED:
                self.mark("resolve", by=by, at=at)
            contact.plan(at=at)

    def standing_points(self) -> "list[Point]":
        """Return the points that stand, in order; of prefetched ones without another query."""
        standing = (point for point in self.points.all() if point.removed_at is None)
        return sorted(standing, key=lambda point: (point.position, point.pk))

    # The rail

    def mark(self, step: str, *, by: Actor, at: datetime, skipped_because: str = "") -> None:
        """Mark a step of the rail as done by an act, or as skipped; done stays done."""
        if step not in knowledge.STEPS:
            raise ValueError(step)
        facts = {"at": at, "by_name": by.actor_name, "skipped_because": skipped_because}
        mark, new = self.marks.get_or_create(step=step, round=self._round(), defaults=facts)
        if not new and mark.skipped_because and not skipped_because:
            self.marks.filter(pk=mark.pk).update(**facts)

    def mirror(self, message_text: str, *, by: Actor, at: datetime) -> None:
        """Mark what a sent reply did: its elements of empathy and apology."""
        found = knowledge.elements_in(message_text, self.contact.language)
        for element, step in (("empathy", "empathize"), ("apology", "apologize")):
            if element in found:
                self.mark(step, by=by, at=at)

    def unmirror(self, message: Message) -> None:
        """Take the marks back that only a reply had set which was itself taken back."""
        said = self.marks.filter(round=self._round(), step__in=("empathize", "apologize"))
        said.filter(at=message.given_at, skipped_because="").delete()
        answers = self.contact.messages.filter(ANSWER).alias(given=GIVEN_AT)
        later = answers.filter(given__gt=message.given_at).select_related("author")
        for answer in later.order_by("given", "id"):
            if answer.author:
                self.mirror(answer.text, by=answer.author, at=answer.given_at)

    def _find(self, *, by: Actor, at: datetime, **said: object) -> None:
        self.findings.create(
            fault=self.fault, at=at, actor_kind=by.actor_kind, actor_key=by.actor_key,
            actor_name=by.actor_name, **said,
        )  # fmt: skip

    def _round(self) -> int:
        return self.contact.reopenings.filter(not_solved=True).count()

    # Ask

    @property
    def reference(self) -> str:
        return self.contact.reference

    @property
    def calls_for_paraphrase(self) -> bool:
        """Tell whether to ask if we understood: it is severe, unclear, or hard to put in words."""
        return self.severity == _SEVERE or self.cannot_describe or self.facts_contradict

    @property
    def is_plain(self) -> bool:
        """Tell whether nothing in it asks for a closer look before it is put right."""
        return self.severity < _GRAVE and not self.calls_for_paraphrase

    @property
    def thread(self) -> uuid.UUID:
        return self.contact_id


class StepMark(models.Model):
    """A step of the rail that an act has done, in this round: "not solved" begins a new one."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    complaint = models.ForeignKey(Complaint, on_delete=models.CASCADE, related_name="marks")
    step = models.CharField(max_length=20)
    round = models.PositiveSmallIntegerField(default=0)
    at = models.DateTimeField()
    by_name = models.CharField(max_length=200, blank=True)
    skipped_because = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["complaint", "round", "step"], name="step_marked_once_a_round"
            ),
        ]

    def __str__(self) -> str:
        return self.step


def _must_be_shown() -> None:
    if House.objects.current().stance == Stance.NEUTRAL:
        raise refusals.EvidenceMissing


def _first_sentence(subject: str, story: str) -> str:
    """Choose what heads the case until somebody says the goal: their subject, else their words."""
    words = " ".join(subject.split()) or " ".join(story.split())
    return words if len(words) <= _GOAL_LENGTH else words[: _GOAL_LENGTH - 1] + "…"
